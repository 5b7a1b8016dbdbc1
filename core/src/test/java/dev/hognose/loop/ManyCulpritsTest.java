package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.blamed;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.lasting;
import static dev.hognose.loop.Blocks.process;
import static dev.hognose.loop.Blocks.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of more culprits than are told apart those are that cost most, and the rest is one. */
class ManyCulpritsTest {

  @Test
  void tenThousandInRandomOrderAreTheThousandThatCostMostAndTheRest() {
    List<Event> events = blocksOf(10_000, 1, new Random(1));
    Service service = after(events, LoopBlockPolicy.DEFAULT);

    Map<String, Duration> costs = costs(events);
    List<Duration> greatest =
        costs.values().stream().sorted(Comparator.reverseOrder()).limit(1_000).toList();
    assertThat(functionsToldApart(service))
        .extracting(costs::get)
        .containsExactlyInAnyOrderElementsOf(greatest);
    Alert rest = rest(service);
    assertThat(evidence(rest, "blocks")).isEqualTo(9_000);
    Duration all = costs.values().stream().reduce(Duration.ZERO, Duration::plus);
    Duration apart = greatest.stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(evidence(rest, "lost")).isEqualTo(all.minus(apart).toMillis() / 1000.0);
    assertThat(rest.culprit()).isEmpty();
    assertThat(rest.title()).contains("in more places than the 1000 that are told apart");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void anyOrderAndDoublesEndInTheSameAlerts(long seed) {
    LoopBlockPolicy policy = Blocks.apart(10);
    Random random = new Random(seed);
    List<Event> events = blocksOf(150, 3, random);
    List<Event> shuffled = new ArrayList<>(events);
    shuffled.addAll(events.subList(0, 100));
    Collections.shuffle(shuffled, random);

    Service service = after(events, policy);
    assertThat(service.told()).hasSize(11);
    assertThat(after(shuffled, policy).told()).as("seed %d", seed).isEqualTo(service.told());
  }

  @Test
  void beyondThoseThatAreKnownTheyAreASum() {
    LoopBlockPolicy policy = Blocks.apart(2);
    List<Event> events = blocksOf(500, 3, new Random(3));
    Service service = after(events, policy);

    assertThat(service.kept()).isEqualTo(policy.mostKnown() + 2);
    assertThat(service.told()).hasSize(3);
    double blocks =
        service.told().values().stream().mapToDouble(alert -> evidence(alert, "blocks")).sum();
    assertThat(blocks).isEqualTo(1_500);
  }

  @Test
  void oneThatGrowsIsToldApartAgainWithAllItCost() {
    Service service = new Service(Blocks.apart(1));
    service.take(blocked("small", 1, Duration.ofMillis(1_500)));
    service.take(blocked("large", 2, Duration.ofMillis(2_500)));
    assertThat(functionsToldApart(service)).containsExactly("large");

    service.take(blocked("small", 3, Duration.ofMillis(1_500)));
    service.quiet();

    assertThat(functionsToldApart(service)).containsExactly("small");
    assertThat(service.told().values())
        .extracting(alert -> evidence(alert, "lost"))
        .containsExactlyInAnyOrder(3.0, 2.5);
  }

  @Test
  void ofTooManyCulpritsThoseThatCostMostAreToldApart() {
    Service small = new Service(Blocks.apart(3));
    double[] lengths = {1.2, 5, 1.1, 1.3, 9, 1.2, 7};
    for (int i = 0; i < lengths.length; i++) {
      LoopBlock block = block(i, T0.plusSeconds(20L * i), seconds(lengths[i]));
      Frame culprit = new Frame("/srv/shop/views.py", 10, "view_" + i);
      small.take(event(process(1), i + 1, blamed(block, culprit, LoopBlock.Cause.CPU)));
    }
    small.quiet();

    assertThat(small.told().values())
        .extracting(alert -> alert.culprit().map(Frame::function).orElse("the rest"))
        .containsExactlyInAnyOrder("view_1", "view_4", "view_6", "the rest");
    assertThat(small.told().values())
        .filteredOn(alert -> alert.culprit().isEmpty())
        .singleElement()
        .satisfies(
            rest -> {
              assertThat(rest.evidence().get(0).value()).isEqualTo(4);
              assertThat(rest.evidence().get(3).value()).isEqualTo(4.8);
              assertThat(rest.cause()).isEmpty();
              assertThat(rest.title()).contains("in more places than the 3 that are told apart");
            });
  }

  @Test
  void aBlockThatCannotHaveBeenTakesNobodysPlace() {
    Service small = new Service(Blocks.apart(1));
    small.take(event(process(1), 1, block(1, T0, seconds(1.5))));
    LoopBlock weeks =
        blamed(
            block(2, T0.minus(Duration.ofDays(40)), Duration.ofDays(40)),
            new Frame("/srv/shop/other.py", 1, "other"),
            LoopBlock.Cause.CPU);

    LoopBlockStep.Outcome outcome =
        small.take(new Event(process(2), 1, T0.plusSeconds(5), "", weeks));

    assertThat(outcome).isEqualTo(LoopBlockStep.Outcome.IMPLAUSIBLE);
    assertThat(small.told().values())
        .singleElement()
        .satisfies(alert -> assertThat(alert.culprit()).contains(Blocks.CULPRIT));
  }

  @Test
  void theEndOfABlockThatLostItsPlaceIsCountedWithTheRest() {
    Service small = new Service(Blocks.apart(1));
    LoopBlock whole = block(1, T0, seconds(3));
    small.take(event(process(1), 1, lasting(whole, seconds(1))));
    LoopBlock longer =
        blamed(
            block(1, T0, seconds(5)),
            new Frame("/srv/shop/other.py", 1, "other"),
            LoopBlock.Cause.CPU);
    small.take(event(process(2), 1, longer));

    assertThat(small.take(event(process(1), 2, whole))).isEqualTo(LoopBlockStep.Outcome.REST);
    assertThat(small.told().values())
        .extracting(alert -> alert.evidence().get(0).value())
        .containsExactlyInAnyOrder(1.0, 1.0);
  }

  private static Service after(List<Event> events, LoopBlockPolicy policy) {
    Service service = new Service(policy);
    events.forEach(service::take);
    service.quiet();
    return service;
  }

  /** Of a hundred processes within half an hour, in random order; no two of a loop at one time. */
  private static List<Event> blocksOf(int culprits, int each, Random random) {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < each * culprits; i++) {
      Duration duration = Duration.ofMillis(1_000 + random.nextInt(4_000));
      events.add(blocked("view_" + i % culprits, i, duration));
    }
    Collections.shuffle(events, random);
    return events;
  }

  private static Event blocked(String function, int number, Duration duration) {
    LoopBlock block = block(number, T0.plusSeconds(5L * (number / 100)), duration);
    Frame place = new Frame("/srv/shop/views.py", 10, function);
    return event(process(number % 100), number + 1, blamed(block, place, LoopBlock.Cause.CPU));
  }

  private static Map<String, Duration> costs(List<Event> events) {
    Map<String, Duration> costs = new HashMap<>();
    for (Event event : events) {
      LoopBlock block = (LoopBlock) event.what();
      costs.merge(block.culprit().orElseThrow().function(), block.duration(), Duration::plus);
    }
    return costs;
  }

  private static Set<String> functionsToldApart(Service service) {
    return service.told().values().stream()
        .flatMap(alert -> alert.culprit().stream())
        .map(Frame::function)
        .collect(Collectors.toSet());
  }

  private static Alert rest(Service service) {
    return service.told().values().stream()
        .filter(alert -> alert.culprit().isEmpty())
        .findFirst()
        .orElseThrow();
  }

  private static double evidence(Alert alert, String name) {
    return alert.evidence().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
