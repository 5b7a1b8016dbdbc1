package dev.hognose.streams;

import dev.hognose.leak.LeakLife;
import dev.hognose.limit.LimitLife;
import dev.hognose.packed.Packer;
import dev.hognose.sample.ProcessId;
import dev.hognose.service.ProcessFigures;
import dev.hognose.wire.KeyedCodec;
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
    return new PackedCodec<>((out, known) -> known.pack(out), KnownProcess::unpack);
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

  /** Which parts there are, a bit for each, and these one after the other. */
  private void pack(Packer out) {
    out.put(
        (byte)
            ((sequences == null ? 0 : 1)
                | (leak == null ? 0 : 1 << 1)
                | (limit == null ? 0 : 1 << 2)
                | (figures == null ? 0 : 1 << 3)));
    if (sequences != null) {
      sequences.pack(out);
    }
    if (leak != null) {
      leak.pack(out);
    }
    if (limit != null) {
      limit.pack(out);
    }
    if (figures != null) {
      figures.pack(out);
    }
  }

  private static KnownProcess unpack(String key, ByteBuffer in) {
    ProcessId process = ProcessId.parse(key);
    int parts = in.get();
    return new KnownProcess(
        (parts & 1) == 0 ? null : SequenceWindow.unpack(in),
        (parts & 1 << 1) == 0 ? null : LeakLife.unpack(process, in),
        (parts & 1 << 2) == 0 ? null : LimitLife.unpack(process, in),
        (parts & 1 << 3) == 0 ? null : ProcessFigures.unpack(process, in));
  }
}
