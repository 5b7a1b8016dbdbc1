package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.Case;
import dev.hognose.diagnosis.Cases;
import dev.hognose.diagnosis.Figure;
import dev.hognose.diagnosis.Group;
import dev.hognose.diagnosis.Named;
import dev.hognose.diagnosis.Names;
import dev.hognose.diagnosis.Presence;
import dev.hognose.diagnosis.Presences;
import dev.hognose.diagnosis.Reading;
import dev.hognose.diagnosis.Sighting;
import dev.hognose.diagnosis.Sign;
import dev.hognose.diagnosis.Told;
import dev.hognose.leak.EventClock;
import dev.hognose.leak.Footprint;
import dev.hognose.leak.Growth;
import dev.hognose.leak.Heard;
import dev.hognose.leak.LeakDetector;
import dev.hognose.leak.LeakLife;
import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.MemoryReading;
import dev.hognose.leak.OpenLeak;
import dev.hognose.leak.ServiceHistory;
import dev.hognose.leak.ServiceWord;
import dev.hognose.leak.Stand;
import dev.hognose.leak.ToldTrend;
import dev.hognose.leak.Trend;
import dev.hognose.leak.UnheardWords;
import dev.hognose.limit.Forecast;
import dev.hognose.limit.Killed;
import dev.hognose.limit.LimitLife;
import dev.hognose.limit.LimitUse;
import dev.hognose.limit.OpenForecast;
import dev.hognose.limit.UseFloor;
import dev.hognose.limit.UseFloors;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Retention;
import dev.hognose.service.LoopTime;
import dev.hognose.service.LoopTotals;
import dev.hognose.service.ProcessFigures;
import dev.hognose.service.ProcessMinute;
import dev.hognose.service.Totals;
import dev.hognose.service.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What stores and internal topics hold does not change without another version: every field of the
 * state's messages, and the bytes of what is packed by hand.
 *
 * <p>Who changes a format raises {@link StateFormat#VERSION} and takes what this test has written
 * to {@code target} for the file of that version.
 */
class PackedStateTest {

  private static final Path MESSAGES = Path.of("..", "wire/src/main/proto/hognose/state/v1");
  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00.250Z");
  private static final ProcessId PROCESS = new ProcessId("orders", "web-1", 7, T0);

  @Test
  void whatIsPackedIsThatOfTheVersion() throws IOException {
    String name =
        String.format(
            Locale.ROOT, "packed-state-%02x.txt", Byte.toUnsignedInt(StateFormat.VERSION));
    Path golden = Path.of("src/test/resources", name);
    List<String> now = Stream.concat(messages(), packedByHand()).toList();
    Files.write(Path.of("target", name), now);

    assertThat(golden)
        .as("the file of this version, whose lines are those of target/%s", name)
        .exists();
    assertThat(now)
        .as("raise StateFormat.VERSION, and name target/%s after it", name)
        .isEqualTo(Files.readAllLines(golden));
  }

  /** Without comments and layout: `message.field` would need generated classes. */
  private static Stream<String> messages() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(MESSAGES)) {
      for (Path file : files.sorted().toList()) {
        lines.add(file.getFileName().toString());
        Files.readAllLines(file).stream()
            .map(line -> line.replaceAll("//.*", "").strip())
            .filter(line -> !line.isEmpty() && !line.startsWith("option "))
            .forEach(lines::add);
      }
    }
    return lines.stream();
  }

  private static Stream<String> packedByHand() {
    LeakState nothing = LeakState.initial();
    SequenceWindow sequences = SequenceWindow.EMPTY.with(7, T0).with(9, T0);
    return Stream.of(
        line("sequence window", SequenceWindow.codec().encode(sequences)),
        line("reading", reading().packAfter(Reading.NONE)),
        line("names", names().pack()),
        line("sequences of a process", known(sequences, null, null, null)),
        line("leak of a process", known(null, leak(), null, null)),
        line("leak of a new process", known(null, LeakLife.begin(PROCESS), null, null)),
        line("limit of a process", known(null, null, limit(), null)),
        line("figures of a process", known(null, null, null, figures())),
        line("all of a process", known(sequences, leak(), limit(), figures())),
        line("rings", nothing.packRings()),
        line("rings of a life", life().packRings()),
        line("service", ServiceHistory.initial().pack()),
        line("word", word().pack()),
        line("unheard words", UnheardWords.NONE.and(word()).pack()),
        line("event clock", new EventClock(4711, 8_004_711, 8_004_712, 3).pack()),
        line("cases", StoredCases.codec().encode(cases())),
        line("sighting", DiagnosisTopology.sightings().serializer().serialize("", sighting())),
        line("task that has read so far", TaskReportSerde.pack(new TaskReport.Reached(3, 4711))),
        line("task without work", TaskReportSerde.pack(new TaskReport.Idle(3))));
  }

  private static byte[] known(
      @Nullable SequenceWindow sequences,
      @Nullable LeakLife leak,
      @Nullable LimitLife limit,
      @Nullable ProcessFigures figures) {
    return KnownProcess.codec().encode(new KnownProcess(sequences, leak, limit, figures));
  }

  /** Whatever can be there is, a number of its own in each place. */
  private static LeakLife leak() {
    Optional<Bytes> limit = Optional.of(new Bytes(3));
    return new LeakLife(
        PROCESS,
        life(),
        Optional.of(new Heard(T0, T0.plusSeconds(1), "1.4.2", new Bytes(2), limit)),
        Optional.of(T0.plusSeconds(4)),
        true,
        Optional.of(
            new OpenLeak(
                T0.plusSeconds(5),
                "1.4.1",
                true,
                new OpenLeak.Told(
                    T0.plusSeconds(6),
                    growth(),
                    new ServiceWord.Sharing(7, 8, "1.4.0", true),
                    new Footprint(new Bytes(9), Optional.empty())))),
        Optional.of(
            new ToldTrend(
                Trend.Verdict.LEAKING,
                Optional.of(Trend.Where.FRAGMENTATION),
                new GrowthRate(10),
                OptionalDouble.of(11),
                12)),
        Optional.empty());
  }

  /** Likewise. */
  private static LimitLife limit() {
    LimitUse use =
        new LimitUse(
            T0,
            T0.plusSeconds(1),
            "1.4.2",
            new Bytes(2),
            Optional.of(new Bytes(3)),
            Optional.of(new Bytes(4)),
            OptionalLong.of(5));
    return new LimitLife(
        PROCESS,
        new UseFloors(
            List.of(new UseFloor(7, 8, 9, 20), new UseFloor(8, 10, 12, 30)),
            13,
            OptionalLong.of(14)),
        Optional.of(use),
        Optional.of(T0.plusSeconds(15)),
        true,
        Optional.of(new OpenForecast(T0, "1.4.1", forecast(16), forecast(20))),
        Optional.of(new Killed(T0, Killed.Seen.COUNTED, 24, use, Optional.of(forecast(25)))));
  }

  private static Forecast forecast(int first) {
    return new Forecast(
        Forecast.Whose.CONTAINER,
        new Bytes(first),
        new Bytes(first + 1),
        new GrowthRate(first + 2),
        Duration.ofMillis(first + 3));
  }

  /** Two processes, and what was said of them: whatever can be there is. */
  private static Cases cases() {
    Frame place = new Frame("/srv/shop/cart.py", 31, "price");
    Retention holder =
        new Retention(
            "shop.cart:SEEN",
            Retention.Kind.LRU_CACHE,
            32,
            33,
            new Bytes(34),
            OptionalLong.of(35),
            OptionalLong.of(36),
            OptionalLong.of(37),
            "dict[str, int]");
    Sign other =
        new Sign(
            "shop.cart:SEEN",
            "the container shop.cart:SEEN keeps 38 entries, in price (shop/cart.py:31)",
            39,
            List.of(new Evidence("entries", 40, "count"), new Evidence("mass", 41, "stone")),
            Optional.of(place),
            Optional.of(holder));
    Presence both = presence(42, PROCESS, sign(), Optional.of(T0.plusSeconds(43)));
    ProcessId second = new ProcessId("orders", "web-2", 44, T0.plusSeconds(45));
    Presence late = presence(46, second, other, Optional.empty());
    Told told = new Told(id(), 50, 51, Told.Life.RESOLVED, T0.plusSeconds(52));
    return new Cases(
        new Ailment("orders", Alert.Kind.UNEXPECTED_ERROR, sign().culprit(), Ailment.Scope.ONE),
        List.of(
            new Case(Presences.of(List.of(both, late)), List.of(told), true),
            new Case(Presences.of(List.of(late)), List.of(), false)));
  }

  private static Presence presence(
      int first, ProcessId process, Sign sign, Optional<Instant> before) {
    return new Presence(
        process,
        "1.4." + first,
        T0.plusSeconds(first),
        T0.plusSeconds(first + 1),
        T0.plusSeconds(first + 2),
        Duration.ofMillis(first + 3),
        sign,
        before);
  }

  private static String id() {
    return "0123456789abcdeffedcba9876543210";
  }

  private static Sign sign() {
    return new Sign(
        "/srv/shop/views.py in checkout",
        "53 times TypeError within 54 s, in checkout (shop/views.py:55)",
        2,
        List.of(
            new Evidence("count", 53, "count"),
            new Evidence("rate", 0.5, "per_second"),
            new Evidence("confidence", 0.75, "ratio")),
        Optional.of(new Frame("/srv/shop/views.py", 55, "checkout")),
        Optional.empty());
  }

  private static Sighting sighting() {
    return new Sighting(
        PROCESS,
        "1.4.2",
        Alert.Kind.UNEXPECTED_ERROR,
        sign(),
        T0.plusSeconds(1),
        T0.plusSeconds(3),
        Duration.ofSeconds(4),
        Sighting.State.WITHDRAWN);
  }

  /** Two days of floors that rise, with holes. */
  private static LeakState life() {
    LeakDetector detector = new LeakDetector(LeakPolicy.BALANCED);
    LeakState state = LeakState.initial();
    for (int n = 0; n < 1440; n++) {
      long atMs = T0.plusSeconds(120L * (n + n / 100)).toEpochMilli();
      long bytes = (100L << 20) + (n * 7919L % 512 + n * 64L) * 1024;
      MemoryReading reading = MemoryReading.of(atMs, bytes).withBlocks(bytes / 128);
      state = detector.next(state, reading.withKept(1 << 20)).state();
    }
    return state;
  }

  private static String line(String what, byte[] packed) {
    return what + " " + HexFormat.of().formatHex(packed);
  }

  /** A number of its own in every figure and group: another one, or another order, is seen. */
  private static Reading reading() {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      figures.put(figure, 1.5 + figures.size());
    }
    Map<Group, Named> groups = new EnumMap<>(Group.class);
    for (Group group : Group.values()) {
      groups.put(group, new Named(names(), new double[] {groups.size(), 0.25}));
    }
    return Reading.of(T0, 42, figures, groups);
  }

  /** A number of its own in each place. */
  private static ProcessFigures figures() {
    Histogram lag = Histogram.of(new long[] {0, 500, 20, 0, 9}, 12.25);
    LoopTotals loop = new LoopTotals("MainThread", lag, Duration.ofNanos(6), Duration.ofNanos(7));
    ProcessMinute open =
        new ProcessMinute(
            PROCESS,
            "1.4.2",
            T0.minusMillis(250),
            Duration.ofNanos(8),
            new LoopTime(
                Duration.ofNanos(9),
                lag,
                Duration.ofNanos(10),
                Duration.ofNanos(11),
                Duration.ofNanos(12)),
            waits(13),
            Duration.ofNanos(17),
            new Bytes(18),
            new Bytes(19),
            20);
    Totals totals = new Totals(T0, Duration.ofNanos(1), waits(2), 21, List.of(loop));
    return new ProcessFigures(totals, Optional.of(open));
  }

  private static Waits waits(int first) {
    return new Waits(
        Duration.ofNanos(first),
        Duration.ofNanos(first + 1),
        Duration.ofNanos(first + 2),
        Duration.ofNanos(first + 3));
  }

  private static Names names() {
    return Names.of(List.of("MainThread", "worker-#"));
  }

  private static ServiceWord word() {
    return new ServiceWord(
        "web-1/4242",
        T0.toEpochMilli(),
        T0,
        Optional.of(growth()),
        true,
        new Stand(Stand.Kind.NONE, 0, 0),
        new ServiceWord.Sharing(3, 5, "1.4.0", true),
        Optional.empty(),
        new Footprint(Bytes.ofMebi(7), Optional.of(Bytes.ofMebi(8))));
  }

  private static Growth growth() {
    return new Growth(
        Trend.Where.NATIVE,
        new GrowthRate(7.5e9),
        new Trend.SlopeInterval(new GrowthRate(7e9), new GrowthRate(8e9)),
        T0,
        OptionalDouble.of(1.4),
        0.93);
  }
}
