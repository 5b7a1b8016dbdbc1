package dev.hognose.app.tail;

import static dev.hognose.app.tail.Words.at;
import static dev.hognose.app.tail.Words.bytes;
import static dev.hognose.app.tail.Words.frame;
import static dev.hognose.app.tail.Words.seconds;
import static dev.hognose.app.tail.Words.subject;
import static dev.hognose.app.tail.Words.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** An event as one line for people: its kind, its process, and what happened. */
final class EventLine {

  private static final Map<String, Function<JsonNode, String>> EVENTS = new LinkedHashMap<>();

  static {
    EVENTS.put("started", what -> "python " + text(what, "python") + ": " + text(what, "command"));
    EVENTS.put("stopped", EventLine::stopped);
    EVENTS.put("loop_block", EventLine::loopBlock);
    EVENTS.put("allocation_growth", EventLine::allocationGrowth);
    EVENTS.put(
        "retention",
        what ->
            text(what, "name")
                + " ("
                + text(what, "kind")
                + "), "
                + text(what, "entries")
                + " entries");
    EVENTS.put("stack_profile", what -> text(what, "samples") + " samples");
    EVENTS.put(
        "python_warning",
        what -> text(what, "category") + at(what, "site") + ": " + text(what, "message"));
    EVENTS.put(
        "exception_count",
        what -> text(what, "type") + at(what, "site") + ", " + text(what, "count") + " so far");
  }

  private EventLine() {}

  static String of(JsonNode json) {
    return EVENTS.entrySet().stream()
        .filter(kind -> json.path(kind.getKey()).isObject())
        .map(
            kind ->
                kind.getKey()
                    + "  "
                    + subject(json)
                    + "  "
                    + kind.getValue().apply(json.path(kind.getKey())))
        .findFirst()
        .orElseGet(() -> "event of an unknown kind  " + subject(json));
  }

  private static String stopped(JsonNode what) {
    return text(what, "reason")
        + (what.has("exit_code") ? ", exit code " + text(what, "exit_code") : "");
  }

  private static String loopBlock(JsonNode what) {
    return seconds(what.path("duration_ms").asLong() / 1000.0)
        + (what.path("ended").asBoolean() ? "" : " so far")
        + " "
        + text(what, "cause")
        + at(what, "culprit");
  }

  private static String allocationGrowth(JsonNode what) {
    JsonNode largest = what.path("sites").path(0);
    JsonNode frames = largest.path("frames");
    JsonNode innermost = frames.path(frames.size() - 1);
    return what.path("sites").size()
        + " sites"
        + (innermost.isObject()
            ? ", largest " + bytes(largest.path("bytes")) + " at " + frame(innermost)
            : "");
  }
}
