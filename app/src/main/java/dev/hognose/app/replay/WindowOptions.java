package dev.hognose.app.replay;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.settings.Durations;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which window of which cluster is meant. */
final class WindowOptions {

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Where the window begins: ISO-8601 with a zone, -10m for a while ago, or now.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "Where it ends, not part of it.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      description = {
        "How much before the window is judged with it (default: as far as the leak policy looks"
            + " back, or the longer one of a comparison: 4 days and 6 hours with its own bucket).",
        "Blocks need 2h; what is told of memory is exact when its processes began within."
      })
  private Optional<String> warmUp = Optional.empty();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The cluster (default: $HOGNOSE_BOOTSTRAP_SERVERS).")
  private Optional<String> bootstrapServers = Optional.empty();

  boolean isTold() {
    return from.isPresent() || to.isPresent() || warmUp.isPresent();
  }

  boolean hasCluster() {
    return bootstrapServers.isPresent();
  }

  /**
   * The window.
   *
   * @param reach how much before it is judged with it, where nothing else is said
   * @param otherwise what is expected where it is not told
   * @throws SettingException when it is none
   */
  Window window(Duration reach, Instant now, String otherwise) {
    if (from.isEmpty() && to.isEmpty() && warmUp.isPresent()) {
      throw new SettingException("--warm-up " + warmUp.get() + ": expected --from T and --to T");
    }
    if (from.isEmpty() || to.isEmpty()) {
      throw new SettingException(otherwise);
    }
    Duration before = warmUp.map(WindowOptions::duration).orElse(reach);
    return Window.of(
        before, new WrittenTime("--from", from.get()), new WrittenTime("--to", to.get()), now);
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException refused) {
      throw new SettingException("--warm-up " + text + ": " + refused.getMessage());
    }
  }

  /**
   * The cluster.
   *
   * @param otherwise what is expected where none is named
   */
  Cluster cluster(Env env, String otherwise) {
    return Cluster.from(bootstrapServers, env).orElseThrow(() -> new SettingException(otherwise));
  }
}
