package dev.hognose.app.replay;

import dev.hognose.collector.page.Comparison;
import dev.hognose.collector.page.Report;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import dev.hognose.wire.sample.SampleCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a report needs to know of a replay: the window's samples and what was told of alerts. */
final class PastReport implements Listener, Consumer<Telling> {

  private static final SampleCodec SAMPLE = new SampleCodec();
  private static final AlertCodec ALERT = new AlertCodec();

  private final Window window;
  private final Report report;

  /**
   * Empty.
   *
   * @param facts for its head
   */
  PastReport(Window window, Map<String, String> facts) {
    this.window = window;
    this.report =
        new Report(
            facts,
            window.isOpen()
                ? Optional.empty()
                : Optional.of(new Report.Span(window.from(), window.to())));
  }

  @Override
  public void next(ConsumerRecord<byte[], byte[]> record) {
    boolean isSample = record.topic().equals(Topics.SAMPLES.name());
    boolean isWithin = window.tells(Instant.ofEpochMilli(record.timestamp()));
    if (!isSample || !isWithin || record.value() == null) {
      return;
    }
    try {
      Schema.check(record.headers());
      report.sample(SAMPLE.decode(record.key(), record.value()));
    } catch (MalformedRecordException malformed) {
      // The topologies read it, too, and make a dead letter of it.
      return;
    }
  }

  @Override
  public void advance(Instant to) {
    // Time alone draws nothing.
  }

  /** What was told after the window is another incident's. */
  @Override
  public void accept(Telling telling) {
    if (!telling.at().isBefore(window.to())) {
      return;
    }
    telling
        .value()
        .map(ALERT::decode)
        .ifPresentOrElse(report::told, () -> report.withdrawn(telling.id(), telling.at()));
  }

  void compared(Comparison comparison) {
    report.compared(comparison);
  }

  void write(OutputStream out) throws IOException {
    report.write(out);
  }
}
