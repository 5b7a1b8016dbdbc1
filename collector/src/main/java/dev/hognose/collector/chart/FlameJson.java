package dev.hognose.collector.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stacks as a tree in which equal beginnings are one: {@code name}, {@code value} and {@code
 * children}, as flame graphs are drawn from; and as rows in depth-first order with {@code level},
 * {@code label}, {@code value} and {@code self}, as Grafana's panel reads them.
 */
public final class FlameJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final String name;
  private final Map<String, FlameJson> children = new LinkedHashMap<>();
  private long value;

  private FlameJson(String name) {
    this.name = name;
  }

  public static FlameJson of(List<Stack> stacks) {
    FlameJson root = new FlameJson("all");
    for (Stack stack : stacks) {
      FlameJson node = root;
      node.value += stack.count();
      for (Frame frame : stack.frames()) {
        node = node.children.computeIfAbsent(frame.toString(), FlameJson::new);
        node.value += stack.count();
      }
    }
    return root;
  }

  public ObjectNode tree() {
    ObjectNode json = JSON.objectNode().put("name", name).put("value", value);
    ArrayNode below = json.putArray("children");
    children.values().forEach(child -> below.add(child.tree()));
    return json;
  }

  public ArrayNode rows() {
    ArrayNode rows = JSON.arrayNode();
    addTo(rows, 0);
    return rows;
  }

  private void addTo(ArrayNode rows, int level) {
    long below = children.values().stream().mapToLong(child -> child.value).sum();
    rows.addObject()
        .put("level", level)
        .put("label", name)
        .put("value", value)
        .put("self", value - below);
    children.values().forEach(child -> child.addTo(rows, level + 1));
  }
}
