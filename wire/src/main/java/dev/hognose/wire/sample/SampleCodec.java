package dev.hognose.wire.sample;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Samples as they are on their topic: in the form of hognose.v2, whose process only the record's
 * key names, or in that of hognose.v1. A value says itself of which form it is.
 *
 * <p>For any threads.
 */
public final class SampleCodec {

  private final RecentProcesses processes = new RecentProcesses();
  private final RecentNames names = new RecentNames();

  /** The value of a sample's record, in the newest form; {@link ProcessId#key} is its key. */
  public byte[] encode(Sample sample) {
    return SampleWriting.message(sample).toByteArray();
  }

  /**
   * Reads a record of any form up to the newest.
   *
   * @throws MalformedRecordException when value or key are none, or the figures cannot be
   */
  public Sample decode(byte @Nullable [] key, byte[] value) {
    int major = Schema.ofSample(value);
    if (major == Schema.FIRST) {
      return FirstSampleReading.decode(value);
    }
    try {
      return SampleReading.of(value, names).sample(processes.of(key));
    } catch (InvalidProtocolBufferException notProtobuf) {
      throw Parsing.noMessage(notProtobuf);
    } catch (IllegalArgumentException | ArithmeticException impossible) {
      throw Parsing.impossible(impossible);
    }
  }
}
