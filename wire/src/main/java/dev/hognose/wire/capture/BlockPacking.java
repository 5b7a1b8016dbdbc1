package dev.hognose.wire.capture;

import com.github.luben.zstd.Zstd;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import dev.hognose.v1.CaptureBlock;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Packs the records of one block; capture.proto says how. The other way is {@link BlockReading}.
 */
final class BlockPacking {

  static final int MOST_RECORDS = 1 << 16;

  private static final int LEVEL = 9;
  private static final byte[] NO_VALUE = {};

  /** Without fields: all of its contents are text. */
  private static final Descriptor UNKNOWN = com.google.protobuf.Empty.getDescriptor();

  /** A record where its lane has it. */
  private record Place(
      ConsumerRecord<byte[], byte[]> record, int headers, int form, Optional<TakenApart> apart) {

    long number(int place) {
      return apart.orElseThrow().number(place);
    }
  }

  private final Map<CapturedLane, List<Place>> lanes = new LinkedHashMap<>();
  private final Map<CapturedLane, Integer> laneNumbers = new LinkedHashMap<>();
  private final Map<ByteString, Integer> forms = new LinkedHashMap<>();
  private final Map<ByteString, Integer> headerSets = new LinkedHashMap<>();
  private final List<Integer> order = new ArrayList<>();

  private BlockPacking() {
    forms.put(ByteString.copyFrom(NO_VALUE), 0);
  }

  static CaptureBlock pack(List<ConsumerRecord<byte[], byte[]>> records) throws IOException {
    BlockPacking block = new BlockPacking();
    for (ConsumerRecord<byte[], byte[]> record : records) {
      block.add(record);
    }
    byte[] bytes = block.bytes();
    return CaptureBlock.newBuilder()
        .setRecords(records.size())
        .setBytes(bytes.length)
        .setPacked(ByteString.copyFrom(Zstd.compress(bytes, LEVEL)))
        .build();
  }

  private void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
    CapturedLane lane = CapturedLane.of(record);
    int headers = number(headerSets, ByteString.copyFrom(bytes(record.headers())));
    Place place = new Place(record, headers, 0, Optional.empty());
    byte @Nullable [] value = record.value();
    if (value != null) {
      TakenApart apart = TakenApart.of(value, type(record.topic(), value));
      int form = number(forms, ByteString.copyFrom(apart.form()));
      place = new Place(record, headers, form, Optional.of(apart));
    }
    order.add(laneNumbers.computeIfAbsent(lane, unknown -> laneNumbers.size()));
    lanes.computeIfAbsent(lane, unknown -> new ArrayList<>()).add(place);
  }

  private static Descriptor type(String topic, byte[] value) {
    if (topic.equals(Topics.EVENTS.name())) {
      return dev.hognose.v1.Event.getDescriptor();
    }
    if (!topic.equals(Topics.SAMPLES.name())) {
      return UNKNOWN;
    }
    return Schema.isFirst(value)
        ? dev.hognose.v1.Sample.getDescriptor()
        : dev.hognose.v2.Sample.getDescriptor();
  }

  private static int number(Map<ByteString, Integer> numbers, ByteString what) {
    return numbers.computeIfAbsent(what, unknown -> numbers.size());
  }

  private byte[] bytes() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeUInt32NoTag(lanes.size());
    for (CapturedLane lane : lanes.keySet()) {
      out.writeStringNoTag(lane.topic());
      out.writeUInt32NoTag(lane.partition() + 1);
      nullable(lane.key().map(ByteString::toByteArray).orElse(null), out);
    }
    for (Map<ByteString, Integer> texts : List.of(headerSets, forms)) {
      out.writeUInt32NoTag(texts.size());
      for (ByteString text : texts.keySet()) {
        out.writeBytesNoTag(text);
      }
    }
    for (int lane : order) {
      out.writeUInt32NoTag(lane);
    }
    columns(out);
    out.flush();
    return bytes.toByteArray();
  }

  private void columns(CodedOutputStream out) throws IOException {
    for (ToLongFunction<Place> column :
        List.<ToLongFunction<Place>>of(
            place -> place.record.timestamp(),
            place -> place.record.offset(),
            Place::headers,
            Place::form)) {
      NumberColumn.write(
          lanes.values().stream().flatMap(List::stream).mapToLong(column).toArray(), out);
    }
    List<List<Place>> byForm = new ArrayList<>();
    forms.forEach((form, number) -> byForm.add(new ArrayList<>()));
    lanes.values().forEach(lane -> lane.forEach(place -> byForm.get(place.form).add(place)));
    for (ByteString form : forms.keySet()) {
      numbers(form.toByteArray(), byForm.get(forms.getOrDefault(form, 0)), out);
    }
  }

  private static void numbers(byte[] form, List<Place> places, CodedOutputStream out)
      throws IOException {
    BitSet doubles = new BitSet();
    int count = form.length == 0 ? 0 : new PutTogether(form).count(doubles);
    for (int number = 0; number < count; number++) {
      int place = number;
      long[] column = places.stream().mapToLong(each -> each.number(place)).toArray();
      if (doubles.get(number)) {
        NumberColumn.writeDoubles(column, out);
      } else {
        NumberColumn.write(column, out);
      }
    }
  }

  private static byte[] bytes(Headers headers) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    for (Header header : headers) {
      out.writeStringNoTag(header.key());
      nullable(header.value(), out);
    }
    out.flush();
    return bytes.toByteArray();
  }

  private static void nullable(byte @Nullable [] bytes, CodedOutputStream out) throws IOException {
    out.writeUInt32NoTag(bytes == null ? 0 : bytes.length + 1);
    if (bytes != null) {
      out.writeRawBytes(bytes);
    }
  }
}
