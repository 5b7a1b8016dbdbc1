package dev.hognose.wire.message;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Schema;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Replaces every text of a record by a keyed hash: the same text by the same hash, so that a
 * judgement finds the same processes, culprits and sites.
 *
 * <p>All texts of the contract are names; the few that are words of the contract itself, and are
 * read as such, stay. What this version does not know, unknown fields and headers, is left out.
 */
public final class Anonymiser {

  private static final Set<String> KINDS = Set.of("asyncio", "uvloop");

  /** CPython's name, which a sample of the second form leaves out: events must say the same. */
  private static final Set<String> MAIN_THREAD = Set.of("MainThread");

  /** Words that are not the service's own. */
  static final Map<String, Set<String>> WORDS =
      Map.of(
          "hognose.v1.EventLoop.kind", KINDS,
          "hognose.v2.EventLoop.kind", KINDS,
          "hognose.v1.EventLoop.name", MAIN_THREAD,
          "hognose.v2.EventLoop.name", MAIN_THREAD,
          "hognose.v1.ThreadCpu.name", MAIN_THREAD,
          "hognose.v2.ThreadCpu.name", MAIN_THREAD,
          "hognose.v1.LoopBlock.loop", MAIN_THREAD,
          "hognose.v1.Stack.thread", MAIN_THREAD);

  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int HASH_BYTES = 8;
  private static final int MOST_KNOWN = 100_000;

  private final Mac mac;
  private final Map<String, String> known = new HashMap<>();

  private Anonymiser(byte[] key) {
    try {
      mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
      throw new AssertionError("every JDK has " + ALGORITHM, impossible);
    }
  }

  /** With a key that nobody knows: no other capture's hashes are like these. */
  public static Anonymiser withNewKey() {
    byte[] key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new Anonymiser(key);
  }

  /**
   * With a key.
   *
   * @throws MalformedRecordException when it is too short to be one
   */
  public static Anonymiser keyed(byte[] key) {
    if (key.length < KEY_BYTES / 2) {
      throw new MalformedRecordException(
          "a key of " + key.length + " bytes: expected " + KEY_BYTES / 2 + " or more");
    }
    return new Anonymiser(key);
  }

  /** The record without its names; one that cannot be read keeps its place and nothing else. */
  public ConsumerRecord<byte[], byte[]> anonymous(ConsumerRecord<byte[], byte[]> record) {
    byte[] key = record.key() == null ? new byte[0] : key(record.key());
    byte[] value = record.value() == null ? new byte[0] : value(record);
    RecordHeaders headers = new RecordHeaders();
    Header schema = record.headers().lastHeader(Schema.HEADER);
    if (schema != null && Arrays.equals(schema.value(), Schema.header())) {
      headers.add(Schema.HEADER, Schema.header());
    }
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        record.timestampType(),
        key.length,
        value.length,
        key,
        value,
        headers,
        Optional.empty());
  }

  /** service/host/pid/started_at_ms: pid and start are numbers and stay. */
  private byte[] key(byte[] key) {
    String[] parts = new String(key, StandardCharsets.UTF_8).split("/", -1);
    int service = parts.length - 3;
    if (service < 1) {
      return hash(new String(key, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }
    String name = String.join("/", List.of(parts).subList(0, service));
    return String.join(
            "/",
            hash(name),
            hash(parts[service]),
            number(parts[service + 1]),
            number(parts[service + 2]))
        .getBytes(StandardCharsets.UTF_8);
  }

  private String number(String text) {
    return text.matches("-?\\d{1,19}") ? text : hash(text);
  }

  private byte[] value(ConsumerRecord<byte[], byte[]> record) {
    try {
      return anonymous(RecordJson.message(record.topic(), record.value())).toByteArray();
    } catch (InvalidProtocolBufferException | MalformedRecordException unreadable) {
      return new byte[] {0};
    }
  }

  Message anonymous(Message message) {
    Message.Builder builder =
        message.toBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
    message
        .getAllFields()
        .forEach(
            (field, value) ->
                builder.setField(
                    field,
                    field.isRepeated()
                        ? ((List<?>) value).stream().map(each -> one(field, each)).toList()
                        : one(field, value)));
    return builder.build();
  }

  private Object one(FieldDescriptor field, Object value) {
    return switch (field.getJavaType()) {
      case STRING -> text(field, (String) value);
      case MESSAGE -> anonymous((Message) value);
      default -> value;
    };
  }

  private String text(FieldDescriptor field, String value) {
    boolean isOurs = WORDS.getOrDefault(field.getFullName(), Set.of()).contains(value);
    return isOurs ? value : hash(value);
  }

  /** No text stays no text: it says that something is not known. */
  private String hash(String text) {
    if (text.isEmpty()) {
      return text;
    }
    if (known.size() > MOST_KNOWN) {
      known.clear();
    }
    return known.computeIfAbsent(
        text,
        unknown -> {
          byte[] hash = mac.doFinal(unknown.getBytes(StandardCharsets.UTF_8));
          return "h" + HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        });
  }
}
