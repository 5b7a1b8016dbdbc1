package dev.hognose.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.hognose.v1.Sample;
import dev.hognose.wire.capture.Capture;
import dev.hognose.wire.part.ProcessCodec;
import dev.hognose.wire.sample.SampleCodec;
import dev.hognose.wire.sample.SampleInWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An upgrade of the contract, and back: the version under proto/before reads what today's writes,
 * and is read.
 */
class ContractBeforeTest {

  private static final Path BEFORE = Path.of("..", "proto", "before");

  private static final Map<String, Message> MESSAGES =
      Map.of(
          "v1sample", Sample.getDefaultInstance(),
          "event", dev.hognose.v1.Event.getDefaultInstance(),
          "trend", dev.hognose.v1.Trend.getDefaultInstance(),
          "alert", dev.hognose.v1.Alert.getDefaultInstance(),
          "service", dev.hognose.v1.ServiceSummary.getDefaultInstance(),
          "profile", dev.hognose.v1.ServiceProfile.getDefaultInstance(),
          "capture", dev.hognose.v1.CaptureEntry.getDefaultInstance());

  /** All but samples of the second form, which no older program reads. */
  static Stream<Path> golden() throws IOException {
    return GoldenTest.golden().filter(file -> !file.getFileName().toString().startsWith("sample"));
  }

  @Test
  void everyFieldHasTheNumberAndTheTypeThatItHad() throws Exception {
    Map<String, Descriptor> today = new LinkedHashMap<>();
    MESSAGES.values().forEach(each -> add(each.getDescriptorForType().getFile(), today));
    List<String> changed = new ArrayList<>();
    for (Descriptor was : before().values()) {
      Descriptor is = today.get(was.getFullName());
      for (FieldDescriptor field : was.getFields()) {
        FieldDescriptor same = is == null ? null : is.findFieldByNumber(field.getNumber());
        if (same == null || !shape(field).equals(shape(same))) {
          changed.add(shape(field) + (same == null ? ", now gone" : ", now " + shape(same)));
        } else if (field.getJavaType() == FieldDescriptor.JavaType.ENUM) {
          changed.addAll(changed(field.getEnumType(), same.getEnumType()));
        }
      }
    }

    assertThat(changed).isEmpty();
  }

  private static List<String> changed(EnumDescriptor was, EnumDescriptor is) {
    return was.getValues().stream()
        .filter(value -> !isIn(is, value))
        .map(value -> value.getFullName() + "=" + value.getNumber() + ", now gone")
        .toList();
  }

  private static boolean isIn(EnumDescriptor is, EnumValueDescriptor value) {
    EnumValueDescriptor same = is.findValueByNumber(value.getNumber());
    return same != null && same.getName().equals(value.getName());
  }

  /** What an older program makes of it is today's message without what it cannot know. */
  @ParameterizedTest
  @MethodSource("golden")
  void olderProgramReadsWhatTodaysWrites(Path file) throws Exception {
    Message today = message(file);
    Descriptor was = before(today.getDescriptorForType().getFullName());

    DynamicMessage read = DynamicMessage.parseFrom(was, Files.readAllBytes(file));

    Message known = parsed(today, without(read).toByteArray());
    assertThat(known).isEqualTo(known(today, was));
  }

  /** It finds no process, whatever else it makes of the figures: a dead letter, never a guess. */
  @ParameterizedTest
  @ValueSource(strings = {"sample", "sample_zeros"})
  void olderProgramRefusesTheFormThatItDoesNotKnow(String name) throws Exception {
    byte[] sent = Files.readAllBytes(Path.of("..", "proto", "golden", name + ".bin"));
    Descriptor was = before("hognose.v1.Sample");

    assertThat(was.findFieldByNumber(1).getName()).isEqualTo("process");
    assertThat(DynamicMessage.parseFrom(was, sent).hasField(was.findFieldByNumber(1))).isFalse();
    assertThatThrownBy(
            () -> Parsing.parse(Sample.parser(), sent, m -> ProcessCodec.read(m.getProcess())))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("service: expected a name, got nothing");
  }

