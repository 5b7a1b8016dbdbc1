package dev.hognose.streams;

import dev.hognose.diagnosis.ProcessWatch;
import dev.hognose.leak.LeakWatch;
import dev.hognose.sample.Event;
import dev.hognose.sample.Stopped;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * hognose.samples, hognose.events → what the topologies judge, and hognose.dead-letters.
 *
 * <p>Key: the process. Each record is read and decoded once. Late ones go on, doubled ones end
 * here, malformed ones go to the dead letters; each is counted.
 */
final class IntakeTopology {

  private static final String EVENT_SEQUENCES = "event-sequences";

  private final StreamsBuilder builder;
  private final MeterRegistry registry;
  private final PromptOutputs prompt;

  IntakeTopology(StreamsBuilder builder, MeterRegistry registry, PromptOutputs prompt) {
    this.builder = builder;
    this.registry = registry;
    this.prompt = prompt;
  }

  /** Already as what the judges of a process take: a node that did no more would cost, too. */
  KStream<byte[], Heard> samples() {
    return intake(
        "sample",
        Topics.SAMPLES,
        RecordReader.OF_SAMPLES,
        KnownProcess.SEQUENCES,
        KnownProcess.store(),
        Heard.OfSample::new);
  }

  KStream<byte[], Event> events() {
    return intake(
        "event",
        Topics.EVENTS,
        RecordReader.OF_EVENTS,
        Part.whole(EVENT_SEQUENCES),
        Stored.unpacked(EVENT_SEQUENCES, SequenceWindow.codec()),
        event -> event);
  }

  /** All that the judges of a process take, in the order of timestamps; key: the process. */
  KStream<byte[], Heard> heard(KStream<byte[], Heard> samples, KStream<byte[], Event> events) {
    return samples.merge(besideSamples(events), Named.as("heard"));
  }

  /**
   * Those events that are judged beside the samples of their process; key: the process. They go
   * over a topic of their own: without it the tasks that read samples would read all events, in the
   * order of their timestamps, and a loop block would wait for samples that are behind.
   */
  private KStream<byte[], Heard> besideSamples(KStream<byte[], Event> events) {
    return events
        .filter((key, event) -> isOfSamples(event), Named.as("events-of-samples"))
        .mapValues(ProcessWatch::essence, Named.as("events-in-short"))
        .processValues(prompt.eventsOfSamples(), Named.as("events-promptly"))
        .repartition(
            Repartitioned.with(Serdes.ByteArray(), new EventCodec().serde())
                .withName("events-by-process"))
        .mapValues(Heard.OfEvent::new, Named.as("heard-events"));
  }

  private static boolean isOfSamples(Event event) {
    return event.what() instanceof Stopped
        || LeakWatch.concerns(event)
        || ProcessWatch.concerns(event);
  }

  private <T, R> KStream<byte[], R> intake(
      String what,
      Topic<byte[], byte[]> topic,
      RecordReader<T> reader,
      Part.Place<?, SequenceWindow> sequences,
      StoreBuilder<?> store,
      Function<T, R> as) {
    OutcomeCounters<RecordOutcome> counters = RecordOutcome.counters(topic.name(), registry);
    KStream<byte[], Received<T>> received =
        builder.stream(
                topic.name(),
                Consumed.with(topic.key(), topic.value())
                    .withTimestampExtractor(new RecordTime())
                    .withName(what + "s"))
            .processValues(
                new Supplier<>(reader, counters, sequences, store), Named.as(what + "-intake"));
    received
        .filter((key, each) -> each instanceof Received.Refused<T>, Named.as(what + "-refused"))
        .flatMap(
            (key, each) ->
                each.letters().stream().map(it -> KeyValue.pair(it.key(), it.value())).toList(),
            Named.as(what + "-unreadable"))
        .to(
            Topics.DEAD_LETTERS.name(),
            Produced.with(Topics.DEAD_LETTERS.key(), Topics.DEAD_LETTERS.value())
                .withName(what + "-dead-letters"));
    return received.flatMapValues(each -> each.messages(as), Named.as(what + "-readable"));
  }

  /** One intake a task, with its store. */
  private record Supplier<T>(
      RecordReader<T> reader,
      OutcomeCounters<RecordOutcome> counters,
      Part.Place<?, SequenceWindow> sequences,
      StoreBuilder<?> store)
      implements FixedKeyProcessorSupplier<byte[], byte[], Received<T>> {

    @Override
    public FixedKeyProcessor<byte[], byte[], Received<T>> get() {
      return new Intake<>(reader, counters, sequences);
    }

    @Override
    public Set<StoreBuilder<?>> stores() {
      return Set.of(store);
    }
  }
}
