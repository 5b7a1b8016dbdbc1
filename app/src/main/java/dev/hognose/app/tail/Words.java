package dev.hognose.app.tail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import java.util.Locale;

/** How fields of a record are written for people; what is absent is written as nothing. */
final class Words {

  private Words() {}

  static String subject(JsonNode json) {
    return process(json) + "  #" + text(json, "sequence");
  }

  static String process(JsonNode json) {
    JsonNode process = json.path("process");
    return text(process, "service") + "/" + text(process, "host") + "/" + text(process, "pid");
  }

  static String at(JsonNode json, String place) {
    return json.path(place).isObject() ? " at " + frame(json.path(place)) : "";
  }

  static String frame(JsonNode frame) {
    return new Frame(text(frame, "file"), frame.path("line").asInt(), text(frame, "function"))
        .toString();
  }

  static String text(JsonNode json, String field) {
    return json.path(field).asText();
  }

  static String bytes(JsonNode count) {
    return count.asLong() < 0
        ? Long.toUnsignedString(count.asLong()) + " B"
        : new Bytes(count.asLong()).toString();
  }

  static String seconds(double seconds) {
    return String.format(Locale.ROOT, "%.2f s", seconds);
  }
}
