package dev.hognose.wire.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaptureOfAWindowTest {

  private static final Instant T0 = Instant.parse("2024-05-01T11:00:00Z");
  private static final CaptureWindow WINDOW =
      new CaptureWindow(
          T0.minusSeconds(60),
          T0,
          T0.plusSeconds(60),
          List.of(new OffsetRange("hognose.samples", 3, 17, 4711)),
          Map.of("block.hard", "1000ms"),
          CaptureWindow.Names.KEPT);

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyRecordComesBackAsItWas(long seed) throws IOException {
    List<ConsumerRecord<byte[], byte[]>> written = records(new Random(seed));

    Path file = write(written);

    try (Capture capture = Capture.open(file)) {
      assertThat(capture.window()).contains(WINDOW);
      for (ConsumerRecord<byte[], byte[]> each : written) {
        assertThat(capture.next().orElseThrow())
            .describedAs("seed %d, offset %d", seed, each.offset())
            .usingRecursiveComparison()
            .isEqualTo(each);
      }
      assertThat(capture.next()).isEmpty();
    }
  }

  @Test
  void everyCutIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(write(records(new Random(1))));

    for (int length = "hognose-capture 1\n".length() + 120; length < whole.length; length += 97) {
      Path file = Files.write(folder.resolve("cut.hog"), Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> Capture.open(file))
          .describedAs("%d of %d bytes", length, whole.length)
          .isInstanceOf(MalformedRecordException.class)
          .hasMessageContaining("the file was cut off after");
    }
  }

  @Test
  void everyAlteredByteIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(write(records(new Random(1))));

    for (int place = 0; place < whole.length; place += 41) {
      byte[] altered = whole.clone();
      altered[place] ^= 0x10;
      Path file = Files.write(folder.resolve("altered.hog"), altered);
      assertThatThrownBy(() -> readThrough(file))
          .describedAs("byte %d of %d", place, whole.length)
          .isInstanceOf(MalformedRecordException.class);
    }
  }

  @Test
  void whatFollowsTheEndIsRefused() throws IOException {
    byte[] whole = Files.readAllBytes(write(records(new Random(1))));
    Path file = Files.write(folder.resolve("longer.hog"), Arrays.copyOf(whole, whole.length + 1));

    assertThatThrownBy(() -> Capture.open(file))
        .hasMessage(file + ": the file was altered, its checksum is not that of its contents");
  }

  @Test
  void unfinishedCaptureLeavesNothingBehind() throws IOException {
    Path file = folder.resolve("never.hog");
    try (CaptureWriter writer = CaptureWriter.create(file, "test", T0, WINDOW)) {
      writer.add(records(new Random(1)).get(0));
    }

    try (var left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  private static void readThrough(Path file) throws IOException {
    try (Capture capture = Capture.open(file)) {
      while (capture.next().isPresent()) {
        assertThat(capture.window()).isPresent();
      }
    }
  }

  private Path write(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
    Path file = folder.resolve("window.hog");
    try (CaptureWriter writer = CaptureWriter.create(file, "test", T0, WINDOW)) {
      for (ConsumerRecord<byte[], byte[]> each : records) {
        writer.add(each);
      }
      assertThat(writer.finish()).isEqualTo(Files.size(file));
    }
    return file;
  }

  /** Messages as they are, with other figures, cut off, of no sort at all, none. */
  private static List<ConsumerRecord<byte[], byte[]>> records(Random random) throws IOException {
    List<byte[]> values = new ArrayList<>();
    for (String golden :
        List.of("sample", "v1sample", "sample_zeros", "event_loop_block", "event_started")) {
      values.add(Files.readAllBytes(Path.of("..", "proto", "golden", golden + ".bin")));
    }
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (int offset = 0; offset < 300; offset++) {
      byte[] value = values.get(random.nextInt(values.size())).clone();
      switch (random.nextInt(4)) {
        case 0 -> value[random.nextInt(value.length)] = (byte) random.nextInt();
        case 1 -> value = Arrays.copyOf(value, random.nextInt(value.length));
        default -> {}
      }
      records.add(
          record(random, offset, random.nextInt(50) == 0 ? Optional.empty() : Optional.of(value)));
    }
    return records;
  }

  @SuppressWarnings("NullAway")
  private static ConsumerRecord<byte[], byte[]> record(
      Random random, long offset, Optional<byte[]> value) {
    RecordHeaders headers = new RecordHeaders();
    if (random.nextBoolean()) {
      headers.add(Schema.HEADER, random.nextInt(20) == 0 ? null : Schema.header());
    }
    byte[] key =
        random.nextInt(50) == 0 ? null : ("orders/web/" + random.nextInt(5)).getBytes(US_ASCII);
    return new ConsumerRecord<>(
        random.nextBoolean() ? "hognose.samples" : "hognose.events",
        random.nextInt(12),
        offset * 3,
        T0.toEpochMilli() + random.nextInt(),
        TimestampType.CREATE_TIME,
        key == null ? ConsumerRecord.NULL_SIZE : key.length,
        value.map(each -> each.length).orElse(ConsumerRecord.NULL_SIZE),
        key,
        value.orElse(null),
        headers,
        Optional.empty());
  }
}
