package dev.hognose.leak;

import dev.hognose.sample.Bytes;
import java.util.Optional;

/**
 * How much memory a process has, and may have.
 *
 * @param resident what only the process has, else all that is resident
 */
public record Footprint(Bytes resident, Optional<Bytes> limit) {

  static Footprint ofKib(long residentKib, long limitKib) {
    return new Footprint(
        new Bytes(residentKib << 10),
        limitKib > 0 ? Optional.of(new Bytes(limitKib << 10)) : Optional.empty());
  }
}
