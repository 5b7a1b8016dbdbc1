package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.Outcome.Reason;
import dev.hognose.sample.GrowthRate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Readings that do not go on from what is known, and when they are believed all the same. */
class RefusedTest {

  private static final LeakPolicy POLICY = LeakPolicy.BALANCED;

  @ParameterizedTest
  @CsvSource({
    "LATE, true",
    "CLOCK_BEHIND, true",
    "CLOCK_AHEAD, true",
    "EARLIER_LIFE, true",
    "OTHER_FIGURE, true",
    "FAILED_READ, false",
    "IMPLAUSIBLE_TIME, false",
    "IMPLAUSIBLE_FIGURE, false"
  })
  void whatCannotBeIsNoDoubtInWhatIsKnown(Reason reason, boolean isDoubt) {
    assertThat(Refused.isDoubt(reason)).isEqualTo(isDoubt);
  }

  /** After two at 1,000 and 2,000 s; the grace is 90 s. */
  @ParameterizedTest
  @CsvSource({
    "2100000, 1000000, 2100000",
    "1950000, 1000000, 2000000",
    "1910000, 1000000, 2000000",
    "1909999, 1909999, 1909999",
    "500000, 500000, 500000"
  })
  void oneThatIsMuchEarlierBeginsAnew(long atMs, long fromMs, long toMs) {
    assertThat(new Refused(1_000_000, 2_000_000).and(atMs, POLICY))
        .isEqualTo(new Refused(fromMs, toMs));
    assertThat(Refused.NONE.and(atMs, POLICY)).isEqualTo(new Refused(atMs, atMs));
  }

  /** A bucket takes two minutes. */
  @ParameterizedTest
  @CsvSource({
    "CLOCK_AHEAD, 0, false",
    "CLOCK_AHEAD, 1, true",
    "OTHER_FIGURE, 119999, false",
    "OTHER_FIGURE, 120000, true",
    "LATE, 479999, false",
    "LATE, 480000, true",
    "CLOCK_BEHIND, 480000, true",
    "EARLIER_LIFE, 479999, false"
  })
  void theyAreBelievedWhenNothingElseCameForAWhile(Reason reason, long ms, boolean areBelieved) {
    assertThat(new Refused(1_000_000, 1_000_000 + ms).areBelieved(reason, POLICY))
        .isEqualTo(areBelieved);
  }

  @Test
  void everyOutcomeHasAnAnswerOfItsOwn() {
    LeakEvent event = new LeakEvent.Clear(Shop.T0, GrowthRate.ZERO, 0.5);
    List<Outcome> all =
        List.of(
            new Outcome.Counted(),
            new Outcome.Told(event),
            new Outcome.Believed(Reason.LATE),
            new Outcome.Ignored(Reason.LATE));

    assertThat(all)
        .extracting(each -> each.match(c -> "counted", t -> "told", b -> "believed", i -> "no"))
        .containsExactly("counted", "told", "believed", "no");
  }
}
