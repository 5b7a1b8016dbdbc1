package dev.hognose.leak;

import dev.hognose.leak.ServiceWord.Sharing;
import dev.hognose.packed.Column;
import dev.hognose.packed.PackedDouble;
import dev.hognose.sample.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The figures of packed words, each of all of them, as {@link WordPacking} has written them. */
final class WordColumns {

  private final List<String> places;
  private final List<String> versions;
  private final long[] startedAtMs;
  private final long[] atMs;
  private final long[] kinds;
  private final long[] lives;
  private final long[] rising;
  private final long[] processes;
  private final long[] resident;
  private final long[] limits;
  private final double[] times;
  private final List<Optional<OwnLeak>> leaks;
  private final List<Optional<OwnLeak>> own;

  WordColumns(ByteBuffer in, int count) {
    places = WordPacking.getTexts(in, count);
    versions = WordPacking.getTexts(in, count);
    startedAtMs = Column.get(in, count);
    atMs = Column.get(in, count);
    kinds = Column.get(in, count);
    lives = Column.get(in, count);
    rising = Column.get(in, count);
    processes = Column.get(in, count);
    resident = Column.get(in, count);
    limits = Column.get(in, count);
    times = PackedDouble.getAll(in, count);
    leaks = LeaksInWords.get(in, count);
    own = LeaksInWords.get(in, count);
  }

  ServiceWord word(int i) {
    return new ServiceWord(
        places.get(i),
        startedAtMs[i],
        Instant.ofEpochMilli(atMs[i]),
        leaks.get(i).map(OwnLeak::growth),
        (kinds[i] & WordPacking.CLEARED) != 0,
        stand(i),
        new Sharing(
            Math.toIntExact(rising[i]),
            Math.toIntExact(processes[i]),
            versions.get(i),
            (kinds[i] & WordPacking.DEPLOY) != 0),
        own.get(i),
        footprint(i));
  }

  private Stand stand(int i) {
    Stand.Kind kind = ServicePacking.KINDS.kind((int) kinds[i] & WordPacking.KIND);
    return new Stand(kind, times[i], Math.toIntExact(lives[i]));
  }

  private Footprint footprint(int i) {
    return new Footprint(
        new Bytes(resident[i]),
        limits[i] == WordPacking.NO_LIMIT ? Optional.empty() : Optional.of(new Bytes(limits[i])));
  }
}
