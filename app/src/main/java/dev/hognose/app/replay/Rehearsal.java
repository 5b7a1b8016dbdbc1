package dev.hognose.app.replay;

import dev.hognose.app.driver.OpenTopology;
import dev.hognose.app.driver.TopologyDriver;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The topologies of the streams over past records, in one thread, with stores in memory.
 *
 * <p>The clock of their timers is the records' time.
 */
final class Rehearsal implements Listener, AutoCloseable {

  /** The shortest beat of a timer: every one is then asked when it would have been. */
  private static final Duration BEAT = Duration.ofSeconds(1);

  /** After this long without a record no timer has anything left to say. */
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  private final TopologyDriver driver;
  private final BelievedTime time = new BelievedTime();

  /**
   * Starts empty.
   *
   * @param told by topic, who gets what would have been written to it
   */
  Rehearsal(Rules rules, Map<String, Consumer<Telling>> told) {
    driver =
        new TopologyDriver(
            StreamsApplication.topology(
                rules.settings(),
                rules.policies(),
                new SimpleMeterRegistry(),
                OpenTopology::builder),
            StreamsApplication.properties(rules.settings()));
    told.forEach(
        (topic, listener) -> driver.listen(topic, record -> listener.accept(Telling.of(record))));
  }

  static Rehearsal of(Rules rules, Consumer<Telling> alerts) {
    return new Rehearsal(rules, Map.of(Topics.ALERTS.name(), alerts));
  }

  /**
   * Judges the next record; what came before it in time is told first.
   *
   * <p>One record whose clock is wrong would stop all timers until the others have come to its
   * time.
   */
  @Override
  public void next(ConsumerRecord<byte[], byte[]> record) {
    Instant at = Instant.ofEpochMilli(record.timestamp());
    if (time.believes(at)) {
      advance(at);
    }
    driver.next(record);
  }

  @Override
  public void advance(Instant to) {
    Duration gap = Duration.between(driver.now(), to);
    if (gap.compareTo(LONGEST_WAIT) > 0) {
      if (driver.now().isAfter(Instant.EPOCH)) {
        advance(driver.now().plus(LONGEST_WAIT));
      }
      driver.advance(Duration.between(driver.now(), to));
    }
    while (!driver.now().plus(BEAT).isAfter(to)) {
      driver.advance(BEAT);
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
