package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.block;
import static dev.hognose.streams.Telemetry.event;
import static dev.hognose.streams.Telemetry.process;
import static dev.hognose.streams.Telemetry.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.wire.Schema;
import dev.hognose.wire.sample.SampleCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IntakeTest {

  private static final String SAMPLES = "hognose.samples";
  private static final String EVENTS = "hognose.events";

  private final ProcessId process = process("orders", 1);
  private final byte[] key = Pipeline.key(process.key());
  private final Pipeline pipeline = new Pipeline();

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void doublesAndLateOnesAreToldApart() {
    pipeline.pipe(sample(process, 1, T0));
    pipeline.pipe(sample(process, 3, T0.plusSeconds(2)));
    pipeline.pipe(sample(process, 2, T0.plusSeconds(1)));
    pipeline.pipe(sample(process, 3, T0.plusSeconds(2)));
    pipeline.pipe(sample(process, 600, T0.plusSeconds(600)));
    pipeline.pipe(sample(process, 4, T0.plusSeconds(3)));

    assertThat(pipeline.records(SAMPLES, "applied")).isEqualTo(4);
    assertThat(pipeline.records(SAMPLES, "doubled")).isEqualTo(1);
    assertThat(pipeline.records(SAMPLES, "stale")).isEqualTo(1);
    assertThat(pipeline.records(SAMPLES)).isEqualTo(6);
    assertThat(pipeline.letters()).isEmpty();
  }

  /** As the version before the contract's last change writes it; proto/before says which. */
  @Test
  void sampleOfAnOlderAgentIsJudged() throws IOException {
    byte[] sent = Files.readAllBytes(Path.of("..", "proto", "before", "sample.bin"));
    Sample sample = new SampleCodec().decode(null, sent);

    pipeline.pipeSample(Pipeline.key(sample.process().key()), sent, sample.at());

    assertThat(pipeline.records(SAMPLES, "applied")).isEqualTo(1);
    assertThat(pipeline.letters()).isEmpty();
  }

  @Test
  void samplesAndEventsShareTheNumbersButNotTheWindow() {
    pipeline.pipe(event(process, 1, block(1, T0, Duration.ofMillis(200))));
    pipeline.pipe(sample(process, 2, T0));
    pipeline.pipe(event(process, 3, block(2, T0, Duration.ofMillis(200))));

    assertThat(pipeline.records(SAMPLES, "applied")).isEqualTo(1);
    assertThat(pipeline.records(EVENTS, "applied")).isEqualTo(2);
  }

  @Test
  void whatIsNoMessageBecomesADeadLetterAsReceived() {
    byte[] garbage = "no protobuf at all".getBytes(StandardCharsets.UTF_8);
    pipeline.pipe(sample(process, 1, T0));
    pipeline.pipeSample(key, garbage, T0.plusSeconds(1));
    pipeline.pipe(sample(process, 2, T0.plusSeconds(2)));

    TestRecord<byte[], byte[]> letter = onlyLetter();
    assertThat(letter.key()).isEqualTo(key);
    assertThat(letter.value()).isEqualTo(garbage);
    assertThat(letter.getRecordTime()).isEqualTo(T0.plusSeconds(1));
    assertThat(headers(letter))
        .containsEntry("hognose-origin-topic", SAMPLES)
        .containsEntry("hognose-origin-partition", "0")
        .containsEntry("hognose-origin-offset", "1")
        .containsEntry("hognose-origin-timestamp", Long.toString(T0.plusSeconds(1).toEpochMilli()))
        .containsEntry("hognose-schema", "1")
        .containsKey("hognose-reason")
        .doesNotContainKey("hognose-cut");
    assertThat(pipeline.records(SAMPLES, "malformed")).isEqualTo(1);
    assertThat(pipeline.records(SAMPLES, "applied")).isEqualTo(2);
  }

  @Test
  void aLetterOfEventsNamesItsTopic() {
    pipeline.pipeEvent(key, new byte[] {1, 2, 3}, T0);

    assertThat(headers(onlyLetter())).containsEntry("hognose-origin-topic", EVENTS);
    assertThat(pipeline.records(EVENTS, "malformed")).isEqualTo(1);
  }

  @Test
  void noValueIsMalformed() {
    pipeline.pipeSample(key, null, T0);

    TestRecord<byte[], byte[]> letter = onlyLetter();
    assertThat(letter.value()).isNull();
    assertThat(reason(letter)).isEqualTo("no value: expected a message");
  }

  @Test
  void aKeyOfAnotherProcessIsMalformed() throws IOException {
    byte[] sent = Files.readAllBytes(Path.of("..", "proto", "before", "sample.bin"));
    Sample sample = new SampleCodec().decode(null, sent);
    pipeline.pipeSample(Pipeline.key("orders/web-1/7/0"), sent, sample.at());

    assertThat(reason(onlyLetter()))
        .isEqualTo("key=orders/web-1/7/0: expected the process, " + sample.process().key());
  }

  /** Of the second form only the key says whose it is. */
  @Test
  void aKeyOfNoProcessIsMalformed() {
    Sample sample = sample(process, 1, T0);
    pipeline.pipeSample(Pipeline.key("orders/web-1/7/0"), new SampleCodec().encode(sample), T0);

    assertThat(reason(onlyLetter()))
        .isEqualTo("key=orders/web-1/7/0: expected service/host/pid/started_at_ms");
  }

  @Test
  void aSampleOfANewerFormIsMalformed() {
    byte[] value = new SampleCodec().encode(sample(process, 1, T0));
    value[1] = 3;
    pipeline.pipeSample(key, value, T0);

    assertThat(reason(onlyLetter())).isEqualTo("schema=3: expected at most 2, upgrade the reader");
  }

  @Test
  void noKeyIsMalformed() {
    Sample sample = sample(process, 1, T0);
    pipeline.pipeSample(null, new SampleCodec().encode(sample), T0);

    TestRecord<byte[], byte[]> letter = onlyLetter();
    assertThat(letter.key()).isNull();
    assertThat(reason(letter)).isEqualTo("key=none: expected service/host/pid/started_at_ms");
  }

  @Test
  void aTimeAheadOfTheRecordsIsMalformed() {
    Sample allowed = sample(process, 1, T0.plusSeconds(60));
    Sample ahead = sample(process, 2, T0.plusMillis(60_001));
    pipeline.pipeSample(key, new SampleCodec().encode(allowed), T0);
    pipeline.pipeSample(key, new SampleCodec().encode(ahead), T0);

    assertThat(reason(onlyLetter()))
        .isEqualTo(
            "at_ms="
                + ahead.at().toEpochMilli()
                + " is 60001 ms ahead of the record's timestamp: expected at most 60000");
    assertThat(pipeline.records(SAMPLES, "applied")).isEqualTo(1);
  }

  @Test
  void aNewerSchemaIsMalformed() {
    Headers newer = new RecordHeaders().add(Schema.HEADER, new byte[] {'2'});
    byte[] value = new SampleCodec().encode(sample(process, 1, T0));
    pipeline.pipeSample(new TestRecord<>(key, value, newer, T0));

    assertThat(reason(onlyLetter()))
        .isEqualTo("hognose-schema=2: expected at most 1, upgrade the reader");
  }

  @Test
  void whatIsTooLargeIsCutAndSaysSo() {
    Headers large = new RecordHeaders().add("x", new byte[20_000]);
    byte[] largeKey = "k".repeat(5_000).getBytes(StandardCharsets.UTF_8);
    pipeline.pipeSample(new TestRecord<>(largeKey, new byte[10_000_000], large, T0));

    TestRecord<byte[], byte[]> letter = onlyLetter();
    assertThat(letter.key()).hasSize(4 << 10);
    assertThat(letter.value()).hasSize(128 << 10);
    assertThat(reason(letter)).isEqualTo("value of 10000000 bytes: expected at most 131072");
    assertThat(headers(letter))
        .containsEntry(
            "hognose-cut", "key of 5000 bytes, value of 10000000 bytes, headers of 20001 bytes")
        .doesNotContainKey("x");
  }

  @Test
  void impossibleFiguresAreMalformed() {
    dev.hognose.v1.Sample early =
        dev.hognose.v1.Sample.newBuilder()
            .setProcess(
                dev.hognose.v1.Process.newBuilder()
                    .setService("orders")
                    .setHost("web-1")
                    .setPid(1)
                    .setStartedAtMs(T0.toEpochMilli()))
            .setSequence(1)
            .setIntervalMs(250)
            .setAtMs(5)
            .build();
    pipeline.pipeSample(key, early.toByteArray(), T0);

    assertThat(reason(onlyLetter())).contains("at_ms=5: expected milliseconds since 1970");
  }

  @Test
  void aRecordWithoutATimeIsRefusedRatherThanSkipped() {
    assertThat(
            new RecordTime()
                .extract(
                    new org.apache.kafka.clients.consumer.ConsumerRecord<>(
                        SAMPLES, 0, 0, new Object(), new Object()),
                    -1))
        .isZero();
    pipeline.pipeSample(key, new SampleCodec().encode(sample(process, 1, T0)), Instant.EPOCH);

    assertThat(reason(onlyLetter())).contains("ahead of the record's timestamp");
  }

  @Test
  void aProcessIsForgottenOnlyAfterHours() {
    pipeline.pipe(sample(process, 1, T0));
    pipeline.advance(Duration.ofHours(3));
    assertThat(pipeline.known(KnownProcess::sequences)).isEqualTo(1);

    pipeline.advance(Duration.ofHours(2));
    assertThat(pipeline.known(KnownProcess::sequences)).isZero();
  }

  private TestRecord<byte[], byte[]> onlyLetter() {
    return assertThat(pipeline.letters()).singleElement().actual();
  }

  private static String reason(TestRecord<byte[], byte[]> letter) {
    return headers(letter).getOrDefault("hognose-reason", "");
  }

  private static Map<String, String> headers(TestRecord<byte[], byte[]> letter) {
    Map<String, String> headers = new TreeMap<>();
    letter
        .headers()
        .forEach(each -> headers.put(each.key(), new String(each.value(), StandardCharsets.UTF_8)));
    return headers;
  }
}
