package dev.hognose.app.judge;

import dev.hognose.leak.EventClock;
import dev.hognose.leak.LeakDetector;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.leak.ServicePolicy;
import dev.hognose.limit.LimitWatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Judges every process of one trace, in the order in which they appear. */
final class TraceJudge {

  private final TraceFile file;
  private final LeakDetector detector;
  private final Optional<ServiceDetector> together;
  private final LimitWatch limit;
  private final Map<ProcessKey, ProcessJudge> processes = new LinkedHashMap<>();
  private final Map<String, ServiceJudge> services = new HashMap<>();
  private EventClock clock = EventClock.NONE;

  /**
   * Begins with nothing known.
   *
   * @param detector of each process
   * @param together of the processes of a service, unless each is to be judged alone
   * @param limit of each process, at the detectors' pace
   */
  TraceJudge(
      TraceFile file, LeakDetector detector, Optional<ServiceDetector> together, LimitWatch limit) {
    this.file = file;
    this.detector = detector;
    this.together = together;
    this.limit = limit;
  }

  /**
   * Reads the whole trace; in memory are only states and onsets.
   *
   * @param progress hears of every sample
   * @throws BadTraceException when it cannot be read to its end
   */
  void run(Progress progress) {
    TraceReader.read(
        file,
        row -> {
          take(processes.computeIfAbsent(row.key(), this::newcomer), row);
          progress.sample();
        });
    services.values().forEach(ServiceJudge::end);
  }

  private void take(ProcessJudge process, TraceRow row) {
    if (!process.take(row.reading(), row.version())) {
      return;
    }
    together.ifPresent(
        detectorOfAll -> {
          readTo(row.reading().atMs(), detectorOfAll.policy());
          ServiceJudge service = Objects.requireNonNull(services.get(row.key().service()));
          long reachedMs = clock.reachedMs(detectorOfAll.policy());
          process.shown().ifPresent(shown -> service.take(shown, reachedMs));
        });
  }

  private void readTo(long atMs, ServicePolicy policy) {
    long beforeMs = clock.reachedMs(policy);
    clock = clock.and(atMs, policy);
    long reachedMs = clock.reachedMs(policy);
    if (reachedMs > beforeMs) {
      services.values().forEach(service -> service.reached(reachedMs));
    }
  }

  private ProcessJudge newcomer(ProcessKey key) {
    together.ifPresent(
        detectorOfAll ->
            services
                .computeIfAbsent(key.service(), service -> new ServiceJudge(detectorOfAll))
                .meet(key.process()));
    return new ProcessJudge(key.process(), detector, new LimitJudge(limit));
  }

  List<ProcessVerdict> verdicts() {
    List<ProcessVerdict> verdicts = new ArrayList<>();
    processes.forEach(
        (key, judge) ->
            verdicts.add(
                Optional.ofNullable(services.get(key.service()))
                    .filter(ServiceJudge::hasPeers)
                    .map(service -> verdict(key, judge, service))
                    .orElseGet(() -> verdict(key, judge))));
    return verdicts;
  }

  private ProcessVerdict verdict(ProcessKey key, ProcessJudge alone) {
    return new ProcessVerdict(
        file.trace(),
        key,
        alone.onsets(),
        alone.firstGrowth(),
        alone.firstVersion(),
        alone.standing(),
        alone.outOfMemorySoon());
  }

  private ProcessVerdict verdict(ProcessKey key, ProcessJudge alone, ServiceJudge service) {
    String place = alone.place();
    return new ProcessVerdict(
        file.trace(),
        key,
        service.onsets(place),
        service.firstGrowth(place),
        service.firstVersion(place),
        service.standing(place),
        alone.outOfMemorySoon());
  }

  /** One sentence for each thing that a person should know before believing the verdicts. */
  List<String> doubts() {
    if (processes.isEmpty()) {
      return List.of(file.shown() + ": no sample after the header");
    }
    List<String> doubts = new ArrayList<>();
    processes.forEach(
        (key, judge) -> {
          if (!judge.counts().hasCounted()) {
            doubts.add(
                file.shown()
                    + ": nothing is known of "
                    + BadTraceException.shown(key.toString())
                    + ": "
                    + judge.counts());
          }
        });
    return doubts;
  }

  SampleCounts counts() {
    SampleCounts all = new SampleCounts();
    processes.values().forEach(judge -> all.add(judge.counts()));
    return all;
  }
}