  /** And loses nothing of it on the way to its record and back. */
  @ParameterizedTest
  @ValueSource(strings = {"sample", "sample_zeros"})
  void todaysProgramReadsWhatOlderAgentsSend(String name) throws Exception {
    byte[] sent = Files.readAllBytes(BEFORE.resolve(name + ".bin"));

    dev.hognose.sample.Sample read = new SampleCodec().decode(GoldenTest.KEY, sent);

    assertThat(SampleInWords.of(read)).isEqualTo(Sample.parseFrom(sent));
    assertThat(new SampleCodec().decode(GoldenTest.KEY, new SampleCodec().encode(read)))
        .isEqualTo(read);
  }

  @Test
  void todaysProgramReadsWhatAnOlderAgentWroteToAFile() throws Exception {
    try (Capture capture = Capture.open(BEFORE.resolve("small.capture"))) {
      ConsumerRecord<byte[], byte[]> record = capture.next().orElseThrow();

      assertThat(new SampleCodec().decode(record.key(), record.value()).sequence()).isEqualTo(1);
      assertThat(capture.next()).isEmpty();
    }
  }

  private static Map<String, Descriptor> before() throws Exception {
    Map<String, FileDescriptor> files = new LinkedHashMap<>();
    Map<String, Descriptor> messages = new LinkedHashMap<>();
    var set = FileDescriptorSet.parseFrom(Files.readAllBytes(BEFORE.resolve("contract.desc")));
    for (var proto : set.getFileList()) {
      FileDescriptor[] imported =
          proto.getDependencyList().stream().map(files::get).toArray(FileDescriptor[]::new);
      FileDescriptor file = FileDescriptor.buildFrom(proto, imported);
      files.put(proto.getName(), file);
      add(file, messages);
    }
    assertThat(messages).containsKey("hognose.v1.Sample");
    return messages;
  }

  private static Descriptor before(String message) throws Exception {
    return Objects.requireNonNull(before().get(message), message);
  }

  private static void add(FileDescriptor file, Map<String, Descriptor> messages) {
    file.getMessageTypes().forEach(each -> add(each, messages));
  }

  private static void add(Descriptor message, Map<String, Descriptor> messages) {
    messages.put(message.getFullName(), message);
    message.getNestedTypes().forEach(each -> add(each, messages));
  }

  /** All that a reader of another version relies on. */
  private static String shape(FieldDescriptor field) {
    String type =
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            ? " " + field.getMessageType().getFullName()
            : "";
    String many = field.isRepeated() ? "repeated " : "";
    String presence = field.hasPresence() ? "" : ", no presence";
    return field.getFullName()
        + "="
        + field.getNumber()
        + " "
        + many
        + field.getType()
        + type
        + presence;
  }

  private static Message message(Path file) throws IOException {
    String kind = file.getFileName().toString().replaceFirst("[_.].*", "");
    Message empty = Objects.requireNonNull(MESSAGES.get(kind), kind);
    return parsed(empty, Files.readAllBytes(file));
  }

  private static Message parsed(Message kind, byte[] bytes) throws IOException {
    return kind.newBuilderForType().mergeFrom(bytes).build();
  }

  /** Of a message of today, what a version knew. */
  private static Message known(Message today, Descriptor was) {
    Message.Builder known = today.toBuilder();
    today
        .getAllFields()
        .forEach(
            (field, value) -> {
              FieldDescriptor had = was.findFieldByNumber(field.getNumber());
              if (had == null) {
                known.clearField(field);
              } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                known.setField(field, knownOf(value, had.getMessageType()));
              }
            });
    return known.build();
  }

  private static Object knownOf(Object value, Descriptor was) {
    return value instanceof List<?> several
        ? several.stream().map(each -> known((Message) each, was)).toList()
        : known((Message) value, was);
  }

  /** As a program that has no use for what it does not know. */
  private static Message without(Message read) {
    Message.Builder known = read.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
    read.getAllFields()
        .forEach(
            (field, value) -> {
              if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                known.setField(
                    field,
                    value instanceof List<?> several
                        ? several.stream().map(each -> without((Message) each)).toList()
                        : without((Message) value));
              }
            });
    return known.build();
  }
}
