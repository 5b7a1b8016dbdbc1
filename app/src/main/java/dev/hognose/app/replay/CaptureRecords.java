package dev.hognose.app.replay;

import dev.hognose.app.console.FailureException;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Topics;
import dev.hognose.wire.capture.Capture;
import dev.hognose.wire.capture.CaptureWindow;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The records of a window in a capture.
 *
 * <p>A cluster's capture holds them in their order. The processes that share an agent's file write
 * as they come: of such a file {@value #AHEAD} records are read ahead to put them in order.
 */
final class CaptureRecords implements PastRecords {

  private static final int AHEAD = 50_000;
  private static final Set<String> JUDGED = Set.of(Topics.SAMPLES.name(), Topics.EVENTS.name());
  private static final Comparator<ConsumerRecord<byte[], byte[]>> AS_IT_HAPPENED =
      Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
          .thenComparing(ConsumerRecord::topic)
          .thenComparingInt(ConsumerRecord::partition)
          .thenComparingLong(ConsumerRecord::offset);

  private final Path file;
  private final Capture capture;
  private final Window window;
  private final PriorityQueue<ConsumerRecord<byte[], byte[]>> ahead =
      new PriorityQueue<>(AS_IT_HAPPENED);
  private boolean atEnd;
  private Optional<String> cutOff = Optional.empty();
  private final List<Telling> told = new ArrayList<>();

  private CaptureRecords(Path file, Capture capture, Window window) {
    this.file = file;
    this.capture = capture;
    this.window = window;
  }

  /**
   * Opens a capture: the window that it was made for, or all that it holds.
   *
   * @throws MalformedRecordException when the file is no capture, was cut off or altered
   */
  static CaptureRecords open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FailureException(file + ": is a directory, expected a capture");
    }
    Capture capture = Capture.open(file);
    return new CaptureRecords(file, capture, own(capture));
  }

  /** The same file for another window, instead of these, of which none was read. */
  CaptureRecords within(Window asked) {
    return new CaptureRecords(file, capture, asked);
  }

  private static Window own(Capture capture) {
    return capture.window().map(CaptureRecords::window).orElse(Window.ALWAYS);
  }

  private static Window window(CaptureWindow made) {
    return new Window(Duration.between(made.warmFrom(), made.from()), made.from(), made.to());
  }

  @Override
  public Window window() {
    return window;
  }

  @Override
  public Optional<ConsumerRecord<byte[], byte[]>> next() throws IOException {
    if (capture.window().isPresent()) {
      return read();
    }
    while (!atEnd && ahead.size() < AHEAD) {
      Optional<ConsumerRecord<byte[], byte[]>> record = read();
      record.ifPresent(ahead::add);
      atEnd = record.isEmpty();
    }
    return Optional.ofNullable(ahead.poll());
  }

  @Override
  public Map<String, String> policy() {
    return capture.window().map(CaptureWindow::policy).orElse(Map.of());
  }

  private void hear(Telling telling) {
    if (window.tells(telling.at())) {
      told.add(telling);
    }
  }

  /** They stand behind the records that are judged: to be asked for when these were read. */
  @Override
  public List<Telling> told() {
    Window own = own(capture);
    boolean knows =
        capture.window().stream()
            .flatMap(made -> made.ranges().stream())
            .anyMatch(range -> range.topic().equals(Topics.ALERTS.name()));
    if (!knows) {
      throw new FailureException(
          file + ": holds no alerts that were told live, nothing to verify against");
    }
    if (window.from().isBefore(own.from()) || window.to().isAfter(own.to())) {
      throw new FailureException(file + ": holds the alerts of " + own + ", not of " + window);
    }
    return List.copyOf(told);
  }

  /** An agent's file ends within an entry when its process was killed. */
  @Override
  public Optional<String> remark() {
    return cutOff;
  }

  private Optional<ConsumerRecord<byte[], byte[]>> read() throws IOException {
    Optional<ConsumerRecord<byte[], byte[]>> next = whole();
    while (next.isPresent()) {
      check(next.get());
      if (next.get().topic().equals(Topics.ALERTS.name())) {
        hear(Telling.of(next.get()));
      } else if (window.reads(next.get().timestamp())) {
        return next;
      }
      next = whole();
    }
    return next;
  }

  private Optional<ConsumerRecord<byte[], byte[]>> whole() throws IOException {
    try {
      return capture.next();
    } catch (MalformedRecordException altered) {
      if (!(altered.getCause() instanceof EOFException)) {
        throw altered;
      }
      cutOff = Optional.of(altered.getMessage() + ", what is whole before it was read");
      return Optional.empty();
    }
  }

  private void check(ConsumerRecord<byte[], byte[]> record) {
    String topic = record.topic();
    if (!JUDGED.contains(topic) && !topic.equals(Topics.ALERTS.name())) {
      throw altered(
          record, "topic=" + topic + ": expected one of " + JUDGED.stream().sorted().toList());
    }
    if (record.timestamp() < 0) {
      throw altered(record, "timestamp_ms=" + record.timestamp() + ": expected no negative number");
    }
  }

  private MalformedRecordException altered(ConsumerRecord<byte[], byte[]> record, String how) {
    return new MalformedRecordException(file + ", entry " + record.offset() + ": " + how);
  }

  @Override
  public void close() throws IOException {
    capture.close();
  }
}
