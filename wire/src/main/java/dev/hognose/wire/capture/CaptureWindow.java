package dev.hognose.wire.capture;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The window that a capture was made for.
 *
 * @param warmFrom where its records begin
 * @param policy the numbers that decided, by their keys
 * @param names whether they are those of the cluster
 */
public record CaptureWindow(
    Instant warmFrom,
    Instant from,
    Instant to,
    List<OffsetRange> ranges,
    Map<String, String> policy,
    Names names) {

  /** What services, hosts, paths and functions are called. */
  public enum Names {
    KEPT,
    /** Keyed hashes stand for them. */
    ANONYMISED
  }

  public CaptureWindow {
    if (warmFrom.isAfter(from) || !from.isBefore(to)) {
      throw new IllegalArgumentException(
          "window from " + from + " to " + to + ", warmed up from " + warmFrom);
    }
    ranges = List.copyOf(ranges);
    policy = Collections.unmodifiableMap(new TreeMap<>(policy));
  }

  static CaptureWindow read(dev.hognose.v1.CaptureWindow m) {
    Map<String, String> policy = new TreeMap<>();
    m.getPolicyList().forEach(each -> policy.put(each.getKey(), each.getValue()));
    return new CaptureWindow(
        Instant.ofEpochMilli(m.getWarmFromMs()),
        Instant.ofEpochMilli(m.getFromMs()),
        Instant.ofEpochMilli(m.getToMs()),
        m.getRangesList().stream()
            .map(
                each ->
                    new OffsetRange(
                        each.getTopic(), each.getPartition(), each.getFrom(), each.getTo()))
            .toList(),
        policy,
        m.getAnonymised() ? Names.ANONYMISED : Names.KEPT);
  }

  dev.hognose.v1.CaptureWindow write() {
    dev.hognose.v1.CaptureWindow.Builder m =
        dev.hognose.v1.CaptureWindow.newBuilder()
            .setWarmFromMs(warmFrom.toEpochMilli())
            .setFromMs(from.toEpochMilli())
            .setToMs(to.toEpochMilli())
            .setAnonymised(names == Names.ANONYMISED);
    ranges.forEach(
        each ->
            m.addRangesBuilder()
                .setTopic(each.topic())
                .setPartition(each.partition())
                .setFrom(each.from())
                .setTo(each.to()));
    policy.forEach((key, value) -> m.addPolicyBuilder().setKey(key).setValue(value));
    return m.build();
  }
}
