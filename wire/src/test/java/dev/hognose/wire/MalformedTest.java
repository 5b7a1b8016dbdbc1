package dev.hognose.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.v1.EventLoop;
import dev.hognose.v1.Process;
import dev.hognose.v1.Sample;
import dev.hognose.v1.TaskGroup;
import dev.hognose.wire.part.ProcessCodec;
import dev.hognose.wire.sample.SampleCodec;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class MalformedTest {

  private final SampleCodec samples = new SampleCodec();

  private void decode(byte[] value) {
    samples.decode(Examples.KEY, value);
  }

  private final EventCodec events = new EventCodec();

  @Test
  void bytesThatAreNoProtobuf() {
    byte[] text = "not a protobuf at all".getBytes(UTF_8);

    assertThatThrownBy(() -> decode(text))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageStartingWith("no protobuf of the expected message: ");
  }

  @Test
  void emptyValueIsNoSample() {
    assertThatThrownBy(() -> decode(new byte[0]))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("service: expected a name, got nothing");
  }

  @Test
  void figuresThatCannotBe() {
    refused(sample -> sample.setSequence(0), "sequence=0: expected 1 or more");
    refused(sample -> sample.setRssBytes(-1), "bytes=-1: expected none or more");
    refused(
        sample -> sample.setAtMs(5), "at_ms=5: expected milliseconds since 1970, in 2015 to 2200");
    refused(
        sample -> sample.setCpuUserSecondsTotal(Double.NaN),
        "cpu_user_seconds_total=NaN: expected seconds, 0 or more");
    refused(
        sample -> sample.setCpuLimitCores(Double.POSITIVE_INFINITY),
        "cpu_limit_cores=Infinity: expected 0 or more");
    refused(sample -> sample.setCpuLimitCores(-1), "cpu_limit_cores=-1.0: expected 0 or more");
    refused(
        sample -> sample.getGilWaitSecondsBuilder().setSumSeconds(1e301),
        "histogram sum=1.0E301: expected seconds, 0 or more");
    refused(
        sample -> sample.setCpuSystemSecondsTotal(Double.POSITIVE_INFINITY),
        "cpu_system_seconds_total=Infinity: expected seconds, 0 or more");
    refused(sample -> sample.setIntervalMs(0), "interval_ms=0: expected 1 to 86400000");
    refused(sample -> sample.setIntervalMs(-1), "interval_ms=4294967295: expected 1 to 86400000");
    refused(
        sample -> sample.getGilWaitSecondsBuilder().addCounts(-5),
        "histogram count=-5: expected none or more");
  }

  @Test
  void groupsOfTasksThatCannotBe() {
    refusedGroup(group -> group.setCoroutine(""), "coroutine: expected a name, got nothing");
    refusedGroup(
        group -> group.setCoroutine("x".repeat(257)),
        "coroutine of 257 characters: expected at most 256");
    refusedGroup(group -> group.setCoroutine("a\nb"), "coroutine: expected no control characters");
    refusedGroup(group -> group.setCount(0), "tasks of orders.poll=0: expected 1 or more");
    refusedGroup(
        group -> group.setCount(-1), "tasks of orders.poll=4294967295: expected 1 or more");
    refusedGroup(
        group -> group.setOldestSeconds(Double.NaN),
        "oldest_seconds=NaN: expected seconds, 0 or more");
    refused(
        sample -> {
          EventLoop.Builder loop = sample.addLoopsBuilder();
          for (int i = 0; i < 11; i++) {
            loop.addTasksByCoroutine(group());
          }
        },
        "tasks_by_coroutine of 11 groups: expected at most 10");
  }

  private void refusedGroup(Consumer<TaskGroup.Builder> spoil, String reason) {
    TaskGroup.Builder group = group();
    spoil.accept(group);
    refused(sample -> sample.addLoopsBuilder().addTasksByCoroutine(group), reason);
  }

  private static TaskGroup.Builder group() {
    return TaskGroup.newBuilder().setCoroutine("orders.poll").setCount(3).setOldestSeconds(1.5);
  }

  private void refused(Consumer<Sample.Builder> spoil, String reason) {
    Sample.Builder sample =
        Sample.newBuilder()
            .setProcess(
                Process.newBuilder()
                    .setService("orders")
                    .setHost("web-1")
                    .setPid(1)
                    .setStartedAtMs(1_772_000_000_000L))
            .setSequence(1)
            .setAtMs(1_772_000_001_000L)
            .setIntervalMs(10_000);
    assertThatCode(() -> decode(sample.build().toByteArray())).doesNotThrowAnyException();

    spoil.accept(sample);

    assertThatThrownBy(() -> decode(sample.build().toByteArray()))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage(reason);
  }

  @Test
  void eventOfAKindFromTheFuture() {
    byte[] event =
        dev.hognose.v1.Event.newBuilder()
            .setProcess(ProcessCodec.write(Examples.PROCESS))
            .setSequence(1)
            .setAtMs(Examples.AT.toEpochMilli())
            .build()
            .toByteArray();

    assertThatThrownBy(() -> events.decode(event))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("event of no kind that is known here");
  }

  @Test
  void alteredBytesHaveOneWayToFail() {
    byte[] whole = samples.encode(Examples.fullSample());
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      byte[] altered = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      altered[random.nextInt(altered.length)] = (byte) random.nextInt();
      onlyTheIntendedException(altered);
    }
  }

  private void onlyTheIntendedException(byte[] altered) {
    try {
      decode(altered);
    } catch (MalformedRecordException intended) {
      assertThatCode(intended::getMessage).doesNotThrowAnyException();
    }
  }

  @Test
  void newerSchemaIsRefusedNotGuessed() {
    assertThatCode(() -> Schema.check(new RecordHeaders())).doesNotThrowAnyException();
    assertThatCode(() -> Schema.check(headers("1"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> Schema.check(headers("2")))
        .hasMessage("hognose-schema=2: expected at most 1, upgrade the reader");
    assertThatThrownBy(() -> Schema.check(headers("one")))
        .hasMessage("hognose-schema=one: expected a number");
  }

  private static RecordHeaders headers(String schema) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Schema.HEADER, schema.getBytes(UTF_8));
    return headers;
  }
}
