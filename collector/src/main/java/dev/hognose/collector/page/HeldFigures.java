package dev.hognose.collector.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.alert.Alert;
import dev.hognose.collector.chart.FlameJson;
import dev.hognose.collector.chart.HistoryJson;
import dev.hognose.collector.history.History;
import dev.hognose.collector.page.ReportPage.Mark;
import dev.hognose.sample.Stack;
import java.util.List;

/** What a page's script draws, kept in the page itself; each under the name that it is given. */
final class HeldFigures {

  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final ObjectNode histories = json.putObject("histories");
  private final ObjectNode marks = json.putObject("marks");
  private final ObjectNode trees = json.putObject("trees");

  String history(History history, List<Mark> drawnIn) {
    String name = "h" + histories.size();
    histories.set(name, HistoryJson.of(history));
    ArrayNode all = marks.putArray(name);
    for (Mark each : drawnIn) {
      Alert alert = each.story().alert();
      ObjectNode mark = all.addObject().put("number", each.number());
      mark.put("severity", Wording.word(alert.severity()));
      mark.put("fired_ms", alert.firedAt().toEpochMilli());
      alert.resolvedAt().ifPresent(at -> mark.put("resolved_ms", at.toEpochMilli()));
    }
    return name;
  }

  String tree(List<Stack> stacks) {
    String name = "t" + trees.size();
    trees.set(name, FlameJson.of(stacks).tree());
    return name;
  }

  /** In a script nothing may look like its end; JSON has other words for these letters. */
  String json() {
    return json.toString()
        .replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }
}
