package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.alert.Evidence;
import dev.hognose.fixture.Cut;
import dev.hognose.packed.PackedWords;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Retention;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is packed of a sign is what was shown, or it is refused. */
class SignPackingTest {

  static final List<Illness> ILLNESSES = Illness.ofFigures();
  static final List<Illness.OfEvent> TOLD_BY_EVENTS = Illness.ofEvents();

  private static final String CULPRIT = "/srv/shop/views.py in checkout";
  private static final Frame SITE = new Frame("/srv/shop/views.py", 41, "checkout");
  private static final Sign BARE =
      new Sign("", "", 1, List.of(), Optional.empty(), Optional.empty());

  static Stream<Sign> signs() {
    return Stream.of(
        BARE,
        Sign.of(CULPRIT, "3 times TypeError", 1.5, List.of(Words.count("count", 3))).at(at(SITE)),
        Sign.of(CULPRIT, "nobody, in checkout (shop/views.py:41)", 2, List.of()).at(at(SITE)),
        Sign.of("KeyError in " + CULPRIT, "1.5 KeyError a second", 3, List.of()).at(at(SITE)),
        Sign.of("a in in b", "7", 3, List.of()).at(at(new Frame("a", 3, "in b"))),
        Sign.of("/my in box/a.py in load", "7", 3, List.of())
            .at(at(new Frame("/my in box/a.py", 3, "load"))),
        Sign.of("worker-#", "9 of worker-# and worker-#", 1e9, List.of())
            .at(at(new Frame("", -1, ""))),
        Sign.of("load in views.py in load", "", 7, List.of())
            .at(at(new Frame("load", 1, "views.py in load"))),
        evidence(new Evidence("confidence", 0.51, "ratio"), new Evidence("count", 1, "parsec")),
        evidence(new Evidence("mass", Double.NaN, "stone"), new Evidence("mass", -0.0, "")),
        Sign.of("x".repeat(3_000) + " in f", "x".repeat(3_000) + " 7", 1, List.of())
            .at(at(new Frame("x".repeat(3_000), 1, "f"))),
        BARE.keptBy(holder(Retention.Kind.UNKNOWN, OptionalLong.empty())),
        full());
  }

  /** Whatever can be there is. */
  private static Sign full() {
    Evidence[] all = {Words.count("count", 9), new Evidence("mass", 0.1, "stone")};
    return evidence(all)
        .blaming(CULPRIT, "and 8 of " + CULPRIT)
        .at(at(SITE))
        .keptBy(holder(Retention.Kind.LRU_CACHE, OptionalLong.of(7)));
  }

  private static Sign evidence(Evidence... all) {
    return Sign.of("", "is heavy", 1.25, List.of(all));
  }

  private static Optional<Frame> at(Frame place) {
    return Optional.of(place);
  }

  private static Retention holder(Retention.Kind kind, OptionalLong some) {
    return new Retention("shop:SEEN", kind, 10, 0.1, new Bytes(3), some, some, some, "dict");
  }

  @ParameterizedTest
  @MethodSource("signs")
  void aSignSurvives(Sign sign) {
    for (String usual : List.of("", CULPRIT, "another")) {
      ByteBuffer in = ByteBuffer.wrap(packed(sign, usual));

      assertThat(signs(usual).get(in)).isEqualTo(sign);
      assertThat(in.hasRemaining()).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyContainerSurvives(Retention.Kind kind) {
    aSignSurvives(BARE.keptBy(holder(kind, OptionalLong.of(Long.MAX_VALUE))));
  }

  @ParameterizedTest
  @ValueSource(strings = {CULPRIT, "KeyError in " + CULPRIT})
  void aPlaceThatTheCulpritTellsIsItsLineOnly(String culprit) {
    Sign sign = BARE.blaming(culprit, "");

    assertThat(packed(sign.at(at(SITE)), culprit)).hasSize(packed(sign, culprit).length + 1);
  }

  @Test
  void eachCountOfAContainerIsItsOwn() {
    Retention holder =
        new Retention(
            CULPRIT,
            Retention.Kind.CLOSURE,
            1,
            2,
            new Bytes(3),
            OptionalLong.of(4),
            OptionalLong.of(5),
            OptionalLong.of(6),
            "");

    aSignSurvives(BARE.keptBy(holder));
  }

  @ParameterizedTest
  @MethodSource("signs")
  void aSignThatWasCutIsRefused(Sign sign) {
    Cut.isRefused(packed(sign, "another"), cut -> signs("another").get(cut));
  }

  /** A new sort of sign wants its figures among the known ones. */
  @ParameterizedTest
  @FieldSource("ILLNESSES")
  void figuresOfAnIllnessAreKnown(Illness illness) {
    isKnown(DiagnosesTest.lived(illness.ill(), 1, 56));
  }

  @ParameterizedTest
  @FieldSource("TOLD_BY_EVENTS")
  void figuresOfAnEventAreKnown(Illness.OfEvent illness) {
    Fleet fleet = new Fleet();
    fleet.take(Shop.event(Shop.process(1), 3, illness.ill()));

    isKnown(fleet);
  }

  /** Of each figure no more than its number and its value. */
  private static void isKnown(Fleet fleet) {
    assertThat(fleet.cases()).isNotEmpty();
    for (Cases each : fleet.cases()) {
      Sign sign = each.all().get(0).strongest().sign();
      Packer evidence = new Packer();
      EvidencePacking.put(evidence, sign, words());

      assertThat(evidence.bytes())
          .as("%s", sign.evidence())
          .hasSizeLessThanOrEqualTo(1 + sign.evidence().size() * (1 + 1 + Double.BYTES));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {101, Long.MAX_VALUE, -1})
  void tooManyFiguresAreRefused(long count) {
    Packer spoilt = new Packer();
    Varint.put(spoilt, count);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> EvidencePacking.get(ByteBuffer.wrap(spoilt.bytes()), 1, words()))
        .withMessage(count + " figures: expected at most 100");
  }

  @Test
  void aFigureThatThereIsNotIsRefused() {
    Packer spoilt = new Packer().put((byte) 1).put((byte) 31);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> EvidencePacking.get(ByteBuffer.wrap(spoilt.bytes()), 1, words()))
        .withMessage("figure 31 of evidence: expected less than 31");
  }

  @Test
  void aSiteThatTheCulpritDoesNotTellIsRefused() {
    byte[] packed = packed(BARE.blaming(CULPRIT, "").at(at(SITE)), CULPRIT);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> signs("outbox").get(ByteBuffer.wrap(packed)))
        .withMessage("culprit=outbox: expected a site");
  }

  @Test
  void aContainerThatThereIsNotIsRefused() {
    byte[] packed = packed(BARE.keptBy(holder(Retention.Kind.UNKNOWN, OptionalLong.empty())), "");
    byte[] known = packed(BARE.keptBy(holder(Retention.Kind.TYPE, OptionalLong.empty())), "");
    int kind = 0;
    while (packed[kind] == known[kind]) {
      kind++;
    }
    packed[kind]++;

    assertThatThrownBy(() -> signs("").get(ByteBuffer.wrap(packed)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(": expected one of ");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void anySignSurvives(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      aSignSurvives(RandomSigns.sign(random));
    }
  }

  private static byte[] packed(Sign sign, String usual) {
    Packer out = new Packer();
    signs(usual).put(out, sign);
    return out.bytes();
  }

  private static SignPacking signs(String usual) {
    return new SignPacking(usual, words());
  }

  private static PackedWords words() {
    return new PackedWords("");
  }
}
