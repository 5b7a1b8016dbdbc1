package dev.hognose.app.tail;

import static dev.hognose.app.tail.Words.at;
import static dev.hognose.app.tail.Words.bytes;
import static dev.hognose.app.tail.Words.frame;
import static dev.hognose.app.tail.Words.process;
import static dev.hognose.app.tail.Words.seconds;
import static dev.hognose.app.tail.Words.subject;
import static dev.hognose.app.tail.Words.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hognose.app.console.Printable;
import dev.hognose.sample.GrowthRate;
import dev.hognose.wire.Topics;
import java.time.Instant;

/** A record as one line for people. */
final class Line {

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
      return EventLine.of(json);
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
}
