package dev.hognose.diagnosis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Readings ten seconds apart, of figures that stay and totals that grow by as much each time. */
final class Readings {

  private static final int SECONDS = 10;

  private final Map<Figure, Double> levels = new HashMap<>();
  private final Map<Figure, Double> growths = new HashMap<>();
  private final Map<String, Double> threads = new TreeMap<>();

  Readings level(Figure figure, double value) {
    levels.put(figure, value);
    return this;
  }

  /** From zero on, each time. */
  Readings total(Figure figure, double growth) {
    growths.put(figure, growth);
    return this;
  }

  /** CPU seconds of the threads of a name, each time. */
  Readings thread(String name, double growth) {
    threads.put(name, growth);
    return this;
  }

  History history(int number) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Map<Figure, Double> figures = new HashMap<>(levels);
      int times = i;
      growths.forEach((figure, growth) -> figures.put(figure, times * growth));
      Named cpu =
          new Named(
              Names.of(List.copyOf(threads.keySet())),
              threads.values().stream().mapToDouble(growth -> times * growth).toArray());
      Map<Group, Named> named = threads.isEmpty() ? Map.of() : Map.of(Group.THREAD_CPU, cpu);
      readings.add(Reading.of(Shop.at(i * SECONDS), i + 1L, figures, named));
    }
    return new History(readings, Named.NONE, HotThreads.NONE);
  }
}
