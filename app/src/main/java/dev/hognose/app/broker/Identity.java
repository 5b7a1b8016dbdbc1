package dev.hognose.app.broker;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.FailureException;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;

/**
 * Which cluster answers at an address.
 *
 * <p>A port that was free may have been taken by somebody else's broker since; a client would talk
 * to that one without a word.
 */
final class Identity {

  private Identity() {}

  /**
   * Waits for the answer.
   *
   * @throws FailureException when none comes, or from another cluster
   */
  static void check(String bootstrapServers, String clusterId) {
    Cluster cluster = new Cluster(bootstrapServers, new Properties());
    try (Admin admin = cluster.admin()) {
      String answering = cluster.answer(admin.describeCluster().clusterId());
      if (!clusterId.equals(answering)) {
        throw new FailureException(
            bootstrapServers + ": cluster " + answering + " answers, expected " + clusterId);
      }
    }
  }
}
