package dev.hognose.wire.sample;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnknownFieldSet;
import java.io.IOException;
import java.util.List;

/**
 * The fields of a sample as they come, without a message of protobuf's in between: decoding is what
 * each sample costs first. Accepts and refuses what the generated classes do, with their words.
 */
final class SampleFields {

  private final byte[] bytes;
  private final CodedInputStream in;
  private final RecentNames names;

  SampleFields(byte[] bytes, RecentNames names) {
    this.bytes = bytes;
    this.in = CodedInputStream.newInstance(bytes);
    this.names = names;
  }

  /** What takes the fields of one message; said twice, a message goes on. */
  interface Message {

    /** Reads the field that the tag is of, if it is known, and else nothing of it. */
    boolean take(int tag, SampleFields from) throws IOException;
  }

  /** The whole value. */
  void read(Message message) throws IOException {
    in.pushLimit(bytes.length);
    fields(message);
  }

  /** A message within another. */
  void nested(Message message) throws IOException {
    int length = in.readRawVarint32();
    int outer = in.pushLimit(length);
    fields(message);
    in.popLimit(outer);
  }

  /** One of several messages within another; it joins them. */
  <T extends Message> void nested(List<T> messages, T one) throws IOException {
    messages.add(one);
    nested(one);
  }

  private void fields(Message message) throws IOException {
    int tag = in.readTag();
    while (tag != 0 && (message.take(tag, this) || skip(tag))) {
      tag = in.readTag();
    }
    in.checkLastTagWas(0);
  }

  /** Of a newer agent; false for the end of a group that has not begun. */
  private boolean skip(int tag) throws IOException {
    return UnknownFieldSet.newBuilder().mergeFieldFrom(tag, in);
  }

  long number() throws IOException {
    return in.readRawVarint64();
  }

  /** A name that is likely to come again. */
  String name() throws IOException {
    return names.read(in, bytes);
  }

  /** Packed numbers, after those that came before. */
  void packed(PackedHistogram histogram) throws IOException {
    int outer = in.pushLimit(in.readRawVarint32());
    while (in.getBytesUntilLimit() > 0) {
      histogram.add(in.readRawVarint64());
    }
    in.popLimit(outer);
  }
}
