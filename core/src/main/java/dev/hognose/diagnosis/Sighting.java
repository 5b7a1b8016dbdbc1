package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.packed.Packer;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;

/**
 * That a process showed a sign of a diagnosis.
 *
 * @param version of the service, empty when unknown
 * @param from since when; the start of the window that was judged
 * @param until its end
 * @param beat how far apart two sightings of one illness are
 * @param state whether it stands
 */
public record Sighting(
    ProcessId process,
    String version,
    Alert.Kind kind,
    Sign sign,
    Instant from,
    Instant until,
    Duration beat,
    State state) {

  public Sighting {
    if (until.isBefore(from)) {
      throw new IllegalArgumentException(
          "until=" + until + ": expected " + from + " or later, when it was seen from");
    }
  }

  /** Whether it was so. */
  public enum State {
    SEEN,
    /** What was read later shows that it was not so. */
    WITHDRAWN
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for what cannot be
   * @throws java.nio.BufferUnderflowException when the bytes end before it
   */
  public static Sighting unpack(ByteBuffer in) {
    return SightingPacking.get(in);
  }

  /** All of it. */
  public void pack(Packer out) {
    SightingPacking.put(out, this);
  }

  Sighting withdrawn() {
    return new Sighting(process, version, kind, sign, from, until, beat, State.WITHDRAWN);
  }

  public Ailment ailment() {
    return new Ailment(process.service(), kind, sign.culprit(), Ailment.Scope.ONE);
  }
}
