package dev.hognose.app.demo;

import static dev.hognose.app.demo.Alerts.T0;
import static dev.hognose.app.demo.Alerts.block;
import static dev.hognose.app.demo.Alerts.leak;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.AllocationGrowth.Site;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTest {

  private static final Frame SLEEP = new Frame("/shop/sleep.py", 12, "pay");
  private static final Frame APPEND = new Frame("/shop/carts.py", 23, "cart");
  private static final Frame ELSEWHERE = new Frame("/shop/other.py", 5, "other");

  private final Check check =
      new Check(
          List.of(
              new PlantedFault(
                  "blocking_sleep",
                  "orders",
                  Alert.Kind.LOOP_BLOCK,
                  "sync_sleep",
                  SLEEP,
                  "awaited_sleep",
                  "orders-fixed"),
              new PlantedFault(
                  "growing_list",
                  "catalog",
                  Alert.Kind.MEMORY_LEAK,
                  "",
                  APPEND,
                  "bounded_cache",
                  "catalog-fixed")));

  @Test
  void passesWhenEveryFaultIsNamedAndEveryTwinIsSilent() {
    hearAll();
    check.alert(block("orders", "sync_sleep", SLEEP), T0);
    assertThat(check.isPassed()).isFalse();

    check.alert(leak("catalog", List.of(site(ELSEWHERE), site(APPEND))), T0);

    assertThat(check.isPassed()).isTrue();
    assertThat(check.missing()).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    hearAll();

    assertThat(check.missing())
        .containsExactly(
            "blocking_sleep: found nothing, expected an alert loop_block sync_sleep of orders"
                + " at /shop/sleep.py:12 in pay",
            "growing_list: found nothing, expected an alert memory_leak of catalog"
                + " at /shop/carts.py:23 in cart");
  }

  @Test
  void whoWasNeverHeardOfHidesNothing() {
    check.sample("catalog", T0);
    check.sample("catalog-fixed", T0);
    check.sample("orders-fixed", T0);

    assertThat(check.unheard()).containsExactly("orders");
    assertThat(check.missing())
        .contains("blocking_sleep: no sample of orders, so there was nothing to find");
  }

  @Test
  void lineBesideThePlantedOneIsNotFound() {
    hearAll();
    check.alert(leak("catalog", List.of(site(APPEND))), T0);

    check.alert(block("orders", "sync_sleep", new Frame("/shop/sleep.py", 13, "pay")), T0);

    assertThat(check.missing())
        .containsExactly(
            "blocking_sleep: found /shop/sleep.py:13 in pay, expected an alert"
                + " loop_block sync_sleep of orders at /shop/sleep.py:12 in pay");
  }

  @Test
  void wrongCauseIsNotFoundButTold() {
    Alert cpu = block("orders", "cpu", SLEEP);

    check.alert(cpu, T0);

    assertThat(check.searches().get(0).isOver()).isFalse();
    assertThat(check.unplanned()).containsExactly(cpu);
  }

  @Test
  void leakMayBeNamedLaterThanItFires() {
    check.traffic("catalog", T0);
    check.alert(leak("catalog", List.of()), after(31));
    check.alert(leak("catalog", List.of(site(APPEND))), after(40));

    Search search = check.searches().get(1);
    assertThat(search.firedAfter()).contains(Duration.ofSeconds(31));
    assertThat(search.namedAfter()).contains(Duration.ofSeconds(40));
  }

  @Test
  void blockIsTimedFromTheFirstOne() {
    check.traffic("orders", T0);
    check.block(SLEEP, after(9));
    check.block(SLEEP, after(5));
    check.block(SLEEP, after(12));
    check.block(ELSEWHERE, after(1));
    check.alert(block("orders", "sync_sleep", SLEEP), after(7));

    assertThat(check.searches().get(0).firedAfter()).contains(Duration.ofSeconds(2));
  }

  @Test
  void starvedTwinIsToldButNotAccused() {
    Alert starved = block("catalog-fixed", "starved", ELSEWHERE);

    check.alert(starved, T0);

    assertThat(check.accusations()).isEmpty();
    assertThat(check.unplanned()).containsExactly(starved);
  }

  @Test
  void leakIsTimedFromTheFirstRequestAlsoWhenItsLineBlocksOnce() {
    check.traffic("catalog", T0);
    check.block(APPEND, after(20));
    check.alert(leak("catalog", List.of(site(APPEND))), after(60));

    assertThat(check.searches().get(1).firedAfter()).contains(Duration.ofSeconds(60));
  }

  @Test
  void accusedTwinFailsTheCheckForGood() {
    hearAll();
    check.alert(block("orders", "sync_sleep", SLEEP), T0);
    check.alert(leak("catalog", List.of(site(APPEND))), T0);
    Alert accusation = leak("catalog-fixed", List.of());

    check.alert(accusation, T0);
    check.alert(accusation.resolved(after(1)), after(1));

    assertThat(check.isPassed()).isFalse();
    assertThat(check.accusations()).containsExactly(accusation);
    assertThat(check.missing())
        .containsExactly("catalog-fixed: accused, memory_leak, catalog-fixed is ill");
    assertThat(check.silence("catalog-fixed")).isEmpty();
  }

  @Test
  void twinThatWasNeverHeardOfIsNotSilent() {
    check.sample("orders-fixed", T0);
    check.alert(block("orders", "sync_sleep", SLEEP), T0);
    check.alert(leak("catalog", List.of(site(APPEND))), T0);

    assertThat(check.missing())
        .containsExactly("catalog-fixed: no sample, so its silence says nothing");
    assertThat(check.silence("catalog-fixed")).isEmpty();
  }

  @Test
  void silenceIsFromTheFirstSampleToTheLast() {
    check.sample("orders-fixed", after(2));
    check.sample("orders-fixed", after(3));
    check.sample("orders-fixed", after(50));

    assertThat(check.silence("orders-fixed")).contains(Duration.ofSeconds(48));
  }

  private void hearAll() {
    List.of("orders", "orders-fixed", "catalog", "catalog-fixed")
        .forEach(service -> check.sample(service, T0));
  }

  private static Instant after(int seconds) {
    return T0.plusSeconds(seconds);
  }

  private static Site site(Frame innermost) {
    return new Site(List.of(ELSEWHERE, innermost), Bytes.ofMebi(1), 10);
  }
}
