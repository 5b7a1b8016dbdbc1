package dev.hognose.collector.metrics;

import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.process;
import static dev.hognose.collector.Examples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.ManualClock;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.metrics.NamedFamily.Named;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Counters by names from outside, of processes that share a budget of two. */
class NamedFamilyTest {

  private final SeriesBudget budget = new SeriesBudget(2);
  private final Map<Long, Map<String, Double>> told = new TreeMap<>();
  private final Family<LabelledProcess, ?> family =
      new NamedFamily("python_exceptions_total", Family.NO_UNIT, "Exceptions.", List.of("site"))
          .counter(
              sample ->
                  told.getOrDefault(sample.process().pid(), Map.of()).entrySet().stream()
                      .map(each -> Named.of(each.getValue(), each.getKey())));

  @Test
  void whatWasAddedUpStaysThereWhenAPlaceIsFree() {
    told.put(1L, new TreeMap<>(Map.of("a", 5.0, "b", 5.0)));
    told.put(2L, new TreeMap<>(Map.of("c", 400.0, "d", 600.0)));
    assertThat(scraped()).containsEntry("2 __other__", 1000.0);

    told.remove(1L);
    told.get(2L).put("c", 401.0);
    scraped();

    assertThat(scraped()).isEqualTo(Map.of("2 __other__", 1001.0));
  }

  @Test
  void sumNeverFallsWhileItsProcessLives() {
    told.put(1L, new TreeMap<>(Map.of("a", 5.0, "b", 5.0)));
    told.put(2L, new TreeMap<>(Map.of("busy", 100.0)));
    scraped();

    told.put(2L, new TreeMap<>(Map.of("idle", 1.0)));
    assertThat(scraped()).containsEntry("2 __other__", 100.0);
    told.put(2L, Map.of());
    assertThat(scraped()).containsEntry("2 __other__", 100.0);
    told.put(2L, new TreeMap<>(Map.of("busy", 101.0)));
    assertThat(scraped()).containsEntry("2 __other__", 101.0);
  }

  @Test
  void placeOfItsOwnIsKeptBesideTheSum() {
    told.put(1L, new TreeMap<>(Map.of("a", 5.0, "b", 5.0, "c", 7.0)));
    scraped();

    told.get(1L).put("b", 6.0);
    assertThat(scraped()).isEqualTo(Map.of("1 a", 5.0, "1 b", 6.0, "1 __other__", 7.0));
  }

  @Test
  void nothingIsRememberedOfAProcessThatIsGone() {
    told.put(1L, new TreeMap<>(Map.of("a", 5.0, "b", 5.0, "c", 7.0)));
    scraped();
    told.clear();
    scraped();

    told.put(1L, new TreeMap<>(Map.of("c", 1.0)));
    assertThat(scraped()).isEqualTo(Map.of("1 c", 1.0));
  }

  /** What a scrape shows, by pid and site. */
  private Map<String, Double> scraped() {
    Fleet fleet = new Fleet(new ManualClock(T0), Duration.ofDays(1));
    told.keySet().forEach(pid -> fleet.apply(0, sample(process(pid), 1, T0), T0));
    fleet.publish();
    SeriesBudget.Round round = budget.begin();
    CounterSnapshot counters =
        (CounterSnapshot)
            family.collect(
                fleet.snapshot().processes().stream()
                    .map(
                        state ->
                            new LabelledProcess(
                                state, new ProcessLabels(state.id()), round, Optional.empty()))
                    .toList());
    budget.end(round);
    Map<String, Double> shown = new HashMap<>();
    counters
        .getDataPoints()
        .forEach(
            point ->
                shown.put(
                    point.getLabels().get("pid") + " " + point.getLabels().get("site"),
                    point.getValue()));
    return shown;
  }
}
