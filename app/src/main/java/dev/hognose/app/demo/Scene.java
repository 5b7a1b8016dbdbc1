package dev.hognose.app.demo;

import dev.hognose.alert.Alert;
import dev.hognose.leak.Trend;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.Topics;
import dev.hognose.wire.sample.SampleCodec;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What the topics have said so far: the processes, the alerts, and how the check stands. */
final class Scene {

  private final SampleCodec samples = new SampleCodec();
  private final EventCodec events = new EventCodec();
  private final Map<ProcessId, ProcessView> processes =
      new TreeMap<>(Comparator.comparing(ProcessId::key));
  private final Map<String, Alert> alerts = new LinkedHashMap<>();
  private final Check check;

  Scene(Check check) {
    this.check = check;
  }

  List<ProcessView> processes() {
    return List.copyOf(processes.values());
  }

  /** As they are now, in the order in which they first fired. */
  List<Alert> alerts() {
    return List.copyOf(alerts.values());
  }

  Check check() {
    return check;
  }

  /**
   * Takes a record in.
   *
   * @param at when it was read
   * @return what a person should hear of it, if anything
   */
  Optional<String> apply(ConsumerRecord<byte[], byte[]> record, Instant at) {
    if (record.value() == null) {
      return Optional.empty();
    }
    if (record.topic().equals(Topics.SAMPLES.name())) {
      return sample(samples.decode(record.key(), record.value()), at);
    }
    if (record.topic().equals(Topics.EVENTS.name())) {
      return event(events.decode(record.value()));
    }
    return record.topic().equals(Topics.TRENDS.name())
        ? trend(Topics.TRENDS.value().deserializer().deserialize(record.topic(), record.value()))
        : alert(
            Topics.ALERTS.value().deserializer().deserialize(record.topic(), record.value()), at);
  }

  private Optional<String> sample(Sample sample, Instant at) {
    boolean known = processes.containsKey(sample.process());
    view(sample.process()).add(sample);
    check.sample(sample.process().service(), at);
    return known
        ? Optional.empty()
        : Optional.of(sample.process().service() + ": first sample of process " + pid(sample));
  }

  private Optional<String> event(Event event) {
    if (event.what() instanceof LoopBlock block) {
      block.culprit().ifPresent(culprit -> check.block(culprit, block.startedAt()));
    }
    return Optional.empty();
  }

  private Optional<String> trend(Trend trend) {
    return view(trend.process()).judge(trend)
        ? Optional.of(
            trend.process().service() + ": memory " + Words.of(trend.verdict()) + because(trend))
        : Optional.empty();
  }

  private Optional<String> alert(Alert alert, Instant at) {
    check.alert(alert, at);
    Optional<Alert> before = Optional.ofNullable(alerts.put(alert.id(), alert));
    boolean told = before.map(AlertLine::of).filter(AlertLine.of(alert)::equals).isPresent();
    return told ? Optional.empty() : Optional.of(AlertLine.of(alert));
  }

  private ProcessView view(ProcessId process) {
    return processes.computeIfAbsent(process, ProcessView::new);
  }

  private static String because(Trend trend) {
    return trend.reason().isEmpty() ? "" : " (" + trend.reason() + ")";
  }

  private static long pid(Sample sample) {
    return sample.process().pid();
  }
}
