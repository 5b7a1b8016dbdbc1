package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names in their order, and the values that belong to them. */
class NamesTest {

  private static final Names AB = Names.of(List.of("a", "b"));

  @ParameterizedTest
  @CsvSource({"b, a", "a, a"})
  void eachNameIsThereOnceAndInItsOrder(String first, String second) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.of(List.of(first, second)))
        .withMessage("name " + second + " after " + first + ": expected them in their order");
  }

  @Test
  void whatEndsWithinALengthIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.unpack(new byte[] {(byte) 0x80}))
        .withMessage("names that end within a length: expected a name");
  }

  @Test
  void sameNamesAreEqualWhoeverMadeThem() {
    Names again = Names.of(List.of("a", "b"));

    assertThat(AB)
        .isEqualTo(again)
        .hasSameHashCodeAs(again)
        .hasToString("[a, b]")
        .isNotEqualTo(Names.of(List.of("a", "c")))
        .isNotEqualTo(Names.of(List.of("a")));
    assertThat(AB.areSharedWith(again)).isFalse();
    assertThat(AB.hashCode()).isNotEqualTo(Names.NONE.hashCode());
  }

  @ParameterizedTest
  @CsvSource({"a b x, 2, true", "a b x, 3, false", "a c x, 2, false", "a b x, 1, false"})
  void areTheFirstOfAnArrayWhenThereAreSoMany(String array, int count, boolean same) {
    assertThat(AB.are(array.split(" ", -1), count)).isEqualTo(same);
  }

  @Test
  void aValueIsFoundByItsNameAndByThePlaceThatTheNameHasElsewhere() {
    Named named = new Named(AB, new double[] {1, 2});
    Named other = new Named(Names.of(List.of("0", "b", "c")), new double[] {7, 8, 9});

    assertThat(named.value("b")).isEqualTo(2);
    assertThat(named.value("c")).isNaN();
    assertThat(named.valueAsIn(other, 1)).isEqualTo(2);
    assertThat(named.valueAsIn(other, 2)).isNaN();
    assertThat(named.valueAsIn(named, 0)).isEqualTo(1);
  }

  @Test
  void valuesAreEqualWithTheirNames() {
    Named named = new Named(AB, new double[] {1, 2});

    assertThat(named)
        .isEqualTo(new Named(Names.of(List.of("a", "b")), new double[] {1, 2}))
        .hasSameHashCodeAs(new Named(Names.of(List.of("a", "b")), new double[] {1, 2}))
        .hasToString("Named[[a, b]=[1.0, 2.0]]")
        .isNotEqualTo(new Named(AB, new double[] {1, 3}))
        .isNotEqualTo(new Named(Names.of(List.of("a", "c")), new double[] {1, 2}))
        .isNotEqualTo(Named.NONE);
    assertThat(named.hashCode()).isNotEqualTo(Named.NONE.hashCode());
  }

  @Test
  void nobodyCanChangeValuesFromOutside() {
    double[] given = {1, 2};
    Named named = new Named(AB, given);
    given[0] = 9;
    named.values()[1] = 9;

    assertThat(named.values()).containsExactly(1, 2);
  }

  @Test
  void eachNameHasAValue() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Named(AB, new double[] {1}))
        .withMessage("2 names of 1 values: expected as many");
  }
}
