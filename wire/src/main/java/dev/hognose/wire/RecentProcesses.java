package dev.hognose.wire;

import dev.hognose.sample.ProcessId;
import dev.hognose.v1.Process;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Identities that were read before: a process says the same one with every sample, and what knows
 * it by its key finds the very same text faster than an equal one.
 *
 * <p>One place a hash, of a fixed number: who finds another there takes it over. For any threads.
 */
final class RecentProcesses {

  private static final int PLACES = 1 << 15;

  private final AtomicReferenceArray<ProcessId> places = new AtomicReferenceArray<>(PLACES);

  /**
   * The identity that the message tells.
   *
   * @throws IllegalArgumentException when it is none
   */
  ProcessId of(Process message) {
    int place =
        Objects.hash(message.getPid(), message.getStartedAtMs(), message.getHost()) & PLACES - 1;
    return Optional.ofNullable(places.get(place))
        .filter(known -> isTold(known, message))
        .orElseGet(() -> keep(place, ProcessCodec.read(message)));
  }

  private ProcessId keep(int place, ProcessId read) {
    places.set(place, read);
    return read;
  }

  private static boolean isTold(ProcessId known, Process message) {
    return known.pid() == message.getPid()
        && known.startedAt().toEpochMilli() == message.getStartedAtMs()
        && known.host().equals(message.getHost())
        && known.service().equals(message.getService());
  }
}
