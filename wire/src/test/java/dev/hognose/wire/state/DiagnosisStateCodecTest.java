package dev.hognose.wire.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.Case;
import dev.hognose.diagnosis.Cases;
import dev.hognose.diagnosis.Figure;
import dev.hognose.diagnosis.Group;
import dev.hognose.diagnosis.HotThreads;
import dev.hognose.diagnosis.Named;
import dev.hognose.diagnosis.Names;
import dev.hognose.diagnosis.Presence;
import dev.hognose.diagnosis.Presences;
import dev.hognose.diagnosis.ProcessState;
import dev.hognose.diagnosis.Reading;
import dev.hognose.diagnosis.Sighting;
import dev.hognose.diagnosis.Sign;
import dev.hognose.diagnosis.Told;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Retention;
import dev.hognose.wire.KeyedCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the stores about diagnoses hold comes back as it was. */
class DiagnosisStateCodecTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00.123Z");
  private static final ProcessId PROCESS = new ProcessId("orders", "web-1", 101, T0);
  private static final Sign SIGN =
      new Sign(
          "checkout",
          "3 times TypeError",
          1.5,
          List.of(new Evidence("count", 3, "count")),
          Optional.of(new Frame("/srv/shop/views.py", 41, "checkout")),
          Optional.of(
              new Retention(
                  "shop:SEEN",
                  Retention.Kind.LRU_CACHE,
                  10,
                  20,
                  new Bytes(3),
                  OptionalLong.of(1),
                  OptionalLong.empty(),
                  OptionalLong.empty(),
                  "dict[str, int]")));

  @Test
  void aProcessThatIsOnlyKnownByName() {
    roundTrips(new ProcessStateCodec(), PROCESS.key(), ProcessState.unknown(PROCESS));
  }

  private static final Set<Group> GROWING =
      EnumSet.of(Group.THREADS_GAINED, Group.DESCRIPTORS_GAINED, Group.CHILDREN_GAINED);

  @Test
  void aProcessWithReadings() {
    assertThat(roundTrips(EnumSet.complementOf(EnumSet.copyOf(GROWING)))).isLessThan(4_000);
  }

  @Test
  void aProcessInWhichEverythingGrows() {
    assertThat(roundTrips(EnumSet.allOf(Group.class))).isLessThan(6_000);
  }

  /** Answers how many bytes the process takes. */
  private static int roundTrips(Set<Group> groups) {
    Random random = new Random(7);
    List<Reading> readings =
        random.ints(12).mapToObj(seed -> reading(groups, new Random(seed))).toList();
    Named usual = new Named(Names.of(List.of("a\nb")), new double[] {0.25});
    ProcessState state =
        new ProcessState(
            PROCESS,
            "1.4.2",
            Duration.ofSeconds(10),
            readings,
            usual,
            new HotThreads(
                T0,
                Duration.ofSeconds(60),
                new TreeMap<>(Map.of("pool-#", new Frame("/srv/shop/views.py", 41, "resize")))),
            Optional.of(T0),
            Optional.of(T0.plusSeconds(1)));

    roundTrips(new ProcessStateCodec(), PROCESS.key(), state);
    assertThat(state.readings().get(0)).isNotEqualTo(state.readings().get(1));
    return new ProcessStateCodec().encode(state).length;
  }

  @ParameterizedTest
  @EnumSource
  void aSighting(Sighting.State state) {
    roundTrips(
        new SightingCodec(),
        PROCESS.service(),
        new Sighting(
            PROCESS,
            "1.4.2",
            Alert.Kind.UNEXPECTED_ERROR,
            SIGN,
            T0,
            T0.plusSeconds(4),
            Duration.ofSeconds(4),
            state));
  }

  @ParameterizedTest
  @EnumSource
  void casesOfAnAilment(Ailment.Scope scope) {
    Presence presence =
        new Presence(
            PROCESS,
            "1.4.2",
            T0,
            T0.plusMillis(1),
            T0.plusMillis(3),
            Duration.ofSeconds(4),
            SIGN,
            Optional.of(T0.plusMillis(2)));
    Told told = new Told("0123456789abcdef".repeat(2), 3, 2.5, Told.Life.RESOLVED, T0);
    Case one = new Case(Presences.of(List.of(presence)), List.of(told), true);
    for (String culprit : List.of("checkout", SIGN.culprit(), "", "two\nlines\n")) {
      Ailment ailment = new Ailment("orders", Alert.Kind.TASK_LEAK, culprit, scope);
      roundTrips(new CasesCodec(), ailment.key(), new Cases(ailment, List.of(one, one)));
    }
  }

  static Stream<Sign> signs() {
    return Stream.of("", "worker-#", "a")
        .flatMap(
            culprit ->
                Stream.of("", "worker-#", "9 of worker-# and worker-#", "nothing of that name")
                    .map(
                        phrase ->
                            new Sign(
                                culprit,
                                phrase,
                                1.25,
                                List.of(
                                    new Evidence("count", 9, "count"),
                                    new Evidence("a name that is not known", 0.1, "parsec")),
                                Optional.empty(),
                                Optional.empty())));
  }

  @ParameterizedTest
  @MethodSource("signs")
  void aCulpritIsToldOnce(Sign sign) {
    Presence presence =
        new Presence(
            PROCESS,
            "",
            T0,
            T0.minusMillis(1),
            T0.plusMillis(2),
            Duration.ZERO,
            sign,
            Optional.empty());
    Told told = new Told("0123456789abcdef".repeat(2), 1, 1.25, Told.Life.FIRING, T0);
    Case one = new Case(Presences.of(List.of(presence)), List.of(told), false);

    Ailment ailment = new Ailment("orders", Alert.Kind.THREAD_LEAK, "worker-#", Ailment.Scope.ONE);
    roundTrips(new CasesCodec(), ailment.key(), new Cases(ailment, List.of(one)));
  }

  /** Some of the names are the same in all readings, some are in a few. */
  private static Reading reading(Set<Group> groups, Random random) {
    Map<Group, Named> named = new EnumMap<>(Group.class);
    for (Group group : groups) {
      List<String> names =
          IntStream.range(0, 4)
              .filter(i -> i < 3 || random.nextBoolean())
              .mapToObj(i -> group + ", a name of usual length, " + i)
              .toList();
      named.put(group, new Named(Names.of(names), random.doubles(names.size()).toArray()));
    }
    Map<Figure, Double> figures =
        Map.of(
            Figure.THREADS,
            8.0,
            Figure.GARBAGE,
            0.0,
            Figure.GIL_WAITS,
            -1e300,
            Figure.INVOLUNTARY_SWITCHES,
            random.nextDouble());
    return Reading.of(T0.plusSeconds(random.nextInt(100)), random.nextInt(9), figures, named);
  }

  private static <T> void roundTrips(KeyedCodec<T> codec, String key, T value) {
    assertThat(codec.decode(key, codec.encode(value))).isEqualTo(value);
  }
}
