package dev.hognose.diagnosis;

import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is kept of a process.
 *
 * @param interval of its agent, zero before the first sample
 * @param readings one a window, oldest first; all but the newest are judged
 * @param usual how often exceptions come, a second, by name
 * @param hot where its threads were seen most, as far as it was profiled
 * @param silentSince when its silence was told, absent while it is not
 * @param stoppedAt when it said that it ends
 */
public record ProcessState(
    ProcessId process,
    String version,
    Duration interval,
    List<Reading> readings,
    Named usual,
    HotThreads hot,
    Optional<Instant> silentSince,
    Optional<Instant> stoppedAt) {

  public ProcessState {
    readings = List.copyOf(readings);
  }

  public static ProcessState unknown(ProcessId process) {
    return new ProcessState(
        process,
        "",
        Duration.ZERO,
        List.of(),
        Named.NONE,
        HotThreads.NONE,
        Optional.empty(),
        Optional.empty());
  }

  /** Where the process is in its life, as far as it is known. */
  public enum Life {
    RUNNING,
    SILENT,
    STOPPED
  }

  public Life life() {
    if (stoppedAt.isPresent()) {
      return Life.STOPPED;
    }
    return silentSince.isPresent() ? Life.SILENT : Life.RUNNING;
  }

  Optional<Reading> newest() {
    return readings.isEmpty() ? Optional.empty() : Optional.of(readings.get(readings.size() - 1));
  }

  ProcessState heard(String newVersion, Duration newInterval, List<Reading> newReadings) {
    return new ProcessState(
        process, newVersion, newInterval, newReadings, usual, hot, Optional.empty(), stoppedAt);
  }

  ProcessState usually(Named newUsual) {
    return new ProcessState(
        process, version, interval, readings, newUsual, hot, silentSince, stoppedAt);
  }

  ProcessState silent(Instant since) {
    return new ProcessState(
        process, version, interval, readings, usual, hot, Optional.of(since), stoppedAt);
  }

  ProcessState stopped(Instant at) {
    return new ProcessState(
        process, version, interval, readings, usual, hot, Optional.empty(), Optional.of(at));
  }

  /** The later of two profiles counts, whichever was read first. */
  ProcessState profiled(HotThreads other) {
    return readings.isEmpty() || other.at().isBefore(hot.at())
        ? this
        : new ProcessState(
            process, version, interval, readings, usual, other, silentSince, stoppedAt);
  }
}
