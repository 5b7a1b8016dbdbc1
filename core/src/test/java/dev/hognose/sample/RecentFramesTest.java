package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentFramesTest {

  @Test
  void equalFramesAreOne() {
    RecentFrames recent = new RecentFrames();
    Frame first = recent.shared(new Frame("/srv/shop/views.py", 41, "checkout"));

    assertThat(recent.shared(new Frame("/srv/shop/views.py", 41, "checkout"))).isSameAs(first);
  }

  @Test
  void whateverCameBeforeEachIsItself() {
    RecentFrames recent = new RecentFrames();
    for (int line = 0; line < 50_000; line++) {
      Frame frame = new Frame("/srv/shop/views.py", line, "view");
      assertThat(recent.shared(frame)).isEqualTo(frame);
    }
  }
}
