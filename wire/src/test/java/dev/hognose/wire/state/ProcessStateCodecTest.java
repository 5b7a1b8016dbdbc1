package dev.hognose.wire.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.diagnosis.Figure;
import dev.hognose.diagnosis.Group;
import dev.hognose.diagnosis.HotThreads;
import dev.hognose.diagnosis.Named;
import dev.hognose.diagnosis.Names;
import dev.hognose.diagnosis.ProcessState;
import dev.hognose.diagnosis.Reading;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.KeyedCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is known of a process to diagnose it comes back as it was. */
class ProcessStateCodecTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00.123Z");
  private static final ProcessId PROCESS = new ProcessId("orders", "web-1", 101, T0);

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
