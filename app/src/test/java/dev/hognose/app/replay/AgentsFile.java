package dev.hognose.app.replay;

import com.google.protobuf.ByteString;
import dev.hognose.app.Telemetry;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.v1.CaptureEntry;
import dev.hognose.v1.CaptureRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A file as an agent writes one, and twenty minutes of a process that blocked its loop once. */
record AgentsFile(Path path) {

  static final Instant T0 = Instant.parse("2024-05-01T11:00:00Z");
  static final Instant END = T0.plusSeconds(1195);
  static final Frame PAY = new Frame("/srv/orders/views.py", 41, "pay");

  static List<ProducerRecord<byte[], byte[]>> blockedOnce() {
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    Telemetry orders = new Telemetry(new ProcessId("orders", "web-1", 4242, T0.minusSeconds(60)));
    for (int second = 0; second < 1200; second += 10) {
      records.add(orders.sample(T0.plusSeconds(second), Bytes.ofMebi(50), 100_000));
      if (second == 60) {
        records.add(orders.block(T0.plusSeconds(61), Duration.ofMillis(1500), PAY));
      }
    }
    records.add(orders.exited(END));
    return records;
  }

  void write(List<ProducerRecord<byte[], byte[]>> records) throws IOException {
    try (OutputStream out = Files.newOutputStream(path)) {
      out.write("hognose-capture 1\n".getBytes(StandardCharsets.US_ASCII));
      for (ProducerRecord<byte[], byte[]> record : records) {
        CaptureEntry.newBuilder()
            .setRecord(
                CaptureRecord.newBuilder()
                    .setTopic(record.topic())
                    .setKey(ByteString.copyFrom(record.key()))
                    .setValue(ByteString.copyFrom(record.value()))
                    .setTimestampMs(record.timestamp()))
            .build()
            .writeDelimitedTo(out);
      }
    }
  }
}
