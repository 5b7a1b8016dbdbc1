package dev.hognose.app.replay;

import dev.hognose.app.console.FailureException;
import dev.hognose.settings.Nearest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells by their keys which process and service records are about, and which there were. */
final class Services {

  private static final Pattern KEY = Pattern.compile("(?s)(.*)/[^/]*/[^/]*/(\\d{1,18})");

  private final Optional<String> wanted;

  /** What is known of each process, by its key; nothing of a key that is none. */
  private final Map<String, Optional<Named>> processes = new HashMap<>();

  /** What a key says. */
  private record Named(String service, Instant startedAt) {}

  Services(Optional<String> wanted) {
    this.wanted = wanted;
  }

  /** Whether somebody wants to see a record. */
  boolean include(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return wanted.isEmpty();
    }
    Optional<Named> process =
        processes.computeIfAbsent(
            new String(record.key(), StandardCharsets.UTF_8), Services::process);
    return wanted.isEmpty()
        || process.filter(known -> known.service.equals(wanted.get())).isPresent();
  }

  private static Optional<Named> process(String key) {
    Matcher parts = KEY.matcher(key);
    return parts.matches()
        ? Optional.of(
            new Named(parts.group(1), Instant.ofEpochMilli(Long.parseLong(parts.group(2)))))
        : Optional.empty();
  }

  /** How many of the processes are older than that. */
  long startedBefore(Instant moment) {
    return processes.values().stream()
        .flatMap(Optional::stream)
        .filter(each -> wanted.stream().allMatch(each.service::equals))
        .filter(each -> each.startedAt.isBefore(moment))
        .count();
  }

  /**
   * After all records were seen.
   *
   * @throws FailureException when none was of the wanted service, with the nearest names
   */
  void refuseUnknown() {
    TreeSet<String> names = new TreeSet<>();
    processes.values().stream().flatMap(Optional::stream).forEach(each -> names.add(each.service));
    if (wanted.isPresent() && !names.contains(wanted.get())) {
      throw new FailureException(
          "--service "
              + wanted.get()
              + ": not in this window, expected "
              + Nearest.to(wanted.get(), names));
    }
  }
}
