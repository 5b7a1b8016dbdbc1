package dev.hognose.streams;

import dev.hognose.leak.LeakLife;
import dev.hognose.limit.LimitLife;
import dev.hognose.packed.Varint;
import dev.hognose.service.ProcessFigures;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.state.LeakLifeCodec;
import dev.hognose.wire.state.LimitLifeCodec;
import dev.hognose.wire.state.ProcessFiguresCodec;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What each sample of a process changes, of all who judge it: one look finds it, and one record of
 * the changelog has it. Each has only a {@link Part} of it.
 */
public record KnownProcess(
    @Nullable SequenceWindow sequences,
    @Nullable LeakLife leak,
    @Nullable LimitLife limit,
    @Nullable ProcessFigures figures) {

  static final String STORE = "processes";

  static final Part.Place<KnownProcess, SequenceWindow> SEQUENCES =
      new Part.Place<>(STORE, 0, KnownProcess::sequences, KnownProcess::withSequences);
  static final Part.Place<KnownProcess, LeakLife> LEAK =
      new Part.Place<>(STORE, 1, KnownProcess::leak, KnownProcess::withLeak);
  static final Part.Place<KnownProcess, LimitLife> LIMIT =
      new Part.Place<>(STORE, 2, KnownProcess::limit, KnownProcess::withLimit);
  static final Part.Place<KnownProcess, ProcessFigures> FIGURES =
      new Part.Place<>(STORE, 3, KnownProcess::figures, KnownProcess::withFigures);

  private static final int PARTS = 4;
  private static final KnownProcess NOTHING = new KnownProcess(null, null, null, null);

  static StoreBuilder<KeyValueStore<String, KnownProcess>> store() {
    return Stored.unpacked(STORE, codec(), PARTS);
  }

  public static KeyedCodec<KnownProcess> codec() {
    return new Packed();
  }

  private static @Nullable KnownProcess withSequences(
      @Nullable KnownProcess known, @Nullable SequenceWindow sequences) {
    KnownProcess all = known == null ? NOTHING : known;
    return new KnownProcess(sequences, all.leak, all.limit, all.figures).orNone();
  }

  private static @Nullable KnownProcess withLeak(
      @Nullable KnownProcess known, @Nullable LeakLife leak) {
    KnownProcess all = known == null ? NOTHING : known;
    return new KnownProcess(all.sequences, leak, all.limit, all.figures).orNone();
  }

  private static @Nullable KnownProcess withLimit(
      @Nullable KnownProcess known, @Nullable LimitLife limit) {
    KnownProcess all = known == null ? NOTHING : known;
    return new KnownProcess(all.sequences, all.leak, limit, all.figures).orNone();
  }

  private static @Nullable KnownProcess withFigures(
      @Nullable KnownProcess known, @Nullable ProcessFigures figures) {
    KnownProcess all = known == null ? NOTHING : known;
    return new KnownProcess(all.sequences, all.leak, all.limit, figures).orNone();
  }

  private @Nullable KnownProcess orNone() {
    return sequences == null && leak == null && limit == null && figures == null ? null : this;
  }

  /** One part after the other, each behind its length and one; 0 where there is none. */
  private static final class Packed implements KeyedCodec<KnownProcess> {

    private final KeyedCodec<SequenceWindow> sequences = SequenceWindow.codec();
    private final KeyedCodec<LeakLife> leak = new LeakLifeCodec();
    private final KeyedCodec<LimitLife> limit = new LimitLifeCodec();
    private final KeyedCodec<ProcessFigures> figures = new ProcessFiguresCodec();

    @Override
    public byte[] encode(KnownProcess known) {
      byte[][] parts = {
        encode(sequences, known.sequences()),
        encode(leak, known.leak()),
        encode(limit, known.limit()),
        encode(figures, known.figures())
      };
      int most = PARTS * Varint.MOST_BYTES;
      for (byte[] part : parts) {
        most += part == null ? 0 : part.length;
      }
      ByteBuffer out = ByteBuffer.allocate(most);
      for (byte[] part : parts) {
        put(out, part);
      }
      byte[] packed = new byte[out.position()];
      out.flip().get(packed);
      return packed;
    }

    private static <V> byte @Nullable [] encode(KeyedCodec<V> codec, @Nullable V part) {
      return part == null ? null : codec.encode(part);
    }

    private static void put(ByteBuffer out, byte @Nullable [] part) {
      Varint.put(out, part == null ? 0 : part.length + 1L);
      if (part != null) {
        out.put(part);
      }
    }

    @Override
    public KnownProcess decode(String key, byte[] packed) {
      ByteBuffer in = ByteBuffer.wrap(packed);
      KnownProcess known =
          new KnownProcess(
              decode(sequences, key, in),
              decode(leak, key, in),
              decode(limit, key, in),
              decode(figures, key, in));
      if (in.hasRemaining()) {
        throw new IllegalArgumentException(
            "%d bytes behind the last part of %s".formatted(in.remaining(), key));
      }
      return known;
    }

    private static <V> @Nullable V decode(KeyedCodec<V> codec, String key, ByteBuffer in) {
      long length = Varint.get(in) - 1;
      if (length < 0) {
        return null;
      }
      if (length > in.remaining()) {
        throw new BufferUnderflowException();
      }
      byte[] part = new byte[(int) length];
      in.get(part);
      return codec.decode(key, part);
    }
  }
}
