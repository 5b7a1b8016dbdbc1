package dev.hognose.streams;

import dev.hognose.leak.ServiceDetector;
import dev.hognose.leak.ServiceHistory;
import dev.hognose.leak.ServiceWord;
import dev.hognose.leak.UnheardWords;
import dev.hognose.wire.Codec;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What lives show → what their service says of each of them, back to where its samples are judged.
 *
 * <p>Key: the service; of the words that go back, the process. Words come when a stretch of eight
 * buckets is over, four buckets after its end, in every task that reads samples: each says in every
 * bucket how far it has read, or that it has nothing to read, and so partitions may be read as far
 * apart as they like. What its own partition had passed by then counts in the stretch after; what
 * is of an earlier life or of too many processes is ignored and counted, and its process judged
 * alone; what is doubled changes nothing.
 */
final class LeakServiceTopology {

  private final ServiceDetector detector;
  private final IntSupplier tasks;
  private final MeterRegistry registry;

  /**
   * Builds nothing yet.
   *
   * @param tasks that read samples: the partitions of their topic, known when the streams start
   */
  LeakServiceTopology(ServiceDetector detector, IntSupplier tasks, MeterRegistry registry) {
    this.detector = detector;
    this.tasks = tasks;
    this.registry = registry;
  }

  void judge(KStream<String, TaskReport> reports) {
    reports
        .repartition(
            Repartitioned.<String, TaskReport>as("leak-lives-by-service")
                .withKeySerde(Serdes.String())
                .withValueSerde(StateFormat.in("leak-lives-by-service", TaskReportSerde.of()))
                .withStreamPartitioner(new TaskReportRouting()))
        .process(
            new Supplier(detector, tasks, LifeOutcome.counters(registry)),
            Named.as("leak-services"))
        .repartition(
            Repartitioned.<String, ServiceWord>as("leak-words-by-process")
                .withKeySerde(Serdes.String())
                .withValueSerde(StateFormat.in("leak-words-by-process", word().serde())))
        .process(
            LeakWordProcessor::new,
            Named.as("leak-words-heard"),
            WaitingWords.WORDS,
            KnownProcess.STORE);
  }

  static StoreBuilder<?> histories() {
    return Stored.unpacked(
        LeakServiceProcessor.HISTORIES,
        Stored.packed(ServiceHistory::pack, ServiceHistory::unpack));
  }

  static Codec<ServiceWord> word() {
    return Stored.packed(ServiceWord::pack, ServiceWord::unpack);
  }

  static Codec<UnheardWords> unheard() {
    return Stored.packed(UnheardWords::pack, UnheardWords::unpack);
  }

  private record Supplier(
      ServiceDetector detector, IntSupplier tasks, OutcomeCounters<LifeOutcome> counters)
      implements ProcessorSupplier<String, TaskReport, String, ServiceWord> {

    @Override
    public Processor<String, TaskReport, String, ServiceWord> get() {
      return new LeakServiceProcessor(detector, tasks, counters);
    }

    /** In an order that is always the same, as the picture of the topology shows it. */
    @Override
    public Set<StoreBuilder<?>> stores() {
      return new LinkedHashSet<>(
          List.of(histories(), HeldObservations.store(), TaskClocks.store()));
    }
  }
}
