package dev.hognose.wire.capture;

import com.google.protobuf.ByteString;
import dev.hognose.v1.CaptureEnd;
import dev.hognose.v1.CaptureEntry;
import dev.hognose.v1.CaptureHeader;
import dev.hognose.wire.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes a capture of a window. There is never half a capture. */
public final class CaptureWriter implements AutoCloseable {

  private final WholeFile file;
  private final CaptureSeal seal = new CaptureSeal();
  private final List<ConsumerRecord<byte[], byte[]>> block = new ArrayList<>();
  private long records;

  private CaptureWriter(WholeFile file) {
    this.file = file;
  }

  /**
   * Begins a file.
   *
   * @param writer which program writes, and its version
   */
  public static CaptureWriter create(
      Path file, String writer, Instant writtenAt, CaptureWindow window) throws IOException {
    CaptureWriter capture = new CaptureWriter(WholeFile.create(file));
    try {
      capture.file.out().write(CaptureEntries.MAGIC);
      capture.write(
          CaptureEntry.newBuilder()
              .setHeader(
                  CaptureHeader.newBuilder()
                      .setWriter(writer)
                      .setWrittenAtMs(writtenAt.toEpochMilli())
                      .setSchema(Schema.NEWEST)
                      .setWindow(window.write()))
              .build());
      return capture;
    } catch (IOException full) {
      capture.close();
      throw full;
    }
  }

  /** Adds a record; they come in the order in which they are judged. */
  public void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
    block.add(record);
    records++;
    if (block.size() == BlockPacking.MOST_RECORDS) {
      writeBlock();
    }
  }

  /** How many were added. */
  public long records() {
    return records;
  }

  private void writeBlock() throws IOException {
    write(CaptureEntry.newBuilder().setBlock(BlockPacking.pack(block)).build());
    block.clear();
  }

  private void write(CaptureEntry entry) throws IOException {
    file.out().write(seal.delimited(entry.toByteArray()));
  }

  /** Ends the file and gives it its name; returns how many bytes it has. */
  public long finish() throws IOException {
    if (!block.isEmpty()) {
      writeBlock();
    }
    CaptureEnd end =
        CaptureEnd.newBuilder()
            .setRecords(records)
            .setSha256(ByteString.copyFrom(seal.sum()))
            .build();
    CaptureEntry.newBuilder().setEnd(end).build().writeDelimitedTo(file.out());
    return file.finish();
  }

  /** Leaves nothing behind unless the file was finished. */
  @Override
  public void close() throws IOException {
    file.close();
  }
}
