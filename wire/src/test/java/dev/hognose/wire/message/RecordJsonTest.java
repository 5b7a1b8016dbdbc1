package dev.hognose.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.sample.Event;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.Examples;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Topics;
import dev.hognose.wire.sample.SampleCodec;
import org.junit.jupiter.api.Test;

class RecordJsonTest {

  @Test
  void fieldNamesAreThoseOfTheContractAndNumbersAreNumbers() {
    ObjectNode sample =
        RecordJson.of(
            Topics.SAMPLES.name(), Examples.KEY, new SampleCodec().encode(Examples.fullSample()));

    assertThat(sample.at("/process/service").asText()).isEqualTo("orders");
    assertThat(sample.get("rss_bytes").isIntegralNumber()).isTrue();
    assertThat(sample.get("rss_bytes").longValue()).isEqualTo(213L << 20);
    assertThat(sample.at("/loops/0/lag_seconds/counts/1").longValue()).isEqualTo(90);
    assertThat(sample.at("/gc/generation/2/uncollectable_total").longValue()).isEqualTo(3);
    assertThat(sample.at("/gc/enabled").booleanValue()).isTrue();
    assertThat(sample.at("/loops/0/tasks_by_coroutine/0/coroutine").asText())
        .isEqualTo("orders.worker.poll");
    assertThat(sample.at("/loops/0/tasks_by_coroutine/1/oldest_seconds").doubleValue())
        .isEqualTo(1.5);
    assertThat(sample.at("/agent/skipped/0/reason").asText()).isEqualTo("too_many_tasks");
    assertThat(sample.get("malloc_free_bytes").longValue()).isZero();
  }

  @Test
  void absentFiguresAreLeftOutAndZerosAreNot() {
    ObjectNode sample =
        RecordJson.of(
            Topics.SAMPLES.name(), Examples.KEY, new SampleCodec().encode(Examples.sparseSample()));

    assertThat(sample.has("uss_bytes")).isFalse();
    assertThat(sample.get("cpu_user_seconds_total").doubleValue()).isZero();
    assertThat(sample.get("loops")).isEmpty();
    assertThat(sample.get("gc").has("enabled")).isFalse();
  }

  @Test
  void onlyTheHappeningThatIsThereIsWritten() {
    byte[] event =
        new EventCodec()
            .encode(new Event(Examples.PROCESS, 2, Examples.AT, "", Examples.loopBlock()));

    ObjectNode json = RecordJson.of(Topics.EVENTS.name(), event);

    assertThat(json.at("/loop_block/cause").asText()).isEqualTo("sync_sleep");
    assertThat(json.at("/loop_block/culprit/line").intValue()).isEqualTo(41);
    assertThat(json.has("started")).isFalse();
  }

  @Test
  void alertsAndTrendsReadAsOnTheWire() {
    assertThat(RecordJson.of(Examples.alert()).get("kind").asText()).isEqualTo("memory_leak");
    assertThat(RecordJson.of(Examples.alert()).has("resolved_ms")).isFalse();
    assertThat(RecordJson.of(Examples.trend()).get("where").asText()).isEqualTo("python_hidden");
  }

  @Test
  void topicWithoutMessagesIsNamed() {
    assertThatThrownBy(() -> RecordJson.of("hognose.dead-letters", new byte[0]))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessageStartingWith("topic=hognose.dead-letters: expected one of [hognose.alerts");
  }
}
