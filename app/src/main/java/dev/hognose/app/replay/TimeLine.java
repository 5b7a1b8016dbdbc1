package dev.hognose.app.replay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.app.console.Output;
import dev.hognose.app.console.Printable;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.test.TestRecord;

/** What was told about alerts within a window, in the order in which it was told. */
final class TimeLine {

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

  /** Shows a record of {@code hognose.alerts}; those of the warm-up are only remembered. */
  void add(TestRecord<byte[], byte[]> record) {
    String id = new String(record.key(), StandardCharsets.UTF_8);
    boolean isNew = known.add(id);
    if (record.value() == null) {
      known.remove(id);
      if (window.tells(record.getRecordTime())) {
        show(
            form == Form.JSON
                ? JsonNodeFactory.instance.objectNode().put("deleted", id).toString()
                : record.getRecordTime() + "  withdrawn  " + id);
      }
      return;
    }
    Alert alert = CODEC.decode(record.value());
    if (window.tells(alert.updatedAt())) {
      show(form == Form.JSON ? RecordJson.of(alert).toString() : line(alert, isNew));
    }
  }

  private void show(String line) {
    out.line(Printable.escaped(line));
  }

  private static String line(Alert alert, boolean isNew) {
    String evidence =
        alert.evidence().stream().map(TimeLine::figure).collect(Collectors.joining(", "));
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

  private static String figure(Evidence evidence) {
    return evidence.name()
        + " "
        + String.format(Locale.ROOT, "%.6g", evidence.value())
        + (evidence.unit().isEmpty() ? "" : " " + evidence.unit());
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
