package dev.hognose.app.judge;

import dev.hognose.leak.LeakDetector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Judges every process of one trace, in the order in which they appear. */
final class TraceJudge {

  private final TraceFile file;
  private final LeakDetector detector;
  private final Map<ProcessKey, ProcessJudge> processes = new LinkedHashMap<>();

  TraceJudge(TraceFile file, LeakDetector detector) {
    this.file = file;
    this.detector = detector;
  }

  /**
   * Reads the whole trace; in memory are only the processes' states and onsets.
   *
   * @param progress hears of every sample
   * @throws BadTraceException when it cannot be read to its end
   */
  void run(Progress progress) {
    TraceReader.read(
        file,
        (key, reading) -> {
          processes.computeIfAbsent(key, this::newcomer).take(reading);
          progress.sample();
        });
  }

  private ProcessJudge newcomer(ProcessKey key) {
    return new ProcessJudge(detector, new SampleCounts());
  }

  List<ProcessVerdict> verdicts() {
    List<ProcessVerdict> verdicts = new ArrayList<>();
    processes.forEach(
        (key, judge) ->
            verdicts.add(new ProcessVerdict(file.trace(), key, judge.onsets(), judge.standing())));
    return verdicts;
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
