package dev.hognose.wire.sample;

import com.google.protobuf.WireFormat;
import dev.hognose.sample.Bytes;
import dev.hognose.wire.part.Seconds;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The numbers of one message of a sample, by the numbers of their fields. */
final class SampleNumbers implements SampleFields.Message {

  private final long[] values;
  private int told;

  /**
   * None yet.
   *
   * @param last the highest field that is wanted, 31 at most
   */
  SampleNumbers(int last) {
    this.values = new long[last + 1];
  }

  @Override
  public boolean take(int tag, SampleFields from) throws IOException {
    int field = WireFormat.getTagFieldNumber(tag);
    if (field >= values.length || WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_VARINT) {
      return false;
    }
    values[field] = from.number();
    told |= 1 << field;
    return true;
  }

  boolean has(int field) {
    return (told & (1 << field)) != 0;
  }

  /** Zero when it is absent. */
  long of(int field) {
    return values[field];
  }

  /** Of a field of 32 bits. */
  int smallOf(int field) {
    return (int) values[field];
  }

  OptionalLong count(int field) {
    return has(field) ? OptionalLong.of(values[field]) : OptionalLong.empty();
  }

  OptionalInt smallCount(int field) {
    return has(field) ? OptionalInt.of((int) values[field]) : OptionalInt.empty();
  }

  /**
   * Absent, or an amount of memory.
   *
   * @throws IllegalArgumentException for one that cannot be
   */
  Optional<Bytes> bytes(int field) {
    return has(field) ? Optional.of(new Bytes(values[field])) : Optional.empty();
  }

  /**
   * A count of microseconds.
   *
   * @throws IllegalArgumentException for one that cannot be, by that name
   */
  Duration micros(int field, String name) {
    return Seconds.ofMicros(name, values[field]);
  }

  Optional<Duration> maybeMicros(int field, String name) {
    return has(field) ? Optional.of(micros(field, name)) : Optional.empty();
  }
}
