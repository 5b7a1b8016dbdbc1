package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFloorsTest {

  private final OpenFloors two =
      OpenFloors.EMPTY.with(new Floor(7, 70, 7)).with(new Floor(5, 50, 5));

  @Test
  void oldestComesFirstWhateverTheOrder() {
    assertThat(two.oldest()).isEqualTo(new Floor(5, 50, 5));
    assertThat(two.withoutOldest().oldest()).isEqualTo(new Floor(7, 70, 7));
    assertThat(two.withoutOldest().withoutOldest().isEmpty()).isTrue();
  }

  @Test
  void channelsAreLoweredApart() {
    OpenFloors lowered = two.with(new Floor(7, 60, 9));

    assertThat(lowered.get(1)).isEqualTo(new Floor(7, 60, 7));
    assertThat(two.get(1)).isEqualTo(new Floor(7, 70, 7));
  }

  @Test
  void whatLowersNothingCopiesNothing() {
    assertThat(two.with(new Floor(5, 50, 6))).isSameAs(two);
  }
}
