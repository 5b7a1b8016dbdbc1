package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionTest {

  private static final OptionalLong NONE = OptionalLong.empty();

  private static Retention container(
      long entries, double growth, OptionalLong hits, OptionalLong misses, OptionalLong maxSize) {
    return new Retention(
        "shop.cart:SEEN",
        Retention.Kind.LRU_CACHE,
        entries,
        growth,
        Bytes.ZERO,
        hits,
        misses,
        maxSize,
        "");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void growthThatIsNoNumberIsRefused(double growth) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> container(1, growth, NONE, NONE, NONE))
        .withMessage("growth_per_hour=" + growth + ": expected a finite number");
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1, 1, 1, entries",
    "1, -1, 1, 1, hits",
    "1, 1, -1, 1, misses",
    "1, 1, 1, -1, max_size",
  })
  void lessThanNoneIsRefused(long entries, long hits, long misses, long maxSize, String field) {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                container(
                    entries,
                    1,
                    OptionalLong.of(hits),
                    OptionalLong.of(misses),
                    OptionalLong.of(maxSize)))
        .withMessage(field + "=-1: expected none or more");
  }

  @Test
  void aContainerMayBeEmptyAndShrink() {
    OptionalLong zero = OptionalLong.of(0);

    assertThat(container(0, -2.5, zero, zero, zero).growthPerHour()).isEqualTo(-2.5);
  }
}
