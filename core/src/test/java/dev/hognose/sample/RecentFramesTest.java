package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({"500, 300, true", "501, 300, false", "0, 801, false", "801, 0, false"})
  void endlessNamesAreNotKept(int file, int function, boolean isKept) {
    RecentFrames recent = new RecentFrames();
    Frame first = recent.shared(new Frame("f".repeat(file), 41, "g".repeat(function)));
    Frame again = new Frame("f".repeat(file), 41, "g".repeat(function));

    assertThat(recent.shared(again)).isSameAs(isKept ? first : again);
  }
}
