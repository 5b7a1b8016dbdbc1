package dev.hognose.leak;

import dev.hognose.packed.Packer;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is remembered of a process between two observations. Immutable.
 *
 * @param stoppedAt when it said that it ended
 * @param silent a timer has said that it fell silent; the next sample shows whether that was so
 * @param word latest of its service
 */
public record LeakLife(
    ProcessId process,
    LeakState state,
    Optional<Heard> heard,
    Optional<Instant> stoppedAt,
    boolean silent,
    Optional<OpenLeak> open,
    Optional<ToldTrend> toldTrend,
    Optional<ServiceWord> word) {

  /** Of a process that nothing is known of. */
  public static LeakLife begin(ProcessId process) {
    return new LeakLife(
        process,
        LeakState.initial(),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Reads what {@link #pack} wrote of that process.
   *
   * @throws IllegalArgumentException for what cannot be
   * @throws ArithmeticException for numbers that are too large
   * @throws java.nio.BufferUnderflowException when the bytes end before it
   */
  public static LeakLife unpack(ProcessId process, ByteBuffer in) {
    return LifePacking.get(in, process);
  }

  /** All of it, without the process, its rings and its words. */
  public void pack(Packer out) {
    LifePacking.put(out, this);
  }

  /** With what {@link LeakState#packRings} wrote. */
  public LeakLife withRings(byte[] packed) {
    return judged(state.withRings(packed));
  }

  /** Whether its end was told: it stopped, or a timer said that it fell silent. */
  public boolean isEndTold() {
    return silent || stoppedAt.isPresent();
  }

  /** How long nothing may be heard before it counts as silent. */
  public Duration patience() {
    return heard.map(last -> Duration.between(last.at(), last.silentAt())).orElse(Duration.ZERO);
  }

  /** When it ended, if its end was told: the same whoever told it. */
  Optional<Instant> endedAt() {
    Optional<Instant> silentAt = heard.map(Heard::silentAt);
    if (stoppedAt.isPresent() && silentAt.isPresent()) {
      return stoppedAt.get().isBefore(silentAt.get()) ? stoppedAt : silentAt;
    }
    return silent ? silentAt : stoppedAt;
  }

  /** Whether a sample of that time shows that it had been gone. */
  boolean wasGoneBefore(Instant at) {
    return heard.map(last -> at.isAfter(last.silentAt())).orElse(false)
        || stoppedAt.map(at::isAfter).orElse(false);
  }

  /** Whether it is known to have lived then: what is said of a later time has to wait. */
  public boolean hasReached(Instant at) {
    return heard.map(last -> !last.silentAt().isBefore(at)).orElse(false)
        && stoppedAt.map(end -> !end.isBefore(at)).orElse(true);
  }

  boolean hasEndedBefore(Instant at) {
    return endedAt().map(at::isAfter).orElse(false);
  }

  /** Back after it had been gone: what was learnt is not forgotten, and a leak goes on. */
  LeakLife back() {
    return new LeakLife(
        process, state, heard, Optional.empty(), false, open, Optional.empty(), word);
  }

  LeakLife heard(Heard latest) {
    boolean late = heard.map(last -> last.at().isAfter(latest.at())).orElse(false);
    return new LeakLife(
        process,
        state,
        late ? heard : Optional.of(latest),
        stoppedAt,
        late && silent,
        open,
        toldTrend,
        word);
  }

  /**
   * The clock of the process was set back: this is its newest sample although others are later, and
   * words are on a time that is yet to come.
   */
  LeakLife heardAnew(Heard latest) {
    boolean ahead = word.filter(known -> known.at().isAfter(latest.at())).isPresent();
    return new LeakLife(
        process,
        state,
        Optional.of(latest),
        stoppedAt,
        false,
        open,
        toldTrend,
        ahead ? Optional.empty() : word);
  }

  LeakLife silenced() {
    return new LeakLife(process, state, heard, stoppedAt, true, open, toldTrend, word);
  }

  LeakLife stopped(Instant at) {
    return new LeakLife(process, state, heard, Optional.of(at), silent, open, toldTrend, word);
  }

  LeakLife judged(LeakState next) {
    return new LeakLife(process, next, heard, stoppedAt, silent, open, toldTrend, word);
  }

  LeakLife with(Optional<OpenLeak> leak) {
    return new LeakLife(process, state, heard, stoppedAt, silent, leak, toldTrend, word);
  }

  LeakLife told(Trend trend) {
    return new LeakLife(
        process, state, heard, stoppedAt, silent, open, Optional.of(ToldTrend.of(trend)), word);
  }

  /** Words on another life at its place, and those that are older than the one known, are none. */
  boolean isConcernedBy(ServiceWord latest) {
    boolean itself =
        latest.startedAtMs() == 0 || latest.startedAtMs() == process.startedAt().toEpochMilli();
    return itself && word.map(known -> latest.at().isAfter(known.at())).orElse(true);
  }

  /** With the word of its service that it has heard. */
  public LeakLife with(ServiceWord latest) {
    return new LeakLife(
        process, state, heard, stoppedAt, silent, open, toldTrend, Optional.of(latest));
  }

  /** Version that it runs, empty while unknown. */
  String version() {
    return heard.map(Heard::version).orElse("");
  }

  /** How its growth is shared, as far as its service has said. */
  ServiceWord.Sharing sharing() {
    return word.map(ServiceWord::sharing).orElse(ServiceWord.Sharing.ALONE);
  }
}
