package dev.hognose.app.replay;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hognose.app.console.Output;
import dev.hognose.app.console.Printable;
import dev.hognose.wire.Topics;
import dev.hognose.wire.message.RecordJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Holds what a replay told against what the cluster holds.
 *
 * <p>{@code hognose.alerts} is compacted: it holds of each alert its last telling for certain, and
 * those before it for a while. Of each alert the last one in the window must be the same, byte for
 * byte; how many of the earlier ones are not is only counted.
 */
final class Verification {

  private static final int LONGEST_VALUE = 200;

  private final Map<String, List<Telling>> held;
  private final Map<String, List<Telling>> replayed;

  private Verification(List<Telling> held, List<Telling> replayed) {
    this.held = byAlert(held);
    this.replayed = byAlert(replayed);
  }

  /** Of all alerts in both, or of one service's. */
  static Verification of(List<Telling> held, List<Telling> replayed, Optional<String> service) {
    Predicate<Telling> wanted =
        Telling.about(service, Stream.concat(held.stream(), replayed.stream()));
    return new Verification(
        held.stream().filter(wanted).toList(), replayed.stream().filter(wanted).toList());
  }

  private static Map<String, List<Telling>> byAlert(List<Telling> tellings) {
    Map<String, List<Telling>> byAlert = new LinkedHashMap<>();
    for (Telling each : tellings) {
      byAlert.computeIfAbsent(each.id(), unknown -> new ArrayList<>()).add(each);
    }
    return byAlert;
  }

  /** Writes each difference, then a line that says how much is alike; returns whether all is. */
  boolean tell(Output out) {
    TreeSet<String> ids = new TreeSet<>(held.keySet());
    ids.addAll(replayed.keySet());
    int different = 0;
    for (String id : ids) {
      List<String> lines = differences(id);
      lines.forEach(line -> out.line(Printable.escaped(line)));
      different += lines.isEmpty() ? 0 : 1;
    }
    out.line(
        ids.size()
            - different
            + " of "
            + ids.size()
            + " alerts are byte for byte as they were told live, "
            + earlier()
            + " of "
            + held.values().stream().mapToInt(each -> each.size() - 1).sum()
            + " earlier tellings are not");
    return different == 0;
  }

  private long earlier() {
    return held.entrySet().stream()
        .mapToLong(
            each -> {
              List<Telling> again = replayed.getOrDefault(each.getKey(), List.of());
              return each.getValue().subList(0, each.getValue().size() - 1).stream()
                  .filter(one -> again.stream().noneMatch(other -> isSame(one, other)))
                  .count();
            })
        .sum();
  }

  private List<String> differences(String id) {
    Optional<Telling> live = last(held, id);
    Optional<Telling> again = last(replayed, id);
    if (live.isPresent() && again.isPresent()) {
      return isSame(live.get(), again.get()) ? List.of() : fields(id, live.get(), again.get());
    }
    // What was withdrawn is forgotten by the cluster after a while.
    boolean isGone = live.or(() -> again).flatMap(Telling::value).isEmpty();
    String where = live.isPresent() ? ": held, not replayed" : ": replayed, not held";
    return isGone ? List.of() : List.of(id + where + about(live.or(() -> again).orElseThrow()));
  }

  private static Optional<Telling> last(Map<String, List<Telling>> tellings, String id) {
    return Optional.ofNullable(tellings.get(id)).map(all -> all.get(all.size() - 1));
  }

  private static boolean isSame(Telling one, Telling other) {
    return one.at().equals(other.at())
        && Arrays.equals(one.value().orElse(null), other.value().orElse(null));
  }

  private static String about(Telling telling) {
    return telling
        .value()
        .map(value -> RecordJson.of(Topics.ALERTS.name(), value))
        .map(json -> ": " + json.path("title").asText() + ", " + json.path("state").asText())
        .orElse("");
  }

  private static List<String> fields(String id, Telling live, Telling again) {
    if (live.value().isEmpty() || again.value().isEmpty()) {
      String gone = live.value().isEmpty() ? "held" : "replayed";
      return List.of(id + ": withdrawn as " + gone + about(live) + about(again));
    }
    JsonNode one = RecordJson.of(Topics.ALERTS.name(), live.value().get());
    JsonNode other = RecordJson.of(Topics.ALERTS.name(), again.value().get());
    TreeSet<String> names = new TreeSet<>();
    one.fieldNames().forEachRemaining(names::add);
    other.fieldNames().forEachRemaining(names::add);
    String alert = id + ": " + one.path("title").asText() + ": ";
    List<String> lines =
        names.stream()
            .filter(name -> !one.path(name).equals(other.path(name)))
            .map(
                name ->
                    alert + name + ": held " + text(one, name) + ", replayed " + text(other, name))
            .toList();
    return lines.isEmpty()
        ? List.of(alert + "record of " + live.at() + ", replayed of " + again.at())
        : lines;
  }

  private static String text(JsonNode alert, String field) {
    String text = alert.has(field) ? alert.path(field).toString() : "nothing";
    return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
  }
}
