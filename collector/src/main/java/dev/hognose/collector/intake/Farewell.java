package dev.hognose.collector.intake;

import dev.hognose.collector.fleet.Fleet;
import dev.hognose.wire.client.GroupMember.Parting;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leaves the group, and goes on showing what is ours until the other collectors do. */
record Farewell(Source source, Assignment assignment, Fleet fleet) {

  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);
  private static final Duration BEAT = Duration.ofMillis(50);

  /** Four seconds: a rebalance takes one, and what was there before is read within a few. */
  private static final int MOST_BEATS = 80;

  /**
   * Returns when all is taken over, after four seconds, or at once where nobody else is or nobody
   * takes over because this one is expected back.
   */
  void say() {
    if (!assignment.isShared() || source.member().parting() == Parting.IS_EXPECTED_BACK) {
      return;
    }
    try {
      assignment.leave();
      source.removal().run();
      for (int beat = 0; beat < MOST_BEATS && assignment.isGivingAway(); beat++) {
        TimeUnit.MILLISECONDS.sleep(BEAT.toMillis());
        passOn();
      }
    } catch (KafkaException failed) {
      LOG.warn("other collectors take over without being waited for: {}", failed.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void passOn() {
    try {
      assignment.passOn();
      fleet.publish();
    } catch (WakeupException closed) {
      LOG.debug("closed, and handing over");
    }
  }
}
