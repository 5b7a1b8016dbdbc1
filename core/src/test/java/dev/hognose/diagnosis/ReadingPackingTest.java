package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A reading comes back from a store to the last bit. */
class ReadingPackingTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whateverIsInItComesBack(int seed) {
    Random random = new Random(seed);
    Reading before = Reading.NONE;
    for (int i = 0; i < 500; i++) {
      Reading reading = reading(random);

      Reading back = Reading.unpackAfter(before, reading.packAfter(before), names(reading));

      assertThat(back).isEqualTo(reading).hasToString(reading.toString());
      assertThat(back.packAfter(before)).isEqualTo(reading.packAfter(before));
      before = random.nextInt(10) == 0 ? Reading.NONE : reading;
    }
  }

  @Test
  void isPackedAfterWhateverStandsBeforeItNow() {
    Random random = new Random(6);
    Reading dropped = reading(random);
    Reading reading = reading(random);
    byte[] after = reading.packAfter(dropped);

    byte[] first = reading.packAfter(Reading.NONE);

    assertThat(first).isNotEqualTo(after);
    assertThat(reading.packAfter(Reading.NONE)).isSameAs(first);
    assertThat(Reading.unpackAfter(Reading.NONE, first, names(reading))).isEqualTo(reading);
  }

  @Test
  void whatDidNotChangeTakesABit() {
    Reading birth = Reading.birth(Shop.at(0));
    Reading count = Reading.of(Shop.at(4), 1, Map.of(Figure.THREADS, 8.0), Map.of());
    Reading next = Reading.of(Shop.at(8), 2, Map.of(Figure.THREADS, 8.0), Map.of());
    int time = 2;
    int sequence = 1;
    int bits = 3;

    assertThat(count.packAfter(birth)).hasSize(time + sequence + bits + 2);
    assertThat(next.packAfter(count)).hasSize(time + sequence + bits);
  }

  @Test
  void whatWasCutIsRefused() {
    Reading reading = reading(new Random(1));
    byte[] packed = reading.packAfter(Reading.NONE);
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Reading.unpackAfter(Reading.NONE, cut, names(reading)));
    }
  }

  @Test
  void namesComeBackAndWhatWasCutOfThemIsRefused() {
    Names names = Names.of(List.of("", "a\nb", "häß", "\uD83D\uDC0D"));
    byte[] cut = Arrays.copyOf(names.pack(), names.pack().length - 1);

    assertThat(Names.unpack(names.pack())).isEqualTo(names);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.unpack(cut))
        .withMessage("names with 3 bytes left: expected a name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.of(List.of("b", "a")))
        .withMessage("name a after b: expected them in their order");
  }

  @Test
  void whatIsTooLongIsRefused() {
    Reading reading = reading(new Random(1));
    byte[] packed = reading.packAfter(Reading.NONE);
    byte[] longer = Arrays.copyOf(packed, packed.length + 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Reading.unpackAfter(Reading.NONE, longer, names(reading)))
        .withMessage("reading with 1 bytes more than its figures: expected none");
  }

  private static List<Names> names(Reading reading) {
    return Arrays.stream(Group.values()).map(group -> reading.group(group).names()).toList();
  }

  private static Reading reading(Random random) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      if (random.nextBoolean()) {
        figures.put(figure, number(random));
      }
    }
    Map<Group, Named> named = new EnumMap<>(Group.class);
    for (Group group : Group.values()) {
      List<String> names =
          IntStream.range(0, random.nextInt(8)).mapToObj(i -> group + " " + i).toList();
      named.put(
          group,
          new Named(Names.of(names), names.stream().mapToDouble(n -> number(random)).toArray()));
    }
    return Reading.of(Shop.at(random.nextInt(1000)), random.nextLong(), figures, named);
  }

  private static double number(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> random.nextInt(1000);
      case 1 -> random.nextDouble();
      case 2 -> Double.longBitsToDouble(random.nextLong());
      case 3 -> -0.0;
      case 4 -> Double.NEGATIVE_INFINITY;
      default -> 0;
    };
  }
}
