package dev.hognose.wire.sample;

import dev.hognose.sample.ProcessId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Identities by the keys that they were read from: a process says the same one with every sample,
 * and what knows it by its key finds the very same text faster than an equal one.
 *
 * <p>One place a hash, of a fixed number: who finds another there takes it over. For any threads.
 */
final class RecentProcesses {

  private static final int PLACES = 1 << 15;

  private final AtomicReferenceArray<Known> places = new AtomicReferenceArray<>(PLACES);

  /** An identity and the key that it was read from. */
  private static final class Known {

    private final byte[] key;
    private final ProcessId process;

    Known(byte[] key, ProcessId process) {
      this.key = key;
      this.process = process;
    }
  }

  /**
   * The process that a record's key names.
   *
   * @throws IllegalArgumentException when it names none, or not as its agent would
   */
  ProcessId of(byte @Nullable [] key) {
    if (key == null) {
      throw new IllegalArgumentException("key=none: expected service/host/pid/started_at_ms");
    }
    int hash = Arrays.hashCode(key);
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    Known known = places.get(place);
    if (known != null && Arrays.equals(known.key, key)) {
      return known.process;
    }
    ProcessId process = read(key);
    places.set(place, new Known(key.clone(), process));
    return process;
  }

  private static ProcessId read(byte[] key) {
    String text = new String(key, StandardCharsets.UTF_8);
    ProcessId process;
    try {
      process = ProcessId.parse(text);
    } catch (IllegalArgumentException none) {
      throw new IllegalArgumentException(
          "key=" + text + ": expected service/host/pid/started_at_ms", none);
    }
    if (!Arrays.equals(process.key().getBytes(StandardCharsets.UTF_8), key)) {
      throw new IllegalArgumentException(
          "key=" + text + ": expected the process, " + process.key());
    }
    return process;
  }
}
