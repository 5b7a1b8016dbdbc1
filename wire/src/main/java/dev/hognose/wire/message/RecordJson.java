package dev.hognose.wire.message;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.hognose.alert.Alert;
import dev.hognose.leak.Trend;
import dev.hognose.service.ServiceSummary;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.Schema;
import dev.hognose.wire.ServiceSummaryCodec;
import dev.hognose.wire.Topics;
import dev.hognose.wire.TrendCodec;
import dev.hognose.wire.sample.SampleCodec;
import dev.hognose.wire.sample.SampleInWords;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages as JSON for people and scripts.
 *
 * <p>Unlike protobuf's own mapping it keeps the field names of the contract, writes 64 bit integers
 * as numbers and choices in lower case. Absent optional fields are left out, figures that are zero
 * are not.
 */
public final class RecordJson {

  private static final Map<String, Parser<? extends Message>> MESSAGES =
      Map.of(
          Topics.SAMPLES.name(), dev.hognose.v1.Sample.parser(),
          Topics.EVENTS.name(), dev.hognose.v1.Event.parser(),
          Topics.TRENDS.name(), dev.hognose.v1.Trend.parser(),
          Topics.PROFILES.name(), dev.hognose.v1.ServiceProfile.parser(),
          Topics.SERVICES.name(), dev.hognose.v1.ServiceSummary.parser(),
          Topics.ALERTS.name(), dev.hognose.v1.Alert.parser());

  private static final SampleCodec SAMPLES = new SampleCodec();
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RecordJson() {}

  /**
   * The message in a record of one of our topics; a sample of any form in the words of the first.
   *
   * @throws MalformedRecordException when it is none, or the topic holds no messages
   */
  public static ObjectNode of(String topic, byte @Nullable [] key, byte[] value) {
    try {
      return render(
          isSecondSample(topic, value)
              ? SampleInWords.of(SAMPLES.decode(key, value))
              : message(topic, value));
    } catch (InvalidProtocolBufferException notProtobuf) {
      throw Parsing.noMessage(notProtobuf);
    }
  }

  /** Of a message that says itself whose it is, as all do but samples. */
  public static ObjectNode of(String topic, byte[] value) {
    return of(topic, null, value);
  }

  private static boolean isSecondSample(String topic, byte[] value) {
    return topic.equals(Topics.SAMPLES.name()) && Schema.ofSample(value) != Schema.FIRST;
  }

  /** The message as it is written, of the form that it says. */
  static Message message(String topic, byte[] value) throws InvalidProtocolBufferException {
    if (isSecondSample(topic, value)) {
      return dev.hognose.v2.Sample.parseFrom(value);
    }
    Parser<? extends Message> parser = MESSAGES.get(topic);
    if (parser == null) {
      throw new MalformedRecordException(
          "topic=" + topic + ": expected one of " + MESSAGES.keySet().stream().sorted().toList());
    }
    return parser.parseFrom(value);
  }

  public static ObjectNode of(Alert alert) {
    return render(AlertCodec.write(alert));
  }

  public static ObjectNode of(Trend trend) {
    return render(TrendCodec.write(trend));
  }

  public static ObjectNode of(ServiceSummary summary) {
    return render(ServiceSummaryCodec.write(summary));
  }

  private static ObjectNode render(Message message) {
    ObjectNode object = JSON.objectNode();
    for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
      if (field.isRepeated()) {
        object.set(field.getName(), array(field, message));
      } else if (!field.hasPresence() || message.hasField(field)) {
        set(object, field, message.getField(field));
      }
    }
    return object;
  }

  private static ArrayNode array(FieldDescriptor field, Message message) {
    ArrayNode array = JSON.arrayNode();
    ObjectNode holder = JSON.objectNode();
    for (Object element : (List<?>) message.getField(field)) {
      set(holder, field, element);
      array.add(holder.get(field.getName()));
    }
    return array;
  }

  private static void set(ObjectNode object, FieldDescriptor field, Object value) {
    String name = field.getName();
    switch (field.getJavaType()) {
      case INT ->
          object.put(
              name,
              field.getType() == FieldDescriptor.Type.UINT32
                  ? Integer.toUnsignedLong((Integer) value)
                  : (long) (Integer) value);
      case LONG -> object.put(name, (Long) value);
      case DOUBLE -> object.put(name, (Double) value);
      case FLOAT -> object.put(name, (Float) value);
      case BOOLEAN -> object.put(name, (Boolean) value);
      case STRING -> object.put(name, (String) value);
      case ENUM -> object.put(name, word((EnumValueDescriptor) value));
      case MESSAGE -> object.set(name, render((Message) value));
      case BYTE_STRING -> throw new AssertionError(field.getFullName() + ": no bytes in messages");
    }
  }

  private static String word(EnumValueDescriptor value) {
    return value.getNumber() == 0 ? "unknown" : value.getName().toLowerCase(Locale.ROOT);
  }
}
