package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.wire.AlertCodec;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/** Alerts as they are written, in hexadecimal, by id: equal where the very same was told. */
final class AlertBytes {

  private AlertBytes() {}

  static Map<String, String> of(Map<String, Alert> told) {
    Map<String, String> bytes = new TreeMap<>();
    told.forEach(
        (id, alert) -> bytes.put(id, HexFormat.of().formatHex(new AlertCodec().encode(alert))));
    return bytes;
  }
}
