package dev.hognose.wire.capture;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import dev.hognose.v1.CaptureBlock;
import dev.hognose.wire.MalformedRecordException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** Unpacks the records of one block, as {@link BlockPacking} packed them. */
final class BlockReading {

  private static final long MOST_BYTES = 1L << 30;

  private final int count;
  private final CodedInputStream in;
  private final List<CapturedLane> lanes = new ArrayList<>();
  private final List<byte[]> headerSets = new ArrayList<>();
  private final List<byte[]> forms = new ArrayList<>();

  private BlockReading(int count, byte[] bytes) {
    this.count = count;
    this.in = CodedInputStream.newInstance(bytes);
  }

  /**
   * Its records, in the order of the file.
   *
   * @throws MalformedRecordException for bytes that are no block
   */
  static List<ConsumerRecord<byte[], byte[]>> read(CaptureBlock block) {
    if (block.getRecords() < 0
        || block.getRecords() > BlockPacking.MOST_RECORDS
        || block.getBytes() < 0
        || block.getBytes() > MOST_BYTES) {
      throw new MalformedRecordException(
          "a block of " + block.getRecords() + " records, " + block.getBytes() + " bytes");
    }
    try {
      byte[] bytes = Zstd.decompress(block.getPacked().toByteArray(), (int) block.getBytes());
      return new BlockReading(block.getRecords(), bytes).records();
    } catch (IOException | ZstdException | IndexOutOfBoundsException altered) {
      throw new MalformedRecordException("no block: " + altered.getMessage(), altered);
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> records() throws IOException {
    int laneCount = in.readUInt32();
    for (int i = 0; i < laneCount; i++) {
      lanes.add(lane());
    }
    for (List<byte[]> texts : List.of(headerSets, forms)) {
      int size = in.readUInt32();
      for (int i = 0; i < size; i++) {
        texts.add(in.readByteArray());
      }
    }
    int[] order = new int[count];
    int[] sizes = new int[lanes.size()];
    for (int i = 0; i < count; i++) {
      order[i] = in.readUInt32();
      sizes[order[i]]++;
    }
    return columns(order, sizes);
  }

  private CapturedLane lane() throws IOException {
    String topic = in.readString();
    int partition = in.readUInt32() - 1;
    return new CapturedLane(
        topic, partition, Optional.ofNullable(nullable(in)).map(ByteString::copyFrom));
  }

  private List<ConsumerRecord<byte[], byte[]>> columns(int[] order, int[] sizes)
      throws IOException {
    long[] timestamps = NumberColumn.read(count, in);
    long[] offsets = NumberColumn.read(count, in);
    long[] headers = NumberColumn.read(count, in);
    long[] formOf = NumberColumn.read(count, in);
    List<byte @Nullable []> values = values(formOf);
    int[] next = new int[sizes.length];
    for (int lane = 1; lane < sizes.length; lane++) {
      next[lane] = next[lane - 1] + sizes[lane - 1];
    }
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(count);
    for (int lane : order) {
      int at = next[lane]++;
      records.add(
          record(
              lanes.get(lane),
              timestamps[at],
              offsets[at],
              values.get(at),
              headers(headerSets.get((int) headers[at]))));
    }
    return records;
  }

  private List<byte @Nullable []> values(long[] formOf) throws IOException {
    int[] sizes = new int[forms.size()];
    for (long form : formOf) {
      sizes[(int) form]++;
    }
    List<PutTogether> together = new ArrayList<>();
    List<long[][]> columns = new ArrayList<>();
    for (int form = 0; form < sizes.length; form++) {
      together.add(new PutTogether(forms.get(form)));
      columns.add(numbers(form, sizes[form]));
    }
    int[] row = new int[sizes.length];
    List<byte @Nullable []> values = new ArrayList<>(formOf.length);
    for (long each : formOf) {
      int form = (int) each;
      int at = row[form]++;
      values.add(form == 0 ? null : together.get(form).value(row(columns.get(form), at)));
    }
    return values;
  }

  private long[][] numbers(int form, int rows) throws IOException {
    BitSet doubles = new BitSet();
    int width = form == 0 ? 0 : new PutTogether(forms.get(form)).count(doubles);
    long[][] columns = new long[width][];
    for (int number = 0; number < width; number++) {
      columns[number] =
          doubles.get(number) ? NumberColumn.readDoubles(rows, in) : NumberColumn.read(rows, in);
    }
    return columns;
  }

  private static long[] row(long[][] columns, int at) {
    long[] row = new long[columns.length];
    for (int number = 0; number < row.length; number++) {
      row[number] = columns[number][at];
    }
    return row;
  }

  private static Headers headers(byte[] set) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(set);
    RecordHeaders headers = new RecordHeaders();
    while (!in.isAtEnd()) {
      headers.add(in.readString(), nullable(in));
    }
    return headers;
  }

  private static byte @Nullable [] nullable(CodedInputStream in) throws IOException {
    int length = in.readUInt32();
    return length == 0 ? null : in.readRawBytes(length - 1);
  }

  @SuppressWarnings("NullAway")
  private static ConsumerRecord<byte[], byte[]> record(
      CapturedLane lane, long timestampMs, long offset, byte @Nullable [] value, Headers headers) {
    byte @Nullable [] key = lane.key().map(ByteString::toByteArray).orElse(null);
    return new ConsumerRecord<>(
        lane.topic(),
        lane.partition(),
        offset,
        timestampMs,
        TimestampType.CREATE_TIME,
        key == null ? ConsumerRecord.NULL_SIZE : key.length,
        value == null ? ConsumerRecord.NULL_SIZE : value.length,
        key,
        value,
        headers,
        Optional.empty());
  }
}
