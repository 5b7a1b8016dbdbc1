package dev.hognose.diagnosis;

import dev.hognose.packed.Codes;
import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.PackedWords;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Retention;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;

/** The packed form of the container that a sign blames. */
final class RetentionPacking {

  private static final int HITS = 1;
  private static final int MISSES = 1 << 1;
  private static final int MAX_SIZE = 1 << 2;

  private static final Codes<Retention.Kind> KINDS =
      new Codes<>(
          List.of(
              Retention.Kind.MODULE_GLOBAL,
              Retention.Kind.CLASS_ATTRIBUTE,
              Retention.Kind.DEFAULT_ARGUMENT,
              Retention.Kind.CLOSURE,
              Retention.Kind.LRU_CACHE,
              Retention.Kind.TYPE,
              Retention.Kind.UNKNOWN));

  private RetentionPacking() {}

  static void put(Packer out, Retention holder, PackedWords words) {
    out.put(
        (byte)
            ((holder.hits().isPresent() ? HITS : 0)
                | (holder.misses().isPresent() ? MISSES : 0)
                | (holder.maxSize().isPresent() ? MAX_SIZE : 0)));
    words.put(out, holder.name());
    out.put((byte) KINDS.code(holder.kind()));
    Varint.putSigned(out, holder.entries());
    PackedDouble.put(out, holder.growthPerHour());
    Varint.put(out, holder.sampleBytes().count());
    holder.hits().ifPresent(hits -> Varint.putSigned(out, hits));
    holder.misses().ifPresent(misses -> Varint.putSigned(out, misses));
    holder.maxSize().ifPresent(most -> Varint.putSigned(out, most));
    words.put(out, holder.entryTypes());
  }

  static Retention get(ByteBuffer in, PackedWords words) {
    int known = in.get();
    return new Retention(
        words.get(in),
        KINDS.kind(in.get()),
        Varint.getSigned(in),
        PackedDouble.get(in),
        new Bytes(Varint.get(in)),
        getCount(in, known & HITS),
        getCount(in, known & MISSES),
        getCount(in, known & MAX_SIZE),
        words.get(in));
  }

  private static OptionalLong getCount(ByteBuffer in, int known) {
    return known == 0 ? OptionalLong.empty() : OptionalLong.of(Varint.getSigned(in));
  }
}
