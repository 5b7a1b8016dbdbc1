package dev.hognose.wire.sample;

import dev.hognose.sample.Bytes;
import java.util.Optional;
import java.util.function.Consumer;

/** Optional fields that count bytes. */
final class BytesCodec {

  private BytesCodec() {}

  static Optional<Bytes> read(boolean present, long count) {
    return present ? Optional.of(new Bytes(count)) : Optional.empty();
  }

  static void write(Optional<Bytes> bytes, Consumer<Long> setter) {
    bytes.ifPresent(present -> setter.accept(present.count()));
  }
}
