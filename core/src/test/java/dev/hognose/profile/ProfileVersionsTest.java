package dev.hognose.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileVersionsTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

  private final ProfileVersions versions = new ProfileVersions(new ProfilePolicy(2, 4));

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void thoseSeenMostAreToldApartInWhateverOrderTheyCome(long seed) {
    List<ServiceProfile> known =
        new ArrayList<>(List.of(seen("1", 5), seen("2", 9), seen("3", 7), seen("4", 1)));
    Collections.shuffle(known, new Random(seed));

    assertThat(versions.told(known))
        .as("seed %d", seed)
        .extracting(each -> each.version() + " " + each.samples())
        .containsExactly("2 9", "3 7", "other versions 6");
  }

  @Test
  void whatHasBecomePartOfTheRestStaysPartOfIt() {
    List<ServiceProfile> known =
        List.of(seen(ProfileVersions.OTHERS, 90), seen("1", 5), seen("2", 4), seen("3", 3));

    assertThat(versions.told(known))
        .extracting(each -> each.version() + " " + each.samples())
        .containsExactly("1 5", "2 4", "other versions 93");
    assertThat(versions.surplus(known)).isEmpty();
  }

  @Test
  void ofTooManyTheOneSeenLeastBecomesPartOfTheRest() {
    List<ServiceProfile> known = new ArrayList<>();
    for (int n = 1; n <= 5; n++) {
      known.add(seen("v" + n, 10 - n));
    }

    assertThat(versions.surplus(known).map(ServiceProfile::version)).isEqualTo(Optional.of("v5"));
    assertThat(versions.surplus(known.subList(0, 4))).isEmpty();
  }

  @Test
  void policiesThatCannotBeAreRefused() {
    assertThatThrownBy(() -> new ProfilePolicy(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mostVersions=0: expected 1 or more");
    assertThatThrownBy(() -> new ProfilePolicy(5, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("knownVersions=4: expected 5 or more");
  }

  private static ServiceProfile seen(String version, int samples) {
    Stack stack = new Stack(List.of(new Frame("/srv/shop/views.py", 41, "view")), samples, "Main");
    StackCounts stacks = new StackCounts(List.of(stack), 0, false);
    return new ServiceProfile("orders", version, T0, 1, samples, Duration.ofSeconds(20), stacks);
  }
}
