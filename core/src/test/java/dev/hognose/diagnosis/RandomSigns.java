package dev.hognose.diagnosis;

import dev.hognose.alert.Evidence;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Retention;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;

/** Signs that nothing would show, but that could be packed. */
final class RandomSigns {

  private static final List<String> TEXTS =
      List.of(
          "", "count", "ratio", "confidence", "worker-#", "a.py in f", "a.py", "7 of a.py", "é");

  private RandomSigns() {}

  static Sign sign(Random random) {
    String culprit = text(random);
    return new Sign(
        culprit,
        text(random) + random.nextInt(2_000) + culprit + text(random),
        1 + Math.abs(random.nextGaussian()) * 1e3,
        Stream.generate(() -> evidence(random)).limit(random.nextInt(5)).toList(),
        random.nextBoolean() ? Optional.of(place(random, culprit)) : Optional.empty(),
        random.nextBoolean() ? Optional.of(holder(random)) : Optional.empty());
  }

  private static Frame place(Random random, String culprit) {
    int in = culprit.indexOf(" in ");
    return in < 0 || random.nextBoolean()
        ? new Frame(text(random), random.nextInt(), text(random))
        : new Frame(culprit.substring(0, in), random.nextInt(), culprit.substring(in + 4));
  }

  private static Evidence evidence(Random random) {
    return new Evidence(text(random), Double.longBitsToDouble(random.nextLong()), text(random));
  }

  private static Retention holder(Random random) {
    Retention.Kind[] kinds = Retention.Kind.values();
    return new Retention(
        text(random),
        kinds[random.nextInt(kinds.length)],
        random.nextLong() >>> 1,
        random.nextDouble(),
        new Bytes(random.nextInt(1 << 30)),
        count(random),
        count(random),
        count(random),
        text(random));
  }

  private static OptionalLong count(Random random) {
    return random.nextBoolean() ? OptionalLong.of(random.nextLong() >>> 1) : OptionalLong.empty();
  }

  static String text(Random random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }
}
