package dev.hognose.app.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hognose.alert.Alert;
import dev.hognose.app.console.Output;
import dev.hognose.app.console.Printable;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.message.RecordJson;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What was told about alerts within a window, in the order in which it was told. */
final class TimeLine implements Consumer<Telling> {

  /** How an alert is written. */
  enum Form {
    PEOPLE,
    JSON
  }

  private static final AlertCodec CODEC = new AlertCodec();

  private final Window window;
  private final Form form;
  private final Output out;
  private final Set<String> known = new HashSet<>();

  TimeLine(Window window, Form form, Output out) {
    this.window = window;
    this.form = form;
    this.out = out;
  }

  /** Shows a telling; those of the warm-up are only remembered. */
  @Override
  public void accept(Telling telling) {
    boolean isNew = known.add(telling.id());
    if (telling.value().isEmpty()) {
      known.remove(telling.id());
    }
    if (window.tells(telling.at())) {
      show(
          telling
              .value()
              .map(CODEC::decode)
              .map(alert -> written(alert, isNew))
              .orElseGet(() -> withdrawn(telling)));
    }
  }

  private String written(Alert alert, boolean isNew) {
    return form == Form.JSON ? RecordJson.of(alert).toString() : line(alert, isNew);
  }

  private String withdrawn(Telling telling) {
    return form == Form.JSON
        ? JsonNodeFactory.instance.objectNode().put("deleted", telling.id()).toString()
        : telling.at() + "  withdrawn  " + telling.id();
  }

  private void show(String line) {
    out.line(Printable.escaped(line));
  }

  private static String line(Alert alert, boolean isNew) {
    String evidence =
        alert.evidence().stream()
            .map(each -> each.name().replace('_', ' ') + " " + each.figure())
            .collect(Collectors.joining(", "));
    return alert.updatedAt()
        + "  "
        + (alert.state() == Alert.State.RESOLVED ? "resolved" : isNew ? "fired" : "updated")
        + "  "
        + (word(alert.kind()) + " " + alert.cause()).strip()
        + "  "
        + alert.service()
        + alert.culprit().map(frame -> "  at " + frame).orElse("")
        + (evidence.isEmpty() ? "" : "  (" + evidence + ")");
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
