package dev.hognose.app.replay;

import dev.hognose.app.console.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells by their keys which service records are about. */
final class Services {

  private static final int NEAREST = 3;

  /** Of a process's key what follows its service: host, pid, start. */
  private static final int PARTS_AFTER = 3;

  private Services() {}

  /**
   * Only the records of one service.
   *
   * @throws FailureException when there are none, with the nearest names
   */
  static List<ConsumerRecord<byte[], byte[]>> only(
      String service, List<ConsumerRecord<byte[], byte[]>> records) {
    List<ConsumerRecord<byte[], byte[]>> of =
        records.stream().filter(each -> of(each).filter(service::equals).isPresent()).toList();
    if (of.isEmpty()) {
      TreeSet<String> names = new TreeSet<>();
      records.forEach(each -> of(each).ifPresent(names::add));
      throw new FailureException(
          "--service " + service + ": not in this window, expected " + nearest(service, names));
    }
    return of;
  }

  static String nearest(String wanted, Collection<String> names) {
    return String.join(
        ", ",
        names.stream()
            .sorted(Comparator.comparingInt(name -> distance(wanted, name)))
            .limit(NEAREST)
            .toList());
  }

  private static Optional<String> of(ConsumerRecord<byte[], byte[]> record) {
    if (record.key() == null) {
      return Optional.empty();
    }
    String service = new String(record.key(), StandardCharsets.UTF_8);
    for (int part = 0; part < PARTS_AFTER; part++) {
      int slash = service.lastIndexOf('/');
      if (slash < 0) {
        return Optional.empty();
      }
      service = service.substring(0, slash);
    }
    return Optional.of(service);
  }

  /** Levenshtein's: how many letters to add, drop or change. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, index -> index);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
