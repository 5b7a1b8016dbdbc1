package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The reference's events and end states, trace by trace: times, types and heaps exactly, doubles
 * within 1e-9 relative.
 */
class GoldenTest {

  private static final double TOLERANCE = 1e-9;

  private final LeakDetector detector = new LeakDetector(LeakPolicy.BALANCED);

  static Stream<Arguments> traces() {
    return BenchTraces.golden().stream()
        .map(golden -> Arguments.of(golden.get("trace").asText(), golden));
  }

  @Test
  void allTracesOfTheBenchAreHere() {
    assertThat(traces()).hasSize(53);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("traces")
  void eventsAndEndStateAreTheReferences(String trace, JsonNode golden) {
    Told told = Told.by(detector, BenchTraces.readings(trace));

    assertThat(told.events()).hasSize(golden.get("events").size());
    for (int i = 0; i < told.events().size(); i++) {
      assertEvent(golden.get("events").get(i), told.events().get(i));
    }
    Judgement end = told.state().judgement();
    assertThat(end.leak().isPresent()).isEqualTo(golden.get("leak").asBoolean());
    assertClose(golden.get("slope_h"), end.slope().bytesPerHour());
    assertClose(golden.get("credit"), end.creditHours());
    assertThat(end.levels().stream().map(GoldenTest::tail).toList())
        .isEqualTo(elements(golden.get("levels")).map(GoldenTest::integers).toList());
  }

  private static void assertEvent(JsonNode golden, LeakEvent event) {
    assertThat(event.at().toEpochMilli()).isEqualTo(golden.get(0).asLong());
    if (event instanceof LeakEvent.Onset onset) {
      assertThat(golden.get(1).asText()).isEqualTo("LEAK");
      assertClose(golden.get(2), onset.slope().bytesPerHour());
      assertClose(golden.get(3), onset.confidence());
      assertThat(heap(onset.where())).isEqualTo(golden.get(4).asText());
      assertClose(golden.get(5), onset.hoursToLimit().orElse(-1));
    } else {
      LeakEvent.Clear clear = (LeakEvent.Clear) event;
      assertThat(golden.get(1).asText()).isEqualTo("CLEAR");
      assertClose(golden.get(2), clear.slope().bytesPerHour());
      assertClose(golden.get(3), clear.confidence());
    }
  }

  private static String heap(Trend.Where where) {
    return switch (where) {
      case PYTHON -> "py";
      case PYTHON_HIDDEN -> "py-hidden";
      case NATIVE -> "native";
      case FRAGMENTATION -> "fragmentation";
    };
  }

  private static void assertClose(JsonNode golden, double value) {
    double expected = golden.asDouble();
    assertThat(value).isCloseTo(expected, within(TOLERANCE * Math.abs(expected)));
  }

  /** The last three buckets with their floors, and what was given back, as golden lines have it. */
  private static List<Long> tail(Level level) {
    Ring ring = level.ring();
    long[] buckets = ring.buckets();
    List<Long> newest = new ArrayList<>();
    List<Long> resident = new ArrayList<>();
    List<Long> python = new ArrayList<>();
    for (int i = Math.max(0, ring.size() - 3); i < ring.size(); i++) {
      newest.add(buckets[i]);
      resident.add((long) ring.resident(i));
      python.add((long) ring.python(i));
    }
    return Stream.of(
            newest.stream(),
            resident.stream(),
            python.stream(),
            Stream.of((long) ring.residentGivenBack(), (long) ring.pythonGivenBack()))
        .flatMap(numbers -> numbers)
        .toList();
  }

  private static List<Long> integers(JsonNode level) {
    return elements(level)
        .flatMap(part -> part.isArray() ? elements(part) : Stream.of(part))
        .map(JsonNode::asLong)
        .toList();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
