package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hognose.alert.Alert;
import dev.hognose.fixture.Cut;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store has of cases is what was known of them, or it is refused. */
class CasePackingTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00.123Z");
  private static final String ID = "0123456789abcdef".repeat(2);
  private static final Ailment AILMENT = ailment("worker-#", Ailment.Scope.ONE);
  private static final Sign SIGN =
      Sign.of("worker-#", "9 of worker-#", 1.25, List.of(Words.count("count", 9)));

  static Stream<Cases> cases() {
    Case one = new Case(Presences.of(presence(1)), List.of(), false);
    Told told = new Told(ID, 1, 1.25, Told.Life.FIRING, T0.plusSeconds(4));
    return Stream.of(
        Cases.none(AILMENT),
        cases(one),
        cases(one.told(told)),
        cases(one.told(new Told(ID, 3, 2.5, Told.Life.RESOLVED, T0.minusSeconds(4)))),
        cases(new Case(one.processes(), List.of(told, told), true), one.untold()),
        full());
  }

  /** Whatever can be there is, of two processes and in two cases. */
  private static Cases full() {
    Presence late =
        new Presence(
            process(2),
            "",
            T0,
            T0.minusMillis(1),
            T0.plusMillis(3),
            Duration.ZERO,
            RandomSigns.sign(new Random(3)),
            Optional.of(T0.plusMillis(2)));
    Presences both = Presences.of(List.of(presence(1), late));
    Told told = new Told(ID, 2, 7, Told.Life.FIRING, T0.plusSeconds(9));
    return cases(
        new Case(Presences.of(late), List.of(told), true), new Case(both, List.of(told), false));
  }

  private static Cases cases(Case... all) {
    return new Cases(AILMENT, List.of(all));
  }

  private static Ailment ailment(String culprit, Ailment.Scope scope) {
    return new Ailment("orders", Alert.Kind.THREAD_LEAK, culprit, scope);
  }

  private static Presence presence(int number) {
    Instant from = T0.plusSeconds(60 + number);
    return new Presence(
        process(number),
        "1.4.2",
        from,
        from.plusSeconds(30),
        from.plusSeconds(3_600 + number),
        Duration.ofSeconds(4),
        SIGN,
        Optional.empty());
  }

  private static ProcessId process(int number) {
    return new ProcessId("orders", "web-" + number % 20, 100 + number, T0.plusMillis(number));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void casesSurvive(Cases cases) {
    ByteBuffer in = ByteBuffer.wrap(packed(cases));

    assertThat(Cases.unpack(cases.ailment(), in)).isEqualTo(cases);
    assertThat(in.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void casesOfAnyScopeSurvive(Ailment.Scope scope) {
    for (String culprit : List.of("worker-#", "checkout", "", "two\nlines\n")) {
      casesSurvive(new Cases(ailment(culprit, scope), full().all()));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasToldSurvives(Told.Life life) {
    Told told = new Told(ID, 500, 1e300, life, T0);

    casesSurvive(cases(new Case(Presences.of(presence(1)), List.of(told), true)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void casesThatWereCutAreRefused(Cases cases) {
    Cut.isRefused(packed(cases), cut -> Cases.unpack(AILMENT, cut));
  }

  @Test
  void whatHundredsOfProcessesShareIsToldOnce() {
    List<Presence> all = IntStream.range(0, 500).mapToObj(CasePackingTest::presence).toList();
    Cases many = cases(new Case(Presences.of(all), List.of(), true));
    Cases one = cases(new Case(Presences.of(all.get(0)), List.of(), true));

    casesSurvive(many);
    assertThat(packed(one)).hasSizeLessThan(70);
    assertThat(packed(many)).hasSizeLessThan(500 * 25);
  }

  @ParameterizedTest
  @ValueSource(longs = {9, Long.MAX_VALUE, -1})
  void tooManyCasesAreRefused(long count) {
    Packer spoilt = new Packer();
    Varint.put(spoilt, count);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cases.unpack(AILMENT, ByteBuffer.wrap(spoilt.bytes())))
        .withMessage(count + " cases: expected at most 8");
  }

  /** They would else be made before a byte of them is read. */
  @ParameterizedTest
  @ValueSource(longs = {501, Long.MAX_VALUE, -1})
  void tooManyProcessesAreRefused(long count) {
    Packer spoilt = new Packer().put((byte) 1);
    Varint.put(spoilt, count);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cases.unpack(AILMENT, ByteBuffer.wrap(spoilt.bytes())))
        .withMessage(count + " processes: expected at most 500");
  }

  @Test
  void aCaseOfNoProcessesIsRefused() {
    byte[] spoilt = {1, 0};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Cases.unpack(AILMENT, ByteBuffer.wrap(spoilt)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123", "not hexadecimal"})
  void anIdThatIsNoneIsNotPacked(String id) {
    Told told = new Told(id, 1, 1, Told.Life.FIRING, T0);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> packed(cases(new Case(Presences.of(presence(1)), List.of(told), true))));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void anyCasesSurvive(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      List<Case> all = Stream.generate(() -> randomCase(random)).limit(random.nextInt(9)).toList();
      casesSurvive(new Cases(ailment(RandomSigns.text(random), Ailment.Scope.ONE), all));
    }
  }

  private static Case randomCase(Random random) {
    List<Presence> all = new ArrayList<>();
    for (int left = random.nextInt(9); left >= 0; left--) {
      all.add(randomPresence(random));
    }
    List<Told> told =
        Stream.generate(
                () ->
                    new Told(
                        ID,
                        random.nextInt(600),
                        random.nextDouble(),
                        random.nextBoolean() ? Told.Life.FIRING : Told.Life.RESOLVED,
                        moment(random)))
            .limit(random.nextInt(3))
            .toList();
    return new Case(Presences.of(all), told, random.nextBoolean());
  }

  private static Presence randomPresence(Random random) {
    Instant until = moment(random);
    return new Presence(
        new ProcessId("orders", "h" + random.nextInt(3), 1 + random.nextInt(99), moment(random)),
        RandomSigns.text(random),
        moment(random),
        moment(random),
        until,
        Duration.ofMillis(random.nextInt()),
        RandomSigns.sign(random),
        random.nextBoolean()
            ? Optional.of(until.minusMillis(random.nextInt(9)))
            : Optional.empty());
  }

  private static Instant moment(Random random) {
    return T0.plusMillis(random.nextLong(1L << 42));
  }

  private static byte[] packed(Cases cases) {
    Packer out = new Packer();
    cases.pack(out);
    return out.bytes();
  }
}
