package dev.hognose.app.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.alert.Alert;
import dev.hognose.alert.Wording;
import dev.hognose.app.console.Output;
import dev.hognose.app.console.Printable;
import dev.hognose.app.console.Table;
import dev.hognose.collector.page.Comparison;
import dev.hognose.wire.AlertCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What another policy would have told: alerts gained, lost, earlier and later.
 *
 * <p>Two alerts are the same when they are about the same thing and their lives overlap; another
 * threshold gives the same condition another beginning.
 */
final class WhatIf {

  private static final AlertCodec CODEC = new AlertCodec();

  private final Window window;
  private final Map<String, List<Alert>> now;
  private final Map<String, List<Alert>> then;

  private static final List<String> OUTCOMES =
      List.of("gained", "lost", "earlier", "later", "same");

  /** How the alerts of one service and kind compare: how many of each outcome. */
  private record Row(String service, String kind, Map<String, Integer> counts) {

    String count(String outcome) {
      return Integer.toString(counts.getOrDefault(outcome, 0));
    }
  }

  /** One alert that only one policy tells, or both at another time. */
  private record Change(String what, Alert alert, Duration shift) {}

  WhatIf(Window window, List<Telling> now, List<Telling> then) {
    this.window = window;
    this.now = alerts(now);
    this.then = alerts(then);
  }

  /** Of each alert its last state, by what it is about, in the order in which they fired. */
  private static Map<String, List<Alert>> alerts(List<Telling> tellings) {
    Map<String, Optional<byte[]>> last = new LinkedHashMap<>();
    tellings.forEach(each -> last.put(each.id(), each.value()));
    Map<String, List<Alert>> alerts = new TreeMap<>();
    last.values().stream()
        .flatMap(Optional::stream)
        .map(CODEC::decode)
        .sorted(Comparator.comparing(Alert::firedAt))
        .forEach(each -> alerts.computeIfAbsent(about(each), none -> new ArrayList<>()).add(each));
    return alerts;
  }

  private static String about(Alert alert) {
    return String.join(
        "\n",
        alert.service(),
        alert.kind().name(),
        alert.process().map(process -> process.key()).orElse(""),
        alert.cause(),
        alert.kind() == Alert.Kind.MEMORY_LEAK
            ? ""
            : alert.culprit().map(frame -> frame.file() + "\n" + frame.function()).orElse(""));
  }

  void tell(TimeLine.Form form, Output out) {
    List<Change> changes = changes();
    Collection<Row> rows = rows(changes);
    if (form == TimeLine.Form.JSON) {
      rows.forEach(row -> out.line(Printable.escaped(json(row).toString())));
      return;
    }
    out.line(rows.isEmpty() ? "no alerts with either policy" : table(rows));
    lines(changes).forEach(line -> out.line(Printable.escaped(line)));
  }

  /**
   * The same for a page.
   *
   * @param policy what was changed
   */
  Comparison comparison(String policy) {
    List<Change> changes = changes();
    List<Comparison.Row> rows =
        rows(changes).stream()
            .map(
                row ->
                    new Comparison.Row(
                        row.service,
                        row.kind,
                        OUTCOMES.stream().map(each -> row.counts.getOrDefault(each, 0)).toList()))
            .toList();
    return new Comparison(policy, OUTCOMES, rows, lines(changes));
  }

  /** By service and kind. */
  private static Collection<Row> rows(List<Change> changes) {
    SortedMap<String, Row> rows = new TreeMap<>();
    for (Change each : changes) {
      String kind = each.alert.kind().name().toLowerCase(Locale.ROOT);
      Row row =
          rows.computeIfAbsent(
              each.alert.service() + "\n" + kind,
              none -> new Row(each.alert.service(), kind, new TreeMap<>()));
      row.counts.merge(each.what, 1, Integer::sum);
    }
    return rows.values();
  }

  private static List<String> lines(List<Change> changes) {
    return changes.stream().filter(each -> !each.what.equals("same")).map(WhatIf::line).toList();
  }

  private static String table(Collection<Row> rows) {
    var columns = new ArrayList<com.github.freva.asciitable.ColumnData<Row>>();
    columns.add(Table.text("service", Row::service));
    columns.add(Table.text("kind", Row::kind));
    for (String outcome : OUTCOMES) {
      columns.add(Table.figure(outcome, row -> row.count(outcome)));
    }
    return Table.of(rows, columns);
  }

  private static ObjectNode json(Row row) {
    ObjectNode json =
        JsonNodeFactory.instance.objectNode().put("service", row.service).put("kind", row.kind);
    OUTCOMES.forEach(outcome -> json.put(outcome, row.counts.getOrDefault(outcome, 0)));
    return json;
  }

  private static String line(Change change) {
    String shift = change.shift.isZero() ? "" : " by " + Wording.time(change.shift);
    return change.alert.firedAt() + "  " + change.what + shift + "  " + change.alert.title();
  }

  private List<Change> changes() {
    List<Change> changes = new ArrayList<>();
    Map<String, List<Alert>> left = new TreeMap<>();
    then.forEach((about, alerts) -> left.put(about, new ArrayList<>(alerts)));
    now.forEach(
        (about, alerts) ->
            alerts.forEach(
                alert -> changes.add(change(alert, left.getOrDefault(about, List.of())))));
    left.values()
        .forEach(
            all -> all.forEach(each -> changes.add(new Change("gained", each, Duration.ZERO))));
    changes.removeIf(each -> !isSeen(each.alert));
    changes.sort(Comparator.comparing(each -> each.alert.firedAt()));
    return changes;
  }

  private static Change change(Alert alert, List<Alert> others) {
    Optional<Alert> same = others.stream().filter(each -> overlap(alert, each)).findFirst();
    same.ifPresent(others::remove);
    if (same.isEmpty()) {
      return new Change("lost", alert, Duration.ZERO);
    }
    Duration later = Duration.between(alert.firedAt(), same.get().firedAt());
    String what = later.isZero() ? "same" : later.isNegative() ? "earlier" : "later";
    return new Change(what, alert, later.abs());
  }

  private static boolean overlap(Alert one, Alert other) {
    return !one.firedAt().isAfter(end(other)) && !other.firedAt().isAfter(end(one));
  }

  private static Instant end(Alert alert) {
    return alert.resolvedAt().orElse(Instant.MAX);
  }

  private boolean isSeen(Alert alert) {
    return alert.firedAt().isBefore(window.to()) && !end(alert).isBefore(window.from());
  }
}
