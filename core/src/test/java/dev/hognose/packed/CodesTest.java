package dev.hognose.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodesTest {

  private static final Codes<String> CODES = new Codes<>(List.of("calm", "ill"));

  @Test
  void theirPlacesAreTheirCodes() {
    assertThat(CODES.code("ill")).isEqualTo(1);
    assertThat(CODES.kind(0)).isEqualTo("calm");
  }

  @Test
  void aKindWithoutACodeIsNotWrittenAsAnother() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CODES.code("dead"))
        .withMessage("dead has no code: expected one of [calm, ill]");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 2})
  void aCodeThatStandsForNothingIsRefused(int code) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CODES.kind(code))
        .withMessage("code " + code + ": expected one of 2, [calm, ill]");
  }
}
