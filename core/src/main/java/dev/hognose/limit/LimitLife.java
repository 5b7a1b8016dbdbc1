package dev.hognose.limit;

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
 * @param gone a timer, or a later sample, has said that it fell silent
 */
public record LimitLife(
    ProcessId process,
    UseFloors floors,
    Optional<LimitUse> heard,
    Optional<Instant> stoppedAt,
    boolean gone,
    Optional<OpenForecast> soon,
    Optional<Killed> killed) {

  /** Of a process that nothing is known of. */
  public static LimitLife begin(ProcessId process) {
    return new LimitLife(
        process,
        UseFloors.NONE,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Reads what {@link #pack} wrote of that process.
   *
   * @throws IllegalArgumentException for what cannot be
   * @throws java.nio.BufferUnderflowException when the bytes end before it
   */
  public static LimitLife unpack(ProcessId process, ByteBuffer in) {
    return LimitPacking.get(in, process);
  }

  /** All of it, without the process. */
  public void pack(Packer out) {
    LimitPacking.put(out, this);
  }

  /** Whether nothing more is expected from it: it stopped, or it was told to be gone. */
  public boolean isEndTold() {
    return gone || stoppedAt.isPresent();
  }

  /** Whether there is anything that time alone will change. */
  public boolean isOpen() {
    return soon.isPresent() || killed.isPresent() || (heard.isPresent() && !isEndTold());
  }

  /** When it counts as gone if nothing more is heard; absent before the first sample. */
  Optional<Instant> goneAt(LimitPolicy policy) {
    return heard.map(last -> last.silentAt().plus(policy.vanish()));
  }

  /** How long nothing may be heard before it counts as gone. */
  public Duration patience(LimitPolicy policy) {
    return heard
        .map(last -> Duration.between(last.at(), last.silentAt()).plus(policy.vanish()))
        .orElse(Duration.ZERO);
  }

  LimitLife heard(LimitUse use, UseFloors taken) {
    return new LimitLife(process, taken, Optional.of(use), stoppedAt, gone, soon, killed);
  }

  LimitLife with(UseFloors taken) {
    return new LimitLife(process, taken, heard, stoppedAt, gone, soon, killed);
  }

  LimitLife back() {
    return new LimitLife(process, floors, heard, Optional.empty(), false, soon, killed);
  }

  LimitLife ended() {
    return new LimitLife(process, floors, heard, stoppedAt, true, soon, killed);
  }

  LimitLife stopped(Instant at) {
    return new LimitLife(process, floors, heard, Optional.of(at), gone, soon, killed);
  }

  LimitLife withSoon(Optional<OpenForecast> open) {
    return new LimitLife(process, floors, heard, stoppedAt, gone, open, killed);
  }

  LimitLife withKilled(Optional<Killed> open) {
    return new LimitLife(process, floors, heard, stoppedAt, gone, soon, open);
  }
}
