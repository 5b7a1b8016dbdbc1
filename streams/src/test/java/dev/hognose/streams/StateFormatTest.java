package dev.hognose.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.leak.LeakState;
import dev.hognose.wire.client.GroupMember;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** State is read by the version that wrote it; any other ends the streams with a sentence. */
class StateFormatTest {

  private static final String ADVICE =
      ": stop all instances, reset them as docs/operations.md says under starting over, and start"
          + " again";

  private final Serde<String> text = StateFormat.in("leak-words", Serdes.String());

  @Test
  void whatWasWrittenIsRead() {
    byte[] written = text.serializer().serialize("changelog", "grün");

    assertThat(written[0]).isEqualTo(StateFormat.VERSION);
    assertThat(text.deserializer().deserialize("changelog", written)).isEqualTo("grün");
  }

  @Test
  void noValueStaysNoValue() {
    assertThat(text.serializer().serialize("changelog", null)).isNull();
    assertThat(text.deserializer().deserialize("changelog", null)).isNull();
  }

  /** As the versions before packed: a window's format, the tags of fields, an empty message. */
  static List<byte[]> ofOtherVersions() {
    return List.of(
        new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 42},
        new byte[] {0x0a, 0x02, 0x08, 0x01},
        new byte[0],
        new byte[] {StateFormat.VERSION + 1, 1});
  }

  @ParameterizedTest
  @MethodSource("ofOtherVersions")
  void anotherVersionIsRefused(byte[] bytes) {
    assertThatThrownBy(() -> text.deserializer().deserialize("changelog", bytes))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessage("the state in leak-words was written by another version of hognose" + ADVICE);
  }

  @Test
  void whatIsSpoiltIsRefused() {
    Serde<?> words = StateFormat.in("leak-words", LeakServiceTopology.unheard().serde());

    assertThatThrownBy(
            () ->
                words
                    .deserializer()
                    .deserialize("changelog", new byte[] {StateFormat.VERSION, 0x0a, 0x7f}))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageStartingWith("the state in leak-words cannot be read: ")
        .hasMessageEndingWith(ADVICE);
  }

  /** They are kept packed, and would else be found spoilt by each closing of a bucket. */
  @Test
  void spoiltRingsAreRefusedWhenTheyAreRead() {
    byte[] packed = LeakState.initial().packRings();
    byte[] written = StateFormat.marked(packed);

    assertThat(StateFormat.read("leak-rings", written, LeakState::rings)).isEqualTo(packed);
    written[1] ^= 0x55;
    assertThatThrownBy(() -> StateFormat.read("leak-rings", written, LeakState::rings))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageStartingWith("the state in leak-rings cannot be read: ");
  }

  /** Not a dead letter for each record of a process, for ever. */
  @Test
  void stateThatCannotBeReadIsNoFaultOfARecord() {
    StreamsBuilder builder = new StreamsBuilder();
    Serde<?> cases = StateFormat.in("leak-words", LeakServiceTopology.unheard().serde());
    builder.stream("in", Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("in"))
        .mapValues(
            value -> cases.deserializer().deserialize("changelog", value), Named.as("reading"))
        .foreach((key, value) -> {}, Named.as("end"));
    Properties properties = StreamsProperties.of(Pipeline.settings(Map.of()));
    try (TopologyTestDriver driver =
        new TopologyTestDriver(builder.build(properties), properties)) {
      TestInputTopic<byte[], byte[]> in =
          driver.createInputTopic("in", new ByteArraySerializer(), new ByteArraySerializer());

      assertThatThrownBy(() -> in.pipeInput("key".getBytes(UTF_8), new byte[] {1}))
          .satisfies(
              failure ->
                  assertThat(StreamsFailure.sentence(failure, GroupMember.NAMELESS))
                      .isEqualTo(
                          "the state in leak-words was written by another version of hognose"
                              + ADVICE));
    }
  }
}
