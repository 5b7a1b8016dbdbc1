package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Evidence;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Retention;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps growing objects alive and is worth telling, on both sides of each number. */
class GrowingHolderTest {

  private static final HolderPolicy POLICY = new HolderPolicy(1_000, 60);

  @ParameterizedTest
  @CsvSource({"1000, 60, true", "999, 60, false", "1000, 59.9, false", "1000000, 0, false"})
  void isToldFromItsSizeAndItsGrowthOn(long entries, double growth, boolean isTold) {
    assertThat(signs(holder("shop.cart:SEEN", entries, growth)).isEmpty()).isEqualTo(!isTold);
  }

  @ParameterizedTest
  @CsvSource({
    "MODULE_GLOBAL, GROWING_CONTAINER",
    "CLASS_ATTRIBUTE, GROWING_CONTAINER",
    "DEFAULT_ARGUMENT, GROWING_DEFAULT_ARGUMENT",
    "CLOSURE, CLOSURE_KEEPS",
    "LRU_CACHE, UNBOUNDED_CACHE",
    "TYPE, ''",
    "UNKNOWN, ''"
  })
  void eachKindOfHolderIsToldByOneDiagnosisAtMost(Retention.Kind kind, String told) {
    Retention holder = of(kind, OptionalLong.empty());
    Retention bounded = of(kind, OptionalLong.of(1_000_000));

    assertThat(tellers(holder)).isEqualTo(told);
    assertThat(tellers(bounded)).isEmpty();
  }

  private static String tellers(Retention holder) {
    return String.join(
        " ",
        Diagnoses.of(DiagnosisPolicy.DEFAULT).stream()
            .filter(each -> !each.signs(Shop.event(Shop.process(1), 3, holder)).isEmpty())
            .map(each -> each.kind().name())
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "threading:_active, false",
    "_asyncio:_all_tasks.data, false",
    "asyncio.tasks:_scheduled_tasks, false",
    "_weakrefset.WeakSet.data, false",
    "threadingx:SEEN, true",
    "shop.threading:SEEN, true"
  })
  void pythonsOwnRegistersAreToldAsWhatFillsThem(String name, boolean isTold) {
    assertThat(signs(holder(name, 5_000, 5_000)).isEmpty()).isEqualTo(!isTold);
  }

  @Test
  void signHasTheHolderAndItsFigures() {
    Retention holder = holder("shop.cart:SEEN", 4_000, 120);

    Sign sign = signs(holder).get(0);

    assertThat(sign.phrase())
        .isEqualTo("the container shop.cart:SEEN keeps 4000 entries and gains 120 an hour");
    assertThat(sign.culprit()).isEqualTo("shop.cart:SEEN");
    assertThat(sign.weight()).isEqualTo(4);
    assertThat(sign.retention()).contains(holder);
    assertThat(sign.evidence())
        .containsExactly(
            new Evidence("entries", 4_000, "count"),
            new Evidence("growth", 120, "per_hour"),
            new Evidence("confidence", 0.875, "ratio"));
  }

  @Test
  void endlessNamesAreCut() {
    Retention endless =
        new Retention(
            "n".repeat(100_000),
            Retention.Kind.MODULE_GLOBAL,
            4_000,
            120,
            new Bytes(1),
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            "t".repeat(100_000));

    Sign sign = signs(endless).get(0);

    assertThat(sign.culprit()).hasSize(300);
    assertThat(sign.retention())
        .hasValueSatisfying(
            kept -> {
              assertThat(kept.name()).isEqualTo(sign.culprit());
              assertThat(kept.entryTypes()).hasSize(300);
            });
  }

  @Test
  void hitsAndMissesOfACacheAreTold() {
    Retention cache =
        new Retention(
            "shop.cart.price",
            Retention.Kind.LRU_CACHE,
            4_000,
            120,
            new Bytes(1),
            OptionalLong.of(7),
            OptionalLong.of(4_000),
            OptionalLong.empty(),
            "");

    assertThat(GrowingHolder.signs("the unbounded cache", cache, POLICY).get(0).evidence())
        .contains(new Evidence("hits", 7, "count"), new Evidence("misses", 4_000, "count"));
  }

  private static List<Sign> signs(Retention holder) {
    return GrowingHolder.signs("the container", holder, POLICY);
  }

  private static Retention of(Retention.Kind kind, OptionalLong maxSize) {
    return new Retention(
        "shop.cart:SEEN",
        kind,
        5_000,
        5_000,
        new Bytes(1),
        OptionalLong.empty(),
        OptionalLong.empty(),
        maxSize,
        "");
  }

  private static Retention holder(String name, long entries, double growth) {
    return new Retention(
        name,
        Retention.Kind.MODULE_GLOBAL,
        entries,
        growth,
        new Bytes(1),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        "");
  }
}
