package dev.hognose.wire;

import com.google.protobuf.ByteString;
import dev.hognose.v1.CaptureEnd;
import dev.hognose.v1.CaptureEntry;
import dev.hognose.v1.CaptureHeader;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Writes a capture of a window under another name, which it takes off when the file is whole: there
 * is never half a capture.
 */
public final class CaptureWriter implements AutoCloseable {

  private final Path file;
  private final Path unfinished;
  private final OutputStream out;
  private final CaptureSeal seal = new CaptureSeal();
  private final List<ConsumerRecord<byte[], byte[]>> block = new ArrayList<>();
  private long records;

  private CaptureWriter(Path file, Path unfinished) throws IOException {
    this.file = file;
    this.unfinished = unfinished;
    this.out = new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16);
  }

  /**
   * Begins a file.
   *
   * @param writer which program writes, and its version
   */
  public static CaptureWriter create(
      Path file, String writer, Instant writtenAt, CaptureWindow window) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Path unfinished = Files.createTempFile(folder, file.getFileName() + ".", ".part");
    CaptureWriter capture = new CaptureWriter(file, unfinished);
    try {
      capture.out.write(CaptureEntries.MAGIC);
      capture.write(
          CaptureEntry.newBuilder()
              .setHeader(
                  CaptureHeader.newBuilder()
                      .setWriter(writer)
                      .setWrittenAtMs(writtenAt.toEpochMilli())
                      .setSchema(Schema.MAJOR)
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
    out.write(seal.delimited(entry.toByteArray()));
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
    CaptureEntry.newBuilder().setEnd(end).build().writeDelimitedTo(out);
    out.close();
    Files.move(
        unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return Files.size(file);
  }

  /** Leaves nothing behind unless the file was finished. */
  @Override
  public void close() throws IOException {
    try {
      out.close();
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }
}
