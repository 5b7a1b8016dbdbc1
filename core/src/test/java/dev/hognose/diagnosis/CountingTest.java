package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Evidence;
import dev.hognose.sample.Frame;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What must not happen, or not so often: how much of it is told, and in which words. */
class CountingTest {

  private static final int WINDOWS = 2;
  private static final CountPolicy POLICY = new CountPolicy(6, WINDOWS);
  private static final String SITE = "/srv/shop/views.py:41 in checkout";

  static Stream<Arguments> diagnoses() {
    return Stream.of(
        Arguments.of(
            AsyncioMishap.unreadExceptions(POLICY),
            "asyncio/unread_exception",
            "exceptions of tasks were never read"),
        Arguments.of(
            AsyncioMishap.neverAwaited(POLICY),
            "asyncio/never_awaited",
            "coroutines were never awaited"),
        Arguments.of(
            AsyncioMishap.destroyedPending(POLICY),
            "asyncio/destroyed_pending",
            "tasks were destroyed while pending"),
        Arguments.of(new UnexpectedError(POLICY), "exception/TypeError", "times TypeError"),
        Arguments.of(
            new ResourceWarnings(POLICY), "warning/ResourceWarning", "resources were not closed"),
        Arguments.of(
            new DeprecationWarnings(POLICY),
            "warning/FutureWarning",
            "times FutureWarning was raised"));
  }

  @ParameterizedTest
  @MethodSource("diagnoses")
  void isToldOfAsManyAsAreTooMany(Diagnosis diagnosis, String counter, String happened) {
    assertThat(signs(diagnosis, counter, 2.9)).isEmpty();
    assertThat(signs(diagnosis, "other/" + counter, 30)).isEmpty();
    assertThat(signs(diagnosis, counter, 3))
        .singleElement()
        .satisfies(
            sign -> {
              assertThat(sign.phrase())
                  .isEqualTo("6 " + happened + " within 20 s, in checkout (shop/views.py:41)");
              assertThat(sign.weight()).isEqualTo(1);
            });
  }

  @Test
  void signHasItsPlaceAndItsRate() {
    Sign sign = signs(new UnexpectedError(POLICY), "exception/TypeError", 12).get(0);

    assertThat(sign.culprit()).isEqualTo("/srv/shop/views.py in checkout");
    assertThat(sign.place()).contains(new Frame("/srv/shop/views.py", 41, "checkout"));
    assertThat(sign.weight()).isEqualTo(4);
    assertThat(sign.evidence())
        .startsWith(new Evidence("count", 24, "count"), new Evidence("rate", 1.2, "per_second"));
  }

  /** A site as the agent tells it, the culprit, and how the phrase ends. */
  @ParameterizedTest
  @CsvSource({
    "shop.cart.remind, shop.cart.remind, ', in shop.cart.remind'",
    "'', '', ''",
    "/srv/a.py:12 in f, /srv/a.py in f, ', in f (srv/a.py:12)'",
    "/srv/a.py:1234567890 in f, /srv/a.py:1234567890 in f, ', in /srv/a.py:1234567890 in f'"
  })
  void whatHasNoLineIsToldAsItIs(String site, String culprit, String where) {
    Site read = Site.of(site);

    assertThat(read.culprit()).isEqualTo(culprit);
    assertThat(Counting.where(read)).isEqualTo(where);
  }

  @Test
  void countersThatHaveGrownAreToldLargestFirst() {
    History history =
        new Readings()
            .counter("exception/A", "s", 1)
            .counter("exception/B", "s", 3)
            .counter("exception/C", "s", 0)
            .counter("exception/D", "s", 2)
            .counter("exception/E", "s", -1)
            .counter("warning/F", "s", 9)
            .history(2);

    assertThat(Count.grown(history.lastAsOne(1), what -> what.startsWith("exception/")))
        .extracting(Count::type)
        .containsExactly("B", "D", "A");
  }

  /** Records of each window that the agent dropped. */
  @ParameterizedTest
  @CsvSource({"2.9, 0", "3, 1"})
  void recordsThatWereDroppedAreToldByTheirReason(double growth, int told) {
    History history =
        new Readings().total(Group.DROPPED, "outbox_full", growth).history(WINDOWS + 1);

    assertThat(new SamplesDropped(POLICY).signs(history)).hasSize(told);
  }

  @Test
  void signOfDroppedRecordsSaysHowMany() {
    History history = new Readings().total(Group.DROPPED, "outbox_full", 12).history(WINDOWS + 1);

    Sign sign = new SamplesDropped(POLICY).signs(history).get(0);

    assertThat(sign.phrase()).isEqualTo("the agent dropped 24 records: outbox_full");
    assertThat(sign.weight()).isEqualTo(4);
    assertThat(sign.evidence()).startsWith(new Evidence("dropped", 24, "count"));
  }

  private static List<Sign> signs(Diagnosis diagnosis, String counter, double growth) {
    return diagnosis.signs(new Readings().counter(counter, SITE, growth).history(WINDOWS + 1));
  }
}
