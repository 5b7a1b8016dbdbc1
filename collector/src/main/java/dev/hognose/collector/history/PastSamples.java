package dev.hognose.collector.history;

import dev.hognose.sample.Sample;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import dev.hognose.wire.sample.SampleCodec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a process told in the past, read from the topic of samples. */
public final class PastSamples implements Function<HistoryQuery, History> {

  /** A week of samples ten seconds apart. */
  private static final int MOST_SAMPLES = 60_480;

  private static final int POINTS = 400;
  private static final SampleCodec CODEC = new SampleCodec();

  private final PastRecords past;

  /**
   * Of the brokers that the consumers know.
   *
   * @param consumers a new one at each call, in no group
   */
  public PastSamples(Supplier<Consumer<byte[], byte[]>> consumers, InstantSource clock) {
    this.past = new PastRecords(consumers, clock);
  }

  /**
   * The past of a process; no points where nothing is known.
   *
   * @throws HistoryException when it cannot be read now
   */
  @Override
  public History apply(HistoryQuery query) {
    List<Sample> samples = new ArrayList<>();
    PastRecords.Lane lane =
        new PastRecords.Lane(
            Topics.SAMPLES.name(),
            query.process().key(),
            query.from(),
            query.to(),
            query.process().startedAt());
    boolean whole =
        past.read(
            lane,
            record -> {
              take(record, query, samples);
              return samples.size() < MOST_SAMPLES;
            });
    History history = History.of(bySequence(samples), POINTS);
    return whole ? history : history.cutShort();
  }

  private static void take(
      ConsumerRecord<byte[], byte[]> record, HistoryQuery query, List<Sample> samples) {
    Schema.check(record.headers());
    Sample sample = CODEC.decode(record.key(), record.value());
    if (!sample.at().isBefore(query.from()) && !sample.at().isAfter(query.to())) {
      samples.add(sample);
    }
  }

  /** Each once, whatever order they came in. */
  private static List<Sample> bySequence(List<Sample> samples) {
    List<Sample> sorted = new ArrayList<>(samples);
    sorted.sort(Comparator.comparingLong(Sample::sequence));
    List<Sample> once = new ArrayList<>();
    for (Sample sample : sorted) {
      if (once.isEmpty() || once.get(once.size() - 1).sequence() != sample.sequence()) {
        once.add(sample);
      }
    }
    return once;
  }
}
