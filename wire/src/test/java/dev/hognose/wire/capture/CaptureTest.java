package dev.hognose.wire.capture;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.hognose.v1.CaptureEntry;
import dev.hognose.v1.CaptureHeader;
import dev.hognose.v1.CaptureRecord;
import dev.hognose.wire.MalformedRecordException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptureTest {

  @TempDir private Path folder;

  @Test
  void recordsComeBackInOrder() throws IOException {
    Path file = write(captured(1));

    try (Capture capture = Capture.open(file)) {
      ConsumerRecord<byte[], byte[]> first = capture.next().orElseThrow();
      ConsumerRecord<byte[], byte[]> second = capture.next().orElseThrow();

      assertThat(first.topic()).isEqualTo("hognose.samples");
      assertThat(first.timestamp()).isEqualTo(1000);
      assertThat(new String(first.key(), US_ASCII)).isEqualTo("key-1");
      assertThat(second.timestamp()).isEqualTo(2000);
      assertThat(capture.next()).isEmpty();
    }
  }

  @Test
  void whatIsWholeBeforeTheCutCanBeRead() throws IOException {
    byte[] whole = captured(1);
    Path file = write(Arrays.copyOf(whole, whole.length - 1));

    try (Capture capture = Capture.open(file)) {
      assertThat(capture.next()).isPresent();
      assertThatThrownBy(capture::next)
          .isInstanceOf(MalformedRecordException.class)
          .hasMessage(file + ", entry 3: the file was cut off here");
    }
  }

  @Test
  void anotherFileIsRefused() throws IOException {
    Path file = write("ts_ms,rss\n1,2\n".getBytes(US_ASCII));

    assertThatThrownBy(() -> Capture.open(file))
        .hasMessage(file + ": expected a file that begins with \"hognose-capture 1\"");
  }

  @Test
  void newerSchemaIsRefused() throws IOException {
    try (Capture capture = Capture.open(write(captured(3)))) {
      assertThatThrownBy(capture::next)
          .hasMessageEndingWith("entry 1: schema 3: expected at most 2");
    }
  }

  @Test
  void lengthThatIsNoneIsRefused() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("hognose-capture 1\n".getBytes(US_ASCII));
    out.writeBytes(new byte[] {-1, -1, -1, -1, -1, -1, -1});

    try (Capture capture = Capture.open(write(out.toByteArray()))) {
      assertThatThrownBy(capture::next).hasMessageEndingWith("entry 1: no length");
    }
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("some.hog"), bytes);
  }

  private static byte[] captured(int schema) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("hognose-capture 1\n".getBytes(US_ASCII));
    CaptureEntry.newBuilder()
        .setHeader(CaptureHeader.newBuilder().setWriter("test").setSchema(schema))
        .build()
        .writeDelimitedTo(out);
    for (int i = 1; i <= 2; i++) {
      CaptureEntry.newBuilder()
          .setRecord(
              CaptureRecord.newBuilder()
                  .setTopic("hognose.samples")
                  .setKey(ByteString.copyFromUtf8("key-" + i))
                  .setValue(ByteString.copyFromUtf8("value"))
                  .setTimestampMs(1000L * i))
          .build()
          .writeDelimitedTo(out);
    }
    return out.toByteArray();
  }
}
