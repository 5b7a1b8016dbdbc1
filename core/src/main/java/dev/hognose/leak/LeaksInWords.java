package dev.hognose.leak;

import dev.hognose.packed.Changes;
import dev.hognose.packed.Packer;
import dev.hognose.sample.GrowthRate;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The leaks that words tell, each as what has changed since the one before. */
final class LeaksInWords {

  private static final byte ABSENT = 0;
  private static final byte PRESENT = 1;

  /** No word tells one. */
  private static final byte NONE = 2;

  private static final int FIGURES = 8;

  private LeaksInWords() {}

  /** A leak of the service, of which it is not told when it was found. */
  static OwnLeak withoutAlarm(Growth growth) {
    return new OwnLeak(Instant.EPOCH, growth);
  }

  static void put(Packer out, List<Optional<OwnLeak>> leaks) {
    if (leaks.stream().noneMatch(Optional::isPresent)) {
      out.put(NONE);
      return;
    }
    double[] before = new double[FIGURES];
    for (Optional<OwnLeak> leak : leaks) {
      out.put(leak.isPresent() ? PRESENT : ABSENT);
      if (leak.isPresent()) {
        double[] figures = figures(leak.get());
        Changes.put(out, figures, before);
        before = figures;
      }
    }
  }

  static List<Optional<OwnLeak>> get(ByteBuffer in, int count) {
    List<Optional<OwnLeak>> leaks = new ArrayList<>(count);
    double[] before = new double[FIGURES];
    boolean none = in.get(in.position()) == NONE;
    if (none) {
      in.get();
    }
    for (int i = 0; i < count; i++) {
      if (none || in.get() != PRESENT) {
        leaks.add(Optional.empty());
      } else {
        before = Changes.get(in, before);
        leaks.add(Optional.of(leak(before)));
      }
    }
    return leaks;
  }

  /** Times are exact as long as they are within thousands of years. */
  private static double[] figures(OwnLeak leak) {
    Growth growth = leak.growth();
    return new double[] {
      leak.firedAt().toEpochMilli(),
      GrowthPacking.code(growth.where()),
      growth.slope().bytesPerHour(),
      growth.interval().low().bytesPerHour(),
      growth.interval().high().bytesPerHour(),
      growth.since().toEpochMilli(),
      growth.hoursToLimit().orElse(Double.NaN),
      growth.confidence()
    };
  }

  private static OwnLeak leak(double[] figures) {
    return new OwnLeak(
        Instant.ofEpochMilli((long) figures[0]),
        new Growth(
            GrowthPacking.where((int) figures[1]),
            new GrowthRate(figures[2]),
            new Trend.SlopeInterval(new GrowthRate(figures[3]), new GrowthRate(figures[4])),
            Instant.ofEpochMilli((long) figures[5]),
            Double.isNaN(figures[6]) ? OptionalDouble.empty() : OptionalDouble.of(figures[6]),
            figures[7]));
  }
}
