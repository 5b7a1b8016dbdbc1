package dev.hognose.service;

import dev.hognose.packed.Packer;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * What is remembered of a process between its samples.
 *
 * @param open the minute that goes on, absent until there are two samples
 */
public record ProcessFigures(Totals totals, Optional<ProcessMinute> open) {

  /** Of a process that was not heard of for so long nothing is known, not even its last minute. */
  public static final Duration FORGOTTEN = Duration.ofHours(1);

  /** What became of a sample. Exhaustive: the counts add up to the samples. */
  public enum Outcome {
    /** It says what its process did since the sample before. */
    APPLIED,
    /** There is nothing to compare it with. */
    FIRST,
    /** A later one was read before. */
    STALE
  }

  /**
   * What a sample led to.
   *
   * @param closed a minute that is over
   */
  public record Step(ProcessFigures figures, Outcome outcome, Optional<ProcessMinute> closed) {}

  /**
   * Reads what {@link #pack} wrote of that process.
   *
   * @throws IllegalArgumentException for figures that cannot be
   * @throws java.nio.BufferUnderflowException when the bytes end before it
   */
  public static ProcessFigures unpack(ProcessId process, ByteBuffer in) {
    return FiguresPacking.get(in, process);
  }

  /** All of it, without the process. */
  public void pack(Packer out) {
    FiguresPacking.put(out, this);
  }

  public static Step first(Sample sample) {
    return new Step(
        new ProcessFigures(Totals.first(sample), Optional.empty()),
        Outcome.FIRST,
        Optional.empty());
  }

  public Step next(Sample sample) {
    if (!sample.at().isAfter(totals.at())) {
      return new Step(this, Outcome.STALE, Optional.empty());
    }
    if (sample.at().isAfter(totals.at().plus(FORGOTTEN))) {
      return first(sample);
    }
    Totals after = totals.next(sample);
    ProcessMinute more = ProcessMinute.between(totals, after, sample);
    Optional<ProcessMinute> same = open.filter(known -> known.minute().equals(more.minute()));
    return new Step(
        new ProcessFigures(after, Optional.of(same.map(known -> known.and(more)).orElse(more))),
        Outcome.APPLIED,
        same.isPresent() ? Optional.empty() : open);
  }
}
