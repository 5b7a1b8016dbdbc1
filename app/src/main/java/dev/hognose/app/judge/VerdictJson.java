package dev.hognose.app.judge;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.leak.Growth;
import dev.hognose.leak.LeakEvent;
import dev.hognose.leak.Trend;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Writes a verdict as one line of JSON in ASCII, with the fields of the leak bench. */
final class VerdictJson {

  private static final int CONFIDENCE_DIGITS = 4;

  private final ObjectMapper json =
      JsonMapper.builder()
          .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build();

  /** One line, without its end. */
  String line(ProcessVerdict verdict) {
    ObjectNode line = json.createObjectNode();
    line.put("trace", verdict.trace());
    line.put("service", verdict.process().service());
    line.put("process", verdict.process().process());
    putFirst(line, verdict);
    putOnsets(line, verdict);
    line.put("final_leak", verdict.standing().isPresent());
    line.put(
        "final_slope_bytes_per_h",
        verdict.standing().map(slope -> plain(slope.bytesPerHour())).orElse(plain(0)));
    verdict.onsets().stream()
        .findFirst()
        .ifPresentOrElse(
            first -> {
              line.put("where", where(first.where()));
              line.put("confidence", rounded(first.confidence()));
            },
            () -> {
              line.putNull("where");
              line.putNull("confidence");
            });
    verdict.firstGrowth().ifPresent(growth -> putGrowth(line, growth));
    if (!verdict.firstVersion().isEmpty()) {
      line.put("version", verdict.firstVersion());
    }
    ArrayNode soon = line.putArray("out_of_memory_soon_ms");
    verdict.outOfMemorySoon().forEach(at -> soon.add(at.toEpochMilli()));
    return written(line);
  }

  private static void putFirst(ObjectNode line, ProcessVerdict verdict) {
    if (verdict.onsets().isEmpty()) {
      line.putNull("first_leak_ms");
      line.put("slope_bytes_per_h", plain(0));
    } else {
      LeakEvent.Onset first = verdict.onsets().get(0);
      line.put("first_leak_ms", first.at().toEpochMilli());
      line.put("slope_bytes_per_h", plain(first.slope().bytesPerHour()));
    }
  }

  private static void putGrowth(ObjectNode line, Growth growth) {
    line.put("heap", growth.where().name().toLowerCase(Locale.ROOT));
    line.put("since_ms", growth.since().toEpochMilli());
    line.put("slope_low_bytes_per_h", plain(growth.interval().low().bytesPerHour()));
    line.put("slope_high_bytes_per_h", plain(growth.interval().high().bytesPerHour()));
    growth.hoursToLimit().ifPresent(hours -> line.put("hours_to_limit", plain(hours)));
    growth.leastHoursToLimit().ifPresent(hours -> line.put("hours_to_limit_low", plain(hours)));
    growth.mostHoursToLimit().ifPresent(hours -> line.put("hours_to_limit_high", plain(hours)));
  }

  private static void putOnsets(ObjectNode line, ProcessVerdict verdict) {
    ArrayNode times = line.putArray("leaks_ms");
    ArrayNode slopes = line.putArray("slopes");
    for (LeakEvent.Onset onset : verdict.onsets()) {
      times.add(onset.at().toEpochMilli());
      slopes.add(plain(onset.slope().bytesPerHour()));
    }
  }

  private static String where(Trend.Where where) {
    return switch (where) {
      case PYTHON, PYTHON_HIDDEN -> "python";
      case NATIVE, FRAGMENTATION -> "native";
    };
  }

  /** The same double when read again, without an exponent. */
  private static BigDecimal plain(double value) {
    return BigDecimal.valueOf(value);
  }

  private static BigDecimal rounded(double value) {
    return new BigDecimal(value).setScale(CONFIDENCE_DIGITS, RoundingMode.HALF_EVEN);
  }

  private String written(ObjectNode line) {
    try {
      return json.writeValueAsString(line);
    } catch (JsonProcessingException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
