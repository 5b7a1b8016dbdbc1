package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Evidence;
import dev.hognose.sample.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Exceptions that come more often than they did, on both sides of each number. */
class ExceptionSurgeTest {

  private static final String ERROR = "exception/ValueError";
  private static final String SITE = "/srv/shop/views.py:41 in checkout";
  private static final int PAST_WINDOWS = 3;
  private static final int WINDOWS = 2;
  private static final SurgePolicy POLICY = new SurgePolicy(20, 10, WINDOWS, PAST_WINDOWS, 0.25);
  private static final Diagnosis DIAGNOSIS = new ExceptionSurge(POLICY);

  /** Exceptions in each window of ten seconds, and how many came a second before. */
  @ParameterizedTest
  @CsvSource({
    "ten times as many as usual,  20, 0.2,  true",
    "not quite as many,           20, 0.21, false",
    "as few as are worth a word,  10, 0.01, true",
    "fewer,                       9,  0.01, false",
    "usually none,                10, 0,    true",
    "usually none and hardly any, 9,  0,    false"
  })
  void isToldOfWhatIsUnusual(String what, double growth, double usual, boolean isTold) {
    Readings readings = new Readings().counter(ERROR, SITE, growth).usually(ERROR, SITE, usual);

    assertThat(signs(readings).isEmpty()).as(what).isEqualTo(!isTold);
  }

  @Test
  void nobodyKnowsWhatIsUsualBeforeSoManyWindows() {
    Readings readings = new Readings().counter(ERROR, SITE, 100);

    assertThat(DIAGNOSIS.signs(readings.history(PAST_WINDOWS + WINDOWS))).isEmpty();
    assertThat(DIAGNOSIS.signs(readings.history(PAST_WINDOWS + WINDOWS + 1))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "exception/ValueError,       true",
    "exception/KeyError,         true",
    "exception/TypeError,        false",
    "exception/AttributeError,   false",
    "warning/UserWarning,        false",
    "asyncio/unread_exception,   false"
  })
  void whatSaysThatTheCodeIsWrongIsToldElsewhere(String counter, boolean isTold) {
    assertThat(signs(new Readings().counter(counter, SITE, 100)).isEmpty()).isEqualTo(!isTold);
  }

  @Test
  void signNamesThePlaceAndBothRates() {
    Sign sign = signs(new Readings().counter(ERROR, SITE, 30).usually(ERROR, SITE, 0.1)).get(0);

    assertThat(sign.phrase())
        .isEqualTo("3 ValueError a second, usually 0.1, in checkout (shop/views.py:41)");
    assertThat(sign.culprit()).isEqualTo("ValueError in /srv/shop/views.py in checkout");
    assertThat(sign.place()).contains(new Frame("/srv/shop/views.py", 41, "checkout"));
    assertThat(sign.weight()).as("thirty times ten, and thrice what is worth a word").isEqualTo(3);
    assertThat(sign.evidence())
        .startsWith(
            new Evidence("rate", 3, "per_second"),
            new Evidence("usual_rate", 0.1, "per_second"),
            new Evidence("count", 60, "count"));
  }

  /** What comes in a window, against ten times as many as usual and twenty in all. */
  @ParameterizedTest
  @CsvSource({"100, 0.5, 2", "30, 0.001, 3"})
  void weighsAsMuchAsTheLesserOfItsTwoNumbers(double growth, double usual, double weight) {
    Readings readings = new Readings().counter(ERROR, SITE, growth).usually(ERROR, SITE, usual);

    assertThat(signs(readings).get(0).weight()).isEqualTo(weight);
  }

  /** Of readings ten seconds apart, with so many exceptions in each window. */
  @ParameterizedTest
  @CsvSource({
    "the first window makes half of what is usual, 2, 10, 0,   0.5",
    "and so it does while the past is short,       4, 10, 0,   0.5",
    "then a window makes a part of it,             5, 10, 0,   0.25",
    "of what it was before,                        5, 10, 0.2, 0.4",
    "and downwards,                                5, 0,  0.5, 0.375",
    "without a window nothing is learned,          1, 10, 0.2, 0.2"
  })
  void whatIsUsualIsLearnedWindowByWindow(
      String what, int readings, double growth, double before, double after) {
    History history =
        new Readings().counter(ERROR, SITE, growth).usually(ERROR, SITE, before).history(readings);

    assertThat(Usual.after(history, POLICY).value(ERROR + "\n" + SITE)).as(what).isEqualTo(after);
  }

  @Test
  void aCounterThatBeganAnewLeavesWhatIsUsual() {
    Named usual = Usual.after(new Readings().counter(ERROR, SITE, -10).history(5), POLICY);

    assertThat(usual.value(ERROR + "\n" + SITE)).isZero();
  }

  private static List<Sign> signs(Readings readings) {
    return DIAGNOSIS.signs(readings.history(PAST_WINDOWS + WINDOWS + 1));
  }
}
