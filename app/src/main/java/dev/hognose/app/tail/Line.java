package dev.hognose.app.tail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hognose.app.console.Printable;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GrowthRate;
import dev.hognose.wire.Topics;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A record as one line for people. */
final class Line {

  private static final Map<String, Function<JsonNode, String>> EVENTS = new LinkedHashMap<>();

  static {
    EVENTS.put("started", what -> "python " + text(what, "python") + ": " + text(what, "command"));
    EVENTS.put("stopped", Line::stopped);
    EVENTS.put("loop_block", Line::loopBlock);
    EVENTS.put("allocation_growth", Line::allocationGrowth);
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

  private Line() {}

  static String of(Reading reading) {
    String line = Instant.ofEpochMilli(reading.timestampMs()) + "  " + what(reading);
    return Printable.escaped(line);
  }

  private static String what(Reading reading) {
    JsonNode json = reading.json();
    if (reading.malformed()) {
      return "malformed  " + text(json, "place") + ": " + text(json, "malformed");
    }
    if (json.has("deleted")) {
      return "deleted  " + reading.topic() + "  " + text(json, "deleted");
    }
    if (reading.topic().equals(Topics.SAMPLES.name())) {
      return "sample  " + subject(json) + "  " + sample(json);
    }
    if (reading.topic().equals(Topics.EVENTS.name())) {
      return event(json);
    }
    if (reading.topic().equals(Topics.TRENDS.name())) {
      return "trend  " + process(json) + "  " + trend(json);
    }
    if (reading.topic().equals(Topics.SERVICES.name())) {
      return "service  " + text(json, "service") + "  " + service(json);
    }
    if (reading.topic().equals(Topics.PROFILES.name())) {
      return "profile  " + text(json, "service") + "  " + profile(json);
    }
    return reading.topic().equals(Topics.ALERTS.name())
        ? "alert  " + text(json, "service") + "  " + alert(json)
        : "dead letter  " + json;
  }

  private static String sample(JsonNode json) {
    double cpu =
        json.path("cpu_user_seconds_total").asDouble()
            + json.path("cpu_system_seconds_total").asDouble();
    double blocked = 0;
    for (JsonNode loop : json.path("loops")) {
      blocked += loop.path("blocked_seconds_total").asDouble();
    }
    return "rss "
        + bytes(json.path("rss_bytes"))
        + ", "
        + text(json, "allocated_blocks")
        + " blocks, cpu "
        + seconds(cpu)
        + (json.path("loops").isEmpty() ? "" : ", loop blocked " + seconds(blocked));
  }

  private static String event(JsonNode json) {
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

  private static String trend(JsonNode json) {
    String where = text(json, "where");
    String reason = text(json, "reason");
    return text(json, "verdict")
        + (where.equals("unknown") ? "" : " in " + where)
        + (reason.isEmpty() ? "" : " (" + reason + ")")
        + ", "
        + new GrowthRate(json.path("slope_bytes_per_hour").asDouble());
  }

  private static String service(JsonNode json) {
    return text(json, "processes")
        + " processes, rss "
        + bytes(json.path("rss_bytes"))
        + ", cpu "
        + seconds(json.path("cpu_seconds").asDouble())
        + ", loops blocked "
        + seconds(json.path("blocked_seconds").asDouble())
        + " of "
        + seconds(json.path("loop_seconds").asDouble());
  }

  private static String profile(JsonNode json) {
    JsonNode frames = json.path("stacks").path(0).path("frames");
    JsonNode innermost = frames.path(frames.size() - 1);
    return text(json, "samples")
        + " samples of version "
        + text(json, "version")
        + (innermost.isObject() ? ", most often in " + frame(innermost) : "");
  }

  private static String alert(JsonNode json) {
    return text(json, "state")
        + " "
        + text(json, "kind")
        + ": "
        + text(json, "title")
        + at(json, "culprit");
  }

  private static String subject(JsonNode json) {
    return process(json) + "  #" + text(json, "sequence");
  }

  private static String process(JsonNode json) {
    JsonNode process = json.path("process");
    return text(process, "service") + "/" + text(process, "host") + "/" + text(process, "pid");
  }

  private static String at(JsonNode json, String place) {
    return json.path(place).isObject() ? " at " + frame(json.path(place)) : "";
  }

  private static String frame(JsonNode frame) {
    return new Frame(text(frame, "file"), frame.path("line").asInt(), text(frame, "function"))
        .toString();
  }

  private static String text(JsonNode json, String field) {
    return json.path(field).asText();
  }

  private static String bytes(JsonNode count) {
    return count.asLong() < 0
        ? Long.toUnsignedString(count.asLong()) + " B"
        : new Bytes(count.asLong()).toString();
  }

  private static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds);
  }
}
