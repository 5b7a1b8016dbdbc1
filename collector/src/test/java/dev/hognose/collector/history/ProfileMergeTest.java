package dev.hognose.collector.history;

import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.profile;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProfileMergeTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final ProfileMerge all = merge(Optional.empty());

  @Test
  void minutesAddUp() {
    for (int i = 0; i < 60; i++) {
      all.take(profile(T0.plus(MINUTE.multipliedBy(i)), "1", i % 2));
    }

    PastProfile past = all.end(true);
    assertThat(past.minutes()).isEqualTo(60);
    assertThat(past.profile().orElseThrow().samples()).isEqualTo(60 * 10 + 30);
    assertThat(past.profile().orElseThrow().stacks().seen()).isEqualTo(60 * 10 + 30);
  }

  @Test
  void laterRecordOfAMinuteTakesThePlaceOfAnEarlierOne() {
    all.take(profile(T0, "1", 1));
    all.take(profile(T0.plus(MINUTE), "1", 0));
    all.take(profile(T0, "1", 5));

    assertThat(all.end(true).profile().orElseThrow().samples()).isEqualTo(15 + 10);
  }

  @Test
  void windowHoldsMinutesThatBeginInIt() {
    all.take(profile(T0.minusMillis(1), "1", 0));
    all.take(profile(T0, "1", 0));
    all.take(profile(T0.plus(Duration.ofHours(1)), "1", 0));

    assertThat(all.end(true).minutes()).isEqualTo(1);
  }

  @Test
  void versionsAreToldWhicheverIsAskedFor() {
    ProfileMerge first = merge(Optional.of("1"));
    first.take(profile(T0, "1", 0));
    first.take(profile(T0, "2", 30));
    first.take(profile(T0, "", 30));

    PastProfile past = first.end(false);
    assertThat(past.versions()).containsExactly("", "1", "2");
    assertThat(past.profile().orElseThrow().samples()).isEqualTo(10);
    assertThat(past.whole()).isFalse();
  }

  @Test
  void nothingIsNoProfile() {
    assertThat(all.end(true)).isEqualTo(new PastProfile(Optional.empty(), List.of(), 0, true));
  }

  private static ProfileMerge merge(Optional<String> version) {
    Instant end = T0.plus(Duration.ofHours(1));
    return new ProfileMerge(new ProfileQuery("orders", version, T0, end));
  }
}
