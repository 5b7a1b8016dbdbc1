package dev.hognose.wire.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.UnknownFieldSet;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AnonymiserTest {

  private static final byte[] KEY = "a key of more than sixteen bytes".getBytes(UTF_8);

  /** A message for each text of the contract, with that text set and all that is around it. */
  record Text(String topic, Descriptor root, List<FieldDescriptor> path) {

    FieldDescriptor field() {
      return path.get(path.size() - 1);
    }

    DynamicMessage message(String value) {
      return message(root, path, value);
    }

    private static DynamicMessage message(
        Descriptor type, List<FieldDescriptor> path, String value) {
      FieldDescriptor first = path.get(0);
      Object set =
          path.size() == 1
              ? value
              : message(first.getMessageType(), path.subList(1, path.size()), value);
      DynamicMessage.Builder message = DynamicMessage.newBuilder(type);
      if (type == dev.hognose.v2.Sample.getDescriptor()) {
        message.setField(type.findFieldByName("schema"), 2);
      }
      return first.isRepeated()
          ? message.addRepeatedField(first, set).build()
          : message.setField(first, set).build();
    }

    @Override
    public String toString() {
      return field().getFullName();
    }
  }

  static List<Text> texts() {
    List<Text> texts = new ArrayList<>();
    collect(
        new Text(Topics.SAMPLES.name(), dev.hognose.v1.Sample.getDescriptor(), List.of()),
        dev.hognose.v1.Sample.getDescriptor(),
        texts);
    collect(
        new Text(Topics.SAMPLES.name(), dev.hognose.v2.Sample.getDescriptor(), List.of()),
        dev.hognose.v2.Sample.getDescriptor(),
        texts);
    collect(
        new Text(Topics.EVENTS.name(), dev.hognose.v1.Event.getDescriptor(), List.of()),
        dev.hognose.v1.Event.getDescriptor(),
        texts);
    return texts;
  }

  private static void collect(Text parent, Descriptor type, List<Text> texts) {
    for (FieldDescriptor field : type.getFields()) {
      List<FieldDescriptor> path = new ArrayList<>(parent.path());
      path.add(field);
      Text text = new Text(parent.topic(), parent.root(), path);
      switch (field.getJavaType()) {
        case STRING -> texts.add(text);
        case MESSAGE -> collect(text, field.getMessageType(), texts);
        case BYTE_STRING -> throw new AssertionError(field + ": nobody anonymises bytes");
        default -> {}
      }
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noTextOfTheContractSurvives(Text text) {
    String secret = "/srv/orders/Überweisung.py";

    byte[] anonymous = anonymous(text.topic(), text.message(secret).toByteArray());

    assertThat(
            ByteString.copyFrom(anonymous).toString(java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain("orders", "srv", "weisung");
    assertThat(anonymous).hasSizeGreaterThan(8);
  }

  @Test
  void everyTextIsLookedAt() {
    assertThat(texts()).hasSizeGreaterThan(40);
    assertThat(texts())
        .extracting(Text::toString)
        .contains(
            "hognose.v1.Process.service",
            "hognose.v1.Frame.file",
            "hognose.v1.TaskGroup.coroutine");
  }

  static List<Text> texts(String... fields) {
    return texts().stream().filter(text -> List.of(fields).contains(text.toString())).toList();
  }

  @Test
  void wordsOfTheContractStay() {
    for (Text kind : texts("hognose.v1.EventLoop.kind", "hognose.v2.EventLoop.kind")) {
      byte[] uvloop = kind.message("uvloop").toByteArray();
      assertThat(anonymous(kind.topic(), uvloop)).isEqualTo(uvloop);
    }
    assertThat(texts()).extracting(Text::toString).containsAll(Anonymiser.WORDS.keySet());
  }

  /** A sample leaves it out, so that a hash of it would be of another thread than the events'. */
  @Test
  void mainThreadHasTheSameNameInSamplesAndEvents() {
    List<Text> names =
        texts(
            "hognose.v1.EventLoop.name",
            "hognose.v2.EventLoop.name",
            "hognose.v1.ThreadCpu.name",
            "hognose.v2.ThreadCpu.name",
            "hognose.v1.LoopBlock.loop",
            "hognose.v1.Stack.thread");
    assertThat(names).hasSizeGreaterThanOrEqualTo(6);
    for (Text name : names) {
      byte[] main = name.message("MainThread").toByteArray();
      assertThat(anonymous(name.topic(), main)).as(name.toString()).isEqualTo(main);
    }
  }

  @Test
  void sampleOfAFormThatIsNotKnownKeepsNothing() {
    assertThat(anonymous(Topics.SAMPLES.name(), new byte[] {8, 3, 42})).isEqualTo(new byte[] {0});
  }

  @Test
  void sameNameHasTheSameHashInKeyAndMessage() throws Exception {
    dev.hognose.v1.Sample sample =
        dev.hognose.v1.Sample.newBuilder()
            .setProcess(
                dev.hognose.v1.Process.newBuilder().setService("a/b").setHost("web-1").setPid(7))
            .build();
    ConsumerRecord<byte[], byte[]> anonymous =
        Anonymiser.keyed(KEY).anonymous(record("a/b/web-1/7/12", sample.toByteArray()));

    dev.hognose.v1.Process process =
        dev.hognose.v1.Sample.parseFrom(anonymous.value()).getProcess();
    assertThat(new String(anonymous.key(), UTF_8))
        .isEqualTo(process.getService() + "/" + process.getHost() + "/7/12");
    assertThat(process.getService()).matches("h[0-9a-f]{16}");
  }

  @Test
  void anotherKeyGivesOtherHashes() {
    byte[] value = texts().get(0).message("orders").toByteArray();

    assertThat(Anonymiser.withNewKey().anonymous(record("k", value)).value())
        .isNotEqualTo(Anonymiser.withNewKey().anonymous(record("k", value)).value());
    assertThat(anonymous(Topics.SAMPLES.name(), value))
        .isEqualTo(anonymous(Topics.SAMPLES.name(), value));
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    byte[] unknown =
        dev.hognose.v1.Sample.newBuilder()
            .setSequence(5)
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        4711,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("secret"))
                            .build())
                    .build())
            .build()
            .toByteArray();
    ConsumerRecord<byte[], byte[]> record = record("k", unknown);
    record.headers().add("trace", "secret".getBytes(UTF_8));
    record.headers().add(Schema.HEADER, "secret".getBytes(UTF_8));

    ConsumerRecord<byte[], byte[]> anonymous = Anonymiser.keyed(KEY).anonymous(record);

    assertThat(anonymous.value())
        .isEqualTo(dev.hognose.v1.Sample.newBuilder().setSequence(5).build().toByteArray());
    assertThat(anonymous.headers()).isEmpty();
    byte[] noMessage = "secret words".getBytes(UTF_8);
    assertThat(anonymous(Topics.SAMPLES.name(), noMessage)).isEqualTo(new byte[] {0});
  }

  @Test
  void keyThatIsTooShortIsRefused() {
    assertThatThrownBy(() -> Anonymiser.keyed(new byte[3]))
        .hasMessage("a key of 3 bytes: expected 16 or more");
  }

  private static byte[] anonymous(String topic, byte[] value) {
    ConsumerRecord<byte[], byte[]> record = record("k", value);
    return Anonymiser.keyed(KEY)
        .anonymous(new ConsumerRecord<>(topic, 0, 0, record.key(), record.value()))
        .value();
  }

  private static ConsumerRecord<byte[], byte[]> record(String key, byte[] value) {
    return new ConsumerRecord<>(
        Topics.SAMPLES.name(),
        0,
        0,
        1,
        TimestampType.CREATE_TIME,
        0,
        0,
        key.getBytes(UTF_8),
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
