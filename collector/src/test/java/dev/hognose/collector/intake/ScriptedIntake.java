package dev.hognose.collector.intake;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.sample;
import static dev.hognose.collector.intake.ScriptedConsumer.record;
import static dev.hognose.collector.intake.ScriptedConsumer.sampled;

import dev.hognose.collector.ManualClock;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.sample.Sample;
import dev.hognose.wire.client.GroupMember;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An intake of a scripted consumer, and what was seen of it from poll to poll. */
final class ScriptedIntake {

  final ManualClock clock = new ManualClock(T0);
  final Fleet fleet = new Fleet(clock, Duration.ofDays(1));
  final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  final ScriptedConsumer consumer = new ScriptedConsumer();
  final List<String> seen = new ArrayList<>();

  private final Intake intake =
      new Intake(
          new Source(consumer, "broker:9092", GroupMember.NAMELESS, () -> {}), fleet, registry);

  void run() {
    intake.run();
  }

  void close() {
    intake.close();
  }

  Optional<String> waitingFor() {
    return intake.waitingFor();
  }

  /** One task a poll; the last closes the intake. */
  void script(Runnable... polls) {
    for (Runnable poll : polls) {
      consumer.schedulePollTask(poll);
    }
    consumer.schedulePollTask(intake::close);
  }

  void add(String topic, long offset, byte[] value) {
    consumer.addRecord(record(topic, 0, offset, value));
  }

  void addSample(long offset, Sample sample) {
    consumer.addRecord(sampled(0, offset, sample));
  }

  void sampleAfterSeconds(long seconds, long offset) {
    clock.pass(Duration.ofSeconds(seconds));
    addSample(offset, sample(PROCESS, offset + 1, clock.instant()));
  }

  void noteWaiting() {
    seen.add(intake.waitingFor().orElse("whole"));
  }

  void noteShownElsewhere() {
    seen.add(intake.shownElsewhere().orElse("nothing elsewhere"));
  }

  void noteFleet() {
    seen.add(
        fleet.snapshot().processes().stream().map(each -> each.id().pid()).toList().toString());
  }

  void noteAllPositions() {
    TopicCheck.TOPICS.forEach(
        topic ->
            consumer.assignment().stream()
                .filter(partition -> partition.topic().equals(topic))
                .forEach(partition -> seen.add(topic + " " + consumer.position(partition))));
  }

  double counted(String topic, String outcome) {
    return Optional.ofNullable(
            registry
                .find("hognose.collector.records")
                .tags("topic", topic, "outcome", outcome)
                .counter())
        .orElseThrow()
        .count();
  }
}
