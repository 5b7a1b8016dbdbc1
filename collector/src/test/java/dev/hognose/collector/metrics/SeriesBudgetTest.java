package dev.hognose.collector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeriesBudgetTest {

  private final SeriesBudget budget = new SeriesBudget(2);

  @Test
  void seriesBeyondTheBudgetAreRefusedAndCounted() {
    assertThat(round("a", "b", "c", "d")).containsExactly("a", "b");
    assertThat(refused("a", "b", "c", "d")).isEqualTo(2);
  }

  @Test
  void seriesKeepsItsPlaceWhateverComesBeforeIt() {
    round("a", "b");

    assertThat(round("c", "b", "a")).containsExactly("b", "a");
  }

  @Test
  void placeOfOneThatIsGoneIsGivenAtTheNextScrape() {
    round("a", "b");

    assertThat(round("b", "c")).containsExactly("b");
    assertThat(round("b", "c")).containsExactly("b", "c");
  }

  @Test
  void servicesHaveABudgetEach() {
    SeriesBudget.Round round = budget.begin();
    for (String service : List.of("orders", "catalog")) {
      assertThat(round.admits(service, "threads", Labels.of("thread", "a"))).isTrue();
      assertThat(round.admits(service, "threads", Labels.of("thread", "b"))).isTrue();
      assertThat(round.admits(service, "threads", Labels.of("thread", "c"))).isFalse();
    }
  }

  @Test
  void nothingIsRememberedOfServicesThatAreGone() {
    round("a", "b");
    budget.end(budget.begin());

    assertThat(round("c", "d")).containsExactly("c", "d");
  }

  private List<String> round(String... threads) {
    SeriesBudget.Round round = budget.begin();
    List<String> admitted =
        Stream.of(threads)
            .filter(thread -> round.admits("orders", "threads", Labels.of("thread", thread)))
            .toList();
    budget.end(round);
    return admitted;
  }

  private int refused(String... threads) {
    SeriesBudget.Round round = budget.begin();
    for (String thread : threads) {
      round.admits("orders", "threads", Labels.of("thread", thread));
    }
    return round.refused("orders");
  }
}
