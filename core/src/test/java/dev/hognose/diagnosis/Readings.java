package dev.hognose.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Readings ten seconds apart, of figures that stay and totals that grow by as much each time. */
final class Readings {

  private static final int SECONDS = 10;

  private final Map<Figure, Double> levels = new HashMap<>();
  private final Map<Figure, Double> growths = new HashMap<>();

  Readings level(Figure figure, double value) {
    levels.put(figure, value);
    return this;
  }

  /** From zero on, each time. */
  Readings total(Figure figure, double growth) {
    growths.put(figure, growth);
    return this;
  }

  History history(int number) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Map<Figure, Double> figures = new HashMap<>(levels);
      int times = i;
      growths.forEach((figure, growth) -> figures.put(figure, times * growth));
      readings.add(Reading.of(Shop.at(i * SECONDS), i + 1L, figures, Map.of()));
    }
    return new History(readings, Named.NONE, HotThreads.NONE);
  }
}
