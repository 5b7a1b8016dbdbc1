package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.wire.client.GroupMember;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Response;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.Result;
import org.apache.kafka.streams.errors.ProductionExceptionHandler.SerializationExceptionOrigin;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** What becomes of records that fail after they were read. */
class FailureTest {

  private static final byte[] VALUE = {1};

  @Test
  void aDefectOfOursMakesADeadLetterAndTheStreamGoesOn() {
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream("in", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("in"))
        .mapValues(value -> new byte[10 / value.length], Named.as("division"))
        .to("out", Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("out"));
    Properties properties = StreamsProperties.of(Pipeline.settings(Map.of()));
    try (TopologyTestDriver driver =
        new TopologyTestDriver(builder.build(properties), properties)) {
      TestInputTopic<byte[], byte[]> in =
          driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());
      in.pipeInput(VALUE, new byte[0]);
      in.pipeInput(VALUE, VALUE);

      assertThat(read(driver, "out").readRecordsToList()).hasSize(1);
      TestRecord<byte[], byte[]> letter =
          assertThat(read(driver, "hognose.dead-letters").readRecordsToList())
              .singleElement()
              .actual();
      assertThat(letter.value()).isEmpty();
      assertThat(header(letter.headers(), DeadLetter.TOPIC)).isEqualTo("in");
      assertThat(header(letter.headers(), DeadLetter.REASON))
          .isEqualTo("defect in division: java.lang.ArithmeticException: / by zero");
    }
  }

  private static TestOutputTopic<byte[], byte[]> read(TopologyTestDriver driver, String topic) {
    return driver.createOutputTopic(
        topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  @Test
  void whatIsTooLargeMakesADeadLetter() {
    Response response = refused(new RecordTooLargeException("2 MB"));

    assertThat(response.result()).isEqualTo(Result.RESUME);
    ProducerRecord<byte[], byte[]> letter =
        assertThat(response.deadLetterQueueRecords()).singleElement().actual();
    assertThat(letter.topic()).isEqualTo("hognose.dead-letters");
    assertThat(letter.value()).isEqualTo(VALUE);
    assertThat(header(letter.headers(), DeadLetter.REASON))
        .isEqualTo("too large for hognose.alerts: 2 MB");
    assertThat(header(letter.headers(), DeadLetter.OFFSET)).isEqualTo("7");
  }

  @Test
  void aDeadLetterThatIsTooLargeMakesNoOther() {
    ProducerRecord<byte[], byte[]> letter =
        new ProducerRecord<>("hognose.dead-letters", VALUE, VALUE);
    Response response =
        new UnwritableRecords()
            .handleError(new Origin(), letter, new RecordTooLargeException("2 MB"));

    assertThat(response.result()).isEqualTo(Result.RESUME);
    assertThat(response.deadLetterQueueRecords()).isEmpty();
  }

  @Test
  void whatCannotBeWrittenAsBytesMakesADeadLetter() {
    ProducerRecord<String, String> alert = new ProducerRecord<>("hognose.alerts", "a1", "firing");
    Response response =
        new UnwritableRecords()
            .handleSerializationError(
                new Origin(),
                alert,
                new IllegalStateException("no such kind"),
                SerializationExceptionOrigin.VALUE);

    assertThat(response.result()).isEqualTo(Result.RESUME);
    ProducerRecord<byte[], byte[]> letter =
        assertThat(response.deadLetterQueueRecords()).singleElement().actual();
    assertThat(letter.value()).as("what it was made of, as received").isEqualTo(VALUE);
    assertThat(header(letter.headers(), DeadLetter.REASON))
        .isEqualTo(
            "no bytes of its VALUE for hognose.alerts:"
                + " java.lang.IllegalStateException: no such kind");
  }

  @Test
  void whatMayPassIsTriedAgainAndTheRestEndsTheThread() {
    assertThat(refused(new NetworkException("gone")).result()).isEqualTo(Result.RETRY);
    assertThat(refused(new TopicAuthorizationException("hognose.alerts")).result())
        .isEqualTo(Result.FAIL);
  }

  @Test
  void whoDeletedATopicIsToldWhatToDo() {
    assertThat(
            StreamsFailure.sentence(
                new MissingSourceTopicException("during rebalance"), GroupMember.NAMELESS))
        .isEqualTo(
            "a topic that they read is gone: create it with hognose topics --create and start again");
  }

  private static Response refused(Exception refusal) {
    ProducerRecord<byte[], byte[]> alert = new ProducerRecord<>("hognose.alerts", VALUE, VALUE);
    return new UnwritableRecords().handleError(new Origin(), alert, refusal);
  }

  private static String header(Headers headers, String name) {
    return new String(headers.lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  /** A record that was read from hognose.events-3@7. */
  private record Origin() implements ErrorHandlerContext {

    @Override
    public String topic() {
      return "hognose.events";
    }

    @Override
    public int partition() {
      return 3;
    }

    @Override
    public long offset() {
      return 7;
    }

    @Override
    public Headers headers() {
      return new RecordHeaders();
    }

    @Override
    public String processorNodeId() {
      return "loop-block-judge";
    }

    @Override
    public TaskId taskId() {
      return new TaskId(0, 3);
    }

    @Override
    public long timestamp() {
      return 1;
    }

    @Override
    public byte[] sourceRawKey() {
      return VALUE;
    }

    @Override
    public byte[] sourceRawValue() {
      return VALUE;
    }
  }
}
