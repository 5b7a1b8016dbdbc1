package dev.hognose.collector.history;

import static dev.hognose.collector.Examples.started;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.Examples;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** What the topic of events still tells of how processes started. */
class PastStartsTest {

  private static final int PARTITIONS = 2;

  private final PastConsumer consumer = new PastConsumer(Topics.EVENTS.name(), PARTITIONS, 0);
  private final PastStarts past = new PastStarts(() -> consumer);

  @Test
  void whoWasNotLookedForToTheEndIsNotSaidToBe() {
    ProcessId told = onPartition(0);
    ProcessId silent = onPartition(1);
    has(told);
    has(silent);
    consumer.fails(1, new TimeoutException("no leader"));

    PastStarts.Looked looked = past.of(List.of(told, silent));

    assertThat(looked.found()).extracting(found -> found.event().process()).containsExactly(told);
    assertThat(looked.lookedFor()).containsExactly(told);
  }

  @Test
  void whoHasNotSaidItWasLookedForAllTheSame() {
    ProcessId told = onPartition(0);
    has(told);
    ProcessId unheard = Examples.process(1_000_000);

    PastStarts.Looked looked = past.of(List.of(told, unheard));

    assertThat(looked.found()).hasSize(1);
    assertThat(looked.lookedFor()).containsExactlyInAnyOrder(told, unheard);
  }

  private void has(ProcessId process) {
    int number = partition(process);
    consumer.has(
        number,
        new ArrayList<>(
            List.of(
                consumer.record(
                    number,
                    0,
                    process.startedAt(),
                    process.key().getBytes(UTF_8),
                    new EventCodec().encode(started(process, 1, process.startedAt()))))));
  }

  private static ProcessId onPartition(int number) {
    long pid = 1;
    while (partition(Examples.process(pid)) != number) {
      pid++;
    }
    return Examples.process(pid);
  }

  private static int partition(ProcessId process) {
    return Utils.toPositive(Utils.murmur2(process.key().getBytes(UTF_8))) % PARTITIONS;
  }
}
