package dev.hognose.diagnosis;

import static dev.hognose.diagnosis.Shop.at;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a process showed is put together in the same way in whatever order it is read. */
class PresenceTest {

  @Test
  void isFromTheFirstToTheLastWithTheLatestSign() {
    Presence early = SightingBuilder.within(0, 4).version("1").beat(8).phrase("early").presence();
    Presence late = SightingBuilder.within(4, 8).version("2").beat(4).phrase("late").presence();

    for (Presence both : List.of(early.and(late), late.and(early))) {
      assertThat(both.from()).isEqualTo(at(0));
      assertThat(both.seenAt()).isEqualTo(at(4));
      assertThat(both.until()).isEqualTo(at(8));
      assertThat(both.version()).isEqualTo("1");
      assertThat(both.beat()).isEqualTo(Duration.ofSeconds(8));
      assertThat(both.sign().phrase()).isEqualTo("late");
    }
  }

  @Test
  void whatBeganFirstNeedNotBeSeenFirst() {
    Presence longer = SightingBuilder.within(0, 9).version("longer").presence();
    Presence sooner = SightingBuilder.within(3, 5).version("sooner").presence();

    for (Presence both : List.of(longer.and(sooner), sooner.and(longer))) {
      assertThat(both.from()).isEqualTo(at(0));
      assertThat(both.seenAt()).isEqualTo(at(5));
      assertThat(both.version()).isEqualTo("sooner");
    }
  }

  /** Of two signs of one moment: weight and phrase of each, and whose phrase is told. */
  @ParameterizedTest
  @CsvSource({"3, a, 2, b, a", "2, a, 3, b, b", "2, a, 2, b, b", "2, b, 2, a, b"})
  void ofTwoSignsAtOnceTheStrongerIsToldAndOfEqualsTheLastName(
      double weight, String phrase, double otherWeight, String otherPhrase, String told) {
    Presence one = SightingBuilder.at(4).weight(weight).phrase(phrase).presence();
    Presence other = SightingBuilder.at(4).weight(otherWeight).phrase(otherPhrase).presence();

    assertThat(one.and(other).sign().phrase()).isEqualTo(told);
    assertThat(other.and(one).sign().phrase()).isEqualTo(told);
  }

  /** The weaker of each pair first. */
  static Stream<Arguments> pairs() {
    return Stream.of(
        Arguments.of("weight", SightingBuilder.at(9).weight(2), SightingBuilder.at(0).weight(3)),
        Arguments.of("time", SightingBuilder.at(0).by(2), SightingBuilder.at(4).by(1)),
        Arguments.of("words", SightingBuilder.at(0).by(2).phrase("a"), SightingBuilder.at(0).by(1)),
        Arguments.of("process", SightingBuilder.at(0).by(1), SightingBuilder.at(0).by(2)));
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void theStrongestIsFoundByWeightThenByTimeThenByName(
      String by, SightingBuilder weaker, SightingBuilder stronger) {
    assertThat(Presence.STRONGEST.compare(weaker.presence(), stronger.presence()))
        .as(by)
        .isNegative();
    assertThat(Presence.STRONGEST.compare(stronger.presence(), weaker.presence()))
        .as(by)
        .isPositive();
  }

  /** From and until of two sightings, and until when it was seen but for the later. */
  static Stream<Arguments> ends() {
    return Stream.of(
        Arguments.of("a moment after a while", 0, 4, 8, 8, OptionalDouble.of(4)),
        Arguments.of("a moment after a moment", 4, 4, 8, 8, OptionalDouble.of(4)),
        Arguments.of("a while after a moment", 4, 4, 4, 8, OptionalDouble.empty()),
        Arguments.of("a while after a while", 0, 4, 4, 8, OptionalDouble.empty()),
        Arguments.of("a moment at the end of a while", 0, 8, 8, 8, OptionalDouble.empty()),
        Arguments.of("the same moment twice", 8, 8, 8, 8, OptionalDouble.empty()));
  }

  @ParameterizedTest
  @MethodSource("ends")
  void knowsUntilWhenItWasSeenBeforeALastMoment(
      String what, double from, double until, double from2, double until2, OptionalDouble before) {
    Presence one = SightingBuilder.within(from, until).presence();
    Presence other = SightingBuilder.within(from2, until2).presence();
    Optional<Instant> expected =
        before.isPresent() ? Optional.of(at(before.getAsDouble())) : Optional.empty();

    assertThat(one.and(other).before()).as(what).isEqualTo(expected);
    assertThat(other.and(one).before()).as(what).isEqualTo(expected);
  }

  @Test
  void theLastMomentButOneIsKnownInAnyOrder() {
    Presence first = SightingBuilder.at(0).presence();
    Presence second = SightingBuilder.at(4).presence();
    Presence third = SightingBuilder.at(8).presence();

    assertThat(first.and(second).and(third).before()).contains(at(4));
    assertThat(third.and(first).and(second).before()).contains(at(4));
    assertThat(third.and(second).and(first).before()).contains(at(4));
    assertThat(second.and(third.and(first)).before()).contains(at(4));
    assertThat(first.and(third).and(second.and(third)).before()).contains(at(4));
  }

  @Test
  void whatWasSeenOnlyOnceIsGoneWithoutIt() {
    assertThat(SightingBuilder.at(4).presence().without(SightingBuilder.at(4).build())).isEmpty();
  }

  @Test
  void withoutItsLastMomentItEndsWhereItDidBefore() {
    Presence seen = SightingBuilder.at(0).presence().and(SightingBuilder.at(8).presence());

    assertThat(seen.without(SightingBuilder.at(8).build()))
        .hasValueSatisfying(
            left -> {
              assertThat(left.from()).isEqualTo(at(0));
              assertThat(left.until()).isEqualTo(at(0));
              assertThat(left.before()).isEmpty();
            });
  }

  @Test
  void withoutAMomentThatIsNotItsLastItEndsAsItDid() {
    Presence seen = SightingBuilder.at(0).presence().and(SightingBuilder.at(8).presence());

    assertThat(seen.without(SightingBuilder.at(4).build()))
        .hasValueSatisfying(left -> assertThat(left.until()).isEqualTo(at(8)));
  }
}
