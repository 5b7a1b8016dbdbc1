package dev.hognose.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void controlCharactersAreWrittenOut() {
    assertThat(Printable.escaped("a\u001b[2Jb\u0007c\nd\u009be\u007f"))
        .isEqualTo("a\\u001b[2Jb\\u0007c\\u000ad\\u009be\\u007f");
  }

  @Test
  void charactersThatTurnTheDirectionAreWrittenOut() {
    assertThat(Printable.escaped("pay\u202egnp.exe\u2028")).isEqualTo("pay\\u202egnp.exe\\u2028");
  }

  @Test
  void lettersOfAnyScriptStay() {
    String text = "größe 大きさ Размер 🐍 C:\\u";

    assertThat(Printable.escaped(text)).isSameAs(text);
  }
}
