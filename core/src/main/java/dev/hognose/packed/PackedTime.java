package dev.hognose.packed;

import java.nio.ByteBuffer;
import java.time.Instant;

/** Times in milliseconds since 1970. */
public final class PackedTime {

  private PackedTime() {}

  public static void put(Packer out, Instant time) {
    Varint.putSigned(out, time.toEpochMilli());
  }

  public static Instant get(ByteBuffer in) {
    return Instant.ofEpochMilli(Varint.getSigned(in));
  }

  /** Writes one that is near another one. */
  public static void putAfter(Packer out, Instant time, Instant near) {
    Varint.putSigned(out, time.toEpochMilli() - near.toEpochMilli());
  }

  /** Reads what {@link #putAfter} wrote. */
  public static Instant getAfter(ByteBuffer in, Instant near) {
    return Instant.ofEpochMilli(near.toEpochMilli() + Varint.getSigned(in));
  }
}
