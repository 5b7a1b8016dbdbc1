package dev.hognose.streams;

import dev.hognose.leak.LifeObservation;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.leak.ServiceWord;
import dev.hognose.leak.UnheardWords;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.kafka.common.serialization.Serde;
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
 * buckets closes, which the first observation of a later one does, so that an observation may come
 * most of a stretch late and still count; each is held back for a bucket of wall-clock time and
 * then taken in the order of event times, so that partitions may be read apart. What comes later,
 * of an earlier life or of too many processes is ignored and counted, and its process judged alone;
 * what is doubled changes nothing.
 */
final class LeakServiceTopology {

  private final ServiceDetector detector;
  private final MeterRegistry registry;

  LeakServiceTopology(ServiceDetector detector, MeterRegistry registry) {
    this.detector = detector;
    this.registry = registry;
  }

  void judge(KStream<String, LifeObservation> lives) {
    lives
        .repartition(
            Repartitioned.<String, LifeObservation>as("leak-lives-by-service")
                .withKeySerde(Serdes.String())
                .withValueSerde(Stored.packed(LifeObservation::pack, LifeObservation::unpack)))
        .process(new Supplier(detector, LifeOutcome.counters(registry)), Named.as("leak-services"))
        .repartition(
            Repartitioned.<String, ServiceWord>as("leak-words-by-process")
                .withKeySerde(Serdes.String())
                .withValueSerde(wordSerde()))
        .process(
            LeakWordProcessor::new,
            Named.as("leak-words-heard"),
            LeakTrendProcessor.WORDS,
            LeakLives.LIVES);
  }

  static Serde<ServiceWord> wordSerde() {
    return Stored.packed(ServiceWord::pack, ServiceWord::unpack);
  }

  static Serde<UnheardWords> unheardSerde() {
    return Stored.packed(UnheardWords::pack, UnheardWords::unpack);
  }

  private record Supplier(ServiceDetector detector, OutcomeCounters<LifeOutcome> counters)
      implements ProcessorSupplier<String, LifeObservation, String, ServiceWord> {

    @Override
    public Processor<String, LifeObservation, String, ServiceWord> get() {
      return new LeakServiceProcessor(detector, counters);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      Set<StoreBuilder<?>> stores = new LinkedHashSet<>(ServiceHistories.stores());
      stores.add(HeldObservations.store());
      return stores;
    }
  }
}
