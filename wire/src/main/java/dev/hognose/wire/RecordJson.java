package dev.hognose.wire;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RecordJson() {}

  /**
   * The message in a record of one of our topics.
   *
   * @throws MalformedRecordException when it is none, or the topic holds no messages
   */
  public static ObjectNode of(String topic, byte[] value) {
    try {
      return render(message(topic, value));
    } catch (InvalidProtocolBufferException notProtobuf) {
      throw new MalformedRecordException(
          "no protobuf of the expected message: " + notProtobuf.getMessage(), notProtobuf);
    }
  }

  static Message message(String topic, byte[] value) throws InvalidProtocolBufferException {
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
