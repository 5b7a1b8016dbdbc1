package dev.hognose.diagnosis;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Readings ten seconds apart, of figures that stay and totals that grow by as much each time. */
final class Readings {

  private static final int SECONDS = 10;

  private final Map<Figure, Double> levels = new HashMap<>();
  private final Map<Figure, Double> growths = new HashMap<>();
  private final Map<Group, TreeMap<String, Double>> named = new EnumMap<>(Group.class);
  private final Map<String, Double> usual = new TreeMap<>();

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
    return total(Group.THREAD_CPU, name, growth);
  }

  /** What is counted at a site, each time. */
  Readings counter(String name, String site, double growth) {
    return total(Group.COUNTER, name + "\n" + site, growth);
  }

  Readings total(Group group, String name, double growth) {
    named.computeIfAbsent(group, none -> new TreeMap<>()).put(name, growth);
    return this;
  }

  /** How often a second it came before. */
  Readings usually(String name, String site, double rate) {
    usual.put(name + "\n" + site, rate);
    return this;
  }

  History history(int number) {
    List<Reading> readings = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      readings.add(reading(i));
    }
    return new History(readings, times(usual, 1), HotThreads.NONE);
  }

  private Reading reading(int times) {
    Map<Figure, Double> figures = new HashMap<>(levels);
    growths.forEach((figure, growth) -> figures.put(figure, times * growth));
    Map<Group, Named> groups = new EnumMap<>(Group.class);
    named.forEach((group, growth) -> groups.put(group, times(growth, times)));
    return Reading.of(Shop.at(times * SECONDS), times + 1L, figures, groups);
  }

  private static Named times(Map<String, Double> values, int times) {
    return new Named(
        Names.of(List.copyOf(values.keySet())),
        values.values().stream().mapToDouble(each -> times * each).toArray());
  }
}
