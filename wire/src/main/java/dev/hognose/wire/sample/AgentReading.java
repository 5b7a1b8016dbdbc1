package dev.hognose.wire.sample;

import com.google.protobuf.WireFormat;
import dev.hognose.v2.AgentFigures;
import dev.hognose.v2.AgentFigures.Dropped;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the agent costs and what it could not do, within a sample. */
final class AgentReading implements SampleFields.Message {

  private final SampleNumbers numbers =
      new SampleNumbers(AgentFigures.LAST_DELIVERY_MS_FIELD_NUMBER);
  private final List<NamedNumbers> dropped = new ArrayList<>(0);
  private final List<String> disabled = new ArrayList<>(0);
  private final List<NamedNumbers> skipped = new ArrayList<>(0);

  @Override
  public boolean take(int tag, SampleFields from) throws IOException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      return numbers.take(tag, from);
    }
    switch (WireFormat.getTagFieldNumber(tag)) {
      case AgentFigures.DROPPED_FIELD_NUMBER -> from.nested(dropped, new NamedNumbers());
      case AgentFigures.DISABLED_PROBES_FIELD_NUMBER -> disabled.add(from.name());
      case AgentFigures.SKIPPED_FIELD_NUMBER -> from.nested(skipped, new NamedNumbers());
      default -> {
        return false;
      }
    }
    return true;
  }

  dev.hognose.sample.AgentFigures read() {
    return new dev.hognose.sample.AgentFigures(
        numbers.micros(AgentFigures.CPU_US_TOTAL_FIELD_NUMBER, "agent cpu_us_total"),
        numbers.micros(AgentFigures.TICK_MAX_US_FIELD_NUMBER, "agent tick_max_us"),
        numbers.micros(AgentFigures.GIL_HOLD_MAX_US_FIELD_NUMBER, "agent gil_hold_max_us"),
        numbers.smallOf(AgentFigures.OUTBOX_FIELD_NUMBER),
        byReason(dropped),
        disabled,
        byReason(skipped),
        numbers.has(AgentFigures.LAST_DELIVERY_MS_FIELD_NUMBER)
            ? Optional.of(
                Instant.ofEpochMilli(numbers.of(AgentFigures.LAST_DELIVERY_MS_FIELD_NUMBER)))
            : Optional.empty());
  }

  private static Map<String, Long> byReason(List<NamedNumbers> counted) {
    if (counted.isEmpty()) {
      return Map.of();
    }
    Map<String, Long> totals = new LinkedHashMap<>();
    counted.forEach(
        each ->
            totals.merge(each.text(), each.numbers().of(Dropped.TOTAL_FIELD_NUMBER), Long::sum));
    return totals;
  }
}
