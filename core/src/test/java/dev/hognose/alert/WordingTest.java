package dev.hognose.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.Frame;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {

  @Test
  void namesKeepTheirLetters() {
    assertThat(Wording.legible("/srv/shop/näme.py", 100)).isEqualTo("/srv/shop/näme.py");
  }

  @Test
  void whatDoesNotPrintIsReplaced() {
    assertThat(Wording.legible("a\u001b[31m\nb\u202ec\ud800d", 100))
        .isEqualTo("a\uFFFD[31m\uFFFDb\uFFFDc\uFFFDd");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u001b", "\u0007\n", "\u007f", "\u202e\u2066", "\u2028", "\ud800"})
  void ofWhatDoesNotPrintAtAllNothingIsLeft(String text) {
    assertThat(Wording.legible(text, 100)).isEqualTo("\uFFFD".repeat(text.length()));
  }

  @Test
  void endlessNamesLoseTheirMiddle() {
    String legible = Wording.legible("begin" + "x".repeat(10_000) + "end", 21);

    assertThat(legible).hasSize(21).startsWith("begin").contains("…").endsWith("end");
  }

  @Test
  void whatIsAsLongAsItMayBeIsWhole() {
    assertThat(Wording.legible("x".repeat(21), 21)).isEqualTo("x".repeat(21));
    assertThat(Wording.legible("ä".repeat(21), 21)).isEqualTo("ä".repeat(21));
    assertThat(Wording.legible(new Frame("a\nb.py", 3, "f\tg")))
        .isEqualTo(new Frame("a\uFFFDb.py", 3, "f\uFFFDg"));
  }

  @Test
  void placesShowTheFolderAndTheFile() {
    assertThat(Wording.place(new Frame("/srv/app/shop/views.py", 41, "checkout")))
        .isEqualTo("checkout (shop/views.py:41)");
    assertThat(Wording.place(new Frame("main.py", 7, "run"))).isEqualTo("run (main.py:7)");
  }

  @Test
  void timesHaveTheUnitThatPeopleWouldUse() {
    assertThat(Wording.time(Duration.ofMillis(350))).isEqualTo("0.35 s");
    assertThat(Wording.time(Duration.ofSeconds(1))).isEqualTo("1.0 s");
    assertThat(Wording.time(Duration.ofSeconds(10))).isEqualTo("10 s");
    assertThat(Wording.time(Duration.ofMinutes(2))).isEqualTo("2 min");
    assertThat(Wording.time(Duration.ofHours(2))).isEqualTo("2.0 h");
    assertThat(Wording.time(Duration.ofMillis(1_504))).isEqualTo("1.5 s");
    assertThat(Wording.time(Duration.ofSeconds(42))).isEqualTo("42 s");
    assertThat(Wording.time(Duration.ofMinutes(12))).isEqualTo("12 min");
    assertThat(Wording.time(Duration.ofMinutes(210))).isEqualTo("3.5 h");
  }
}
