package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.leak.Finding.Strength;
import dev.hognose.leak.LeakState.Head;
import dev.hognose.leak.LeakState.PythonFigure;
import dev.hognose.leak.ServiceWord.Sharing;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is packed comes back, whether a detector could have made it or not. */
class PackingTest {

  private static final long START = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void anyStateComesBack(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      LeakState state = state(random);

      LeakState back = LeakState.unpackOpen(state.packOpen()).withRings(state.packRings());

      assertThat(back.bucketMs()).isEqualTo(state.bucketMs());
      assertThat(back.head()).isEqualTo(state.head());
      assertThat(back.refused()).isEqualTo(state.refused());
      assertThat(back.open()).usingRecursiveComparison().isEqualTo(state.open());
      assertThat(back.judgement()).usingRecursiveComparison().isEqualTo(state.judgement());
    }
  }

  /** Holes, another life and memory that the allocator keeps, as a detector goes on from them. */
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void whatADetectorMakesComesBackAndIsSmall(int seed) {
    Random random = new Random(seed);
    LeakDetector detector = new LeakDetector(LeakPolicy.BALANCED);
    LeakState state = LeakState.initial();
    long atMs = START;
    int largest = 0;
    for (int i = 0; i < 3_500; i++) {
      atMs += random.nextInt(200) == 0 ? 3_600_000L * (1 + random.nextInt(20)) : 120_000;
      state = detector.next(state, reading(atMs, random)).state();
      Judgement known = state.judgement();
      byte[] packed = StatePacking.packRings(known);
      largest = Math.max(largest, packed.length + state.packOpen().length);
      Judgement back = StatePacking.unpackRings(packed);
      assertThat(StatePacking.packRings(back)).isEqualTo(packed);
      if (i % 100 == 0) {
        assertThat(back).usingRecursiveComparison().isEqualTo(known);
      }
    }
    assertThat(largest).as("noise of 31 bits in every floor").isLessThan(StatePacking.MOST_BYTES);
  }

  private static MemoryReading reading(long atMs, Random random) {
    return MemoryReading.of(atMs, random.nextLong() >>> 24)
        .withBlocks(random.nextLong() >>> 30)
        .withKept(random.nextLong() >>> 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void anyWordsComeBack(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      List<ServiceWord> words = new ArrayList<>();
      for (int left = random.nextInt(UnheardWords.MOST + 1); left > 0; left--) {
        words.add(word(random, random.nextInt(5) > 0));
      }
      UnheardWords unheard = new UnheardWords(words);

      assertThat(UnheardWords.unpack(unheard.pack())).isEqualTo(unheard);
      for (ServiceWord word : words) {
        assertThat(ServiceWord.unpack(word.pack())).isEqualTo(word);
      }
    }
  }

  @Test
  void wordsThatFollowEachOtherTakeAFewBytesEach() {
    List<ServiceWord> words = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      words.add(
          new ServiceWord(
              "web-1/17",
              START,
              Instant.ofEpochMilli(START + i * 960_000L),
              Optional.empty(),
              false,
              Stand.NONE,
              new Sharing(0, 1, "1.4.2", false),
              Optional.empty(),
              Footprint.ofKib(100_000 + i * 7919 % 4096, 524_288)));
    }

    assertThat(words.get(0).pack().length).isLessThan(64);
    assertThat(new UnheardWords(words).pack().length).isLessThan(160);
  }

  @Test
  void severalWordsAreNotOne() {
    byte[] none = UnheardWords.NONE.pack();

    assertThatThrownBy(() -> ServiceWord.unpack(none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0 words: expected 1");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void anyHistoryOfAServiceComesBack(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      TreeMap<String, Place> places = new TreeMap<>();
      List<PastLife> past = new ArrayList<>();
      for (int left = random.nextInt(6); left > 0; left--) {
        places.put("web-" + random.nextInt(), place(random));
        past.add(
            new PastLife(
                random.nextLong(), random.nextLong(), rest(random), rest(random), text(random)));
      }
      ServiceHistory history = new ServiceHistory(random.nextLong(), places, past);

      ServiceHistory back = ServiceHistory.unpack(history.pack());

      assertThat(back.stretch()).isEqualTo(history.stretch());
      assertThat(back.places()).isEqualTo(history.places());
      assertThat(back.past()).isEqualTo(history.past());
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void anyObservationComesBack(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      List<Candidate> rising = new ArrayList<>();
      for (int left = random.nextInt(8); left > 0; left--) {
        rising.add(candidate(random));
      }
      LifeObservation shown =
          new LifeObservation(
              "web-" + text(random),
              random.nextLong(),
              random.nextLong(),
              random.nextBoolean(),
              random.nextInt(),
              random.nextInt(),
              rising,
              text(random),
              random.nextLong(),
              Optional.of(random)
                  .filter(Random::nextBoolean)
                  .map(each -> new OwnLeak(time(each), growth(each))));

      assertThat(LifeObservation.unpack(shown.pack())).isEqualTo(shown);
    }
  }

  private static LeakState state(Random random) {
    List<Level> levels = new ArrayList<>();
    Ring finer = Ring.EMPTY;
    for (int i = 0; i < Level.COUNT; i++) {
      Ring ring = ring(random, finer);
      levels.add(new Level(ring, open(random, ring), finding(random)));
      finer = ring;
    }
    Judgement judgement =
        new Judgement(
            levels,
            number(random),
            number(random),
            new GrowthRate(number(random)),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(
                    new Leak(
                        time(random),
                        new GrowthRate(number(random)),
                        random.nextInt(Level.COUNT),
                        growth(random))),
            random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()),
            random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()));
    OpenFloors open = OpenFloors.EMPTY;
    for (int left = random.nextInt(OpenFloors.MOST + 1); left > 0; left--) {
      open = open.with(floor(random, random.nextInt(1 << 24)));
    }
    PythonFigure[] figures = PythonFigure.values();
    return new LeakState(
        random.nextInt(3) * 60_000L,
        new Head(
            random.nextLong() >>> 1,
            random.nextLong() >>> 1,
            random.nextInt(1 << 30),
            figures[random.nextInt(figures.length)]),
        open,
        Rings.of(judgement),
        new Refused(random.nextLong(), random.nextLong()));
  }

  /** Half of them go on from the finer one, as a detector has them. */
  private static Ring ring(Random random, Ring finer) {
    int present = random.nextInt(4) == 0 ? 0 : (random.nextInt() & Ring.WINDOW) | 1;
    long newest = present == 0 ? -1 : random.nextInt(1 << 24);
    if (random.nextBoolean() && finer.size() > 0) {
      newest = (finer.newest() >> 1) - random.nextInt(2);
      present = present | 1;
    }
    int size = Integer.bitCount(present);
    int[] resident = random.ints(size, 0, 1 << (1 + random.nextInt(30))).toArray();
    int[] python = random.ints(size, 0, 1 << (1 + random.nextInt(30))).toArray();
    long[] buckets = Ring.buckets(newest, present);
    for (int i = random.nextInt(size + 1); i < size; i++) {
      if (finer.knows(buckets[i])) {
        resident[i] = RingPacking.lowest(finer, buckets[i], finer::resident);
        python[i] = RingPacking.lowest(finer, buckets[i], finer::python);
      }
    }
    byte[] kept = new byte[size];
    random.nextBytes(kept);
    return new Ring(
        newest,
        present,
        resident,
        python,
        random.nextBoolean() ? KeptShares.unknown(size) : new KeptShares(kept),
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(Integer.MAX_VALUE));
  }

  private static Floor open(Random random, Ring ring) {
    return switch (random.nextInt(3)) {
      case 0 -> Floor.NONE;
      case 1 -> floor(random, ring.newest() + 1);
      default -> floor(random, random.nextInt(1 << 24));
    };
  }

  private static Floor floor(Random random, long bucket) {
    return new Floor(
        bucket,
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(Integer.MAX_VALUE),
        random.nextBoolean() ? Floor.ABSENT : random.nextInt(Integer.MAX_VALUE));
  }

  private static Finding finding(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Finding.UNTESTED;
      case 1 -> Finding.NOTHING;
      case 2 -> new Finding(Strength.GROWING, Optional.of(candidate(random)));
      default -> new Finding(Strength.SUSPECT, Optional.of(candidate(random)));
    };
  }

  private static Candidate candidate(Random random) {
    return new Candidate(
        where(random),
        number(random),
        number(random),
        number(random),
        random.nextLong(),
        number(random),
        number(random),
        number(random),
        new GrowthRate(number(random)),
        interval(random),
        time(random),
        hours(random));
  }

  private static Growth growth(Random random) {
    return new Growth(
        where(random),
        new GrowthRate(number(random)),
        interval(random),
        time(random),
        hours(random),
        random.nextDouble());
  }

  private static Trend.Where where(Random random) {
    return Trend.Where.values()[random.nextInt(Trend.Where.values().length)];
  }

  private static Trend.SlopeInterval interval(Random random) {
    double low = number(random);
    return new Trend.SlopeInterval(
        new GrowthRate(low), new GrowthRate(low + Math.abs(number(random))));
  }

  private static OptionalDouble hours(Random random) {
    return random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(number(random));
  }

  private static double number(Random random) {
    return random.nextBoolean() ? random.nextInt(1000) : random.nextGaussian() * 1e9;
  }

  private static Instant time(Random random) {
    return Instant.ofEpochMilli(START + random.nextInt());
  }

  private static String text(Random random) {
    return String.join("", Collections.nCopies(random.nextInt(9), "ä" + random.nextInt(10)));
  }

  private static ServiceWord word(Random random, boolean plain) {
    return new ServiceWord(
        plain ? "web-1/17" : text(random),
        plain ? START : random.nextLong(),
        time(random),
        plain ? Optional.empty() : Optional.of(growth(random)),
        random.nextInt(9) == 0,
        plain
            ? Stand.NONE
            : new Stand(
                Stand.Kind.values()[random.nextInt(4)], number(random), random.nextInt(2000)),
        plain
            ? Sharing.ALONE
            : new Sharing(random.nextInt(), random.nextInt(), text(random), random.nextBoolean()),
        plain ? Optional.empty() : Optional.of(new OwnLeak(time(random), growth(random))),
        new Footprint(
            new Bytes(random.nextLong() >>> 1),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Bytes(random.nextLong() >>> 1))));
  }

  private static Place place(Random random) {
    Place.Earlier earlier =
        random.nextBoolean()
            ? Place.Earlier.NONE
            : new Place.Earlier(
                random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
    return new Place(
        new Life(
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            climb(random),
            climb(random),
            number(random),
            random.nextLong(),
            text(random)),
        earlier,
        number(random),
        random.nextBoolean() ? Optional.empty() : Optional.of(growth(random)),
        text(random),
        new Stand(Stand.Kind.values()[random.nextInt(4)], number(random), random.nextInt()),
        random.nextBoolean() ? Optional.empty() : Optional.of(growth(random)));
  }

  private static Climb climb(Random random) {
    return new Climb(
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        random.nextLong());
  }

  private static PastLife.Rest rest(Random random) {
    return new PastLife.Rest(
        random.nextInt(), random.nextLong(), random.nextBoolean(), random.nextInt());
  }
}
