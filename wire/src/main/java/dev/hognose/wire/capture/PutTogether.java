package dev.hognose.wire.capture;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.BitSet;

/** Puts values of one form together again; the other way is {@link TakenApart}. */
final class PutTogether {

  private final byte[] form;
  private long[] numbers = new long[0];
  private int next;

  PutTogether(byte[] form) {
    this.form = form;
  }

  /** How many numbers it has, the doubles among them marked. */
  int count(BitSet doubles) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(form);
    return in.readUInt32() == TakenApart.PLAIN ? 0 : count(in, doubles, 0);
  }

  private static int count(CodedInputStream in, BitSet doubles, int before) throws IOException {
    int count = before;
    while (!in.isAtEnd()) {
      int tag = in.readUInt32();
      if (tag == 0) {
        return count;
      }
      int wireType = WireFormat.getTagWireType(tag);
      if (wireType != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
        doubles.set(count, wireType == WireFormat.WIRETYPE_FIXED64);
        count++;
        continue;
      }
      int kind = in.readUInt32();
      switch (kind) {
        case TakenApart.NESTED -> count = count(in, doubles, count);
        case TakenApart.TEXT -> in.skipRawBytes(in.readUInt32());
        default -> {
          int more = in.readUInt32();
          doubles.set(count, count + more, kind == TakenApart.DOUBLES);
          count += more;
        }
      }
    }
    return count;
  }

  /** The value with these numbers. */
  byte[] value(long[] numbers) throws IOException {
    this.numbers = numbers;
    this.next = 0;
    CodedInputStream in = CodedInputStream.newInstance(form);
    return in.readUInt32() == TakenApart.PLAIN ? in.readRawBytes(form.length - 1) : message(in);
  }

  private byte[] message(CodedInputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, 256);
    while (!in.isAtEnd()) {
      int tag = in.readUInt32();
      if (tag == 0) {
        break;
      }
      out.writeUInt32NoTag(tag);
      switch (WireFormat.getTagWireType(tag)) {
        case WireFormat.WIRETYPE_VARINT -> out.writeUInt64NoTag(numbers[next++]);
        case WireFormat.WIRETYPE_FIXED64 -> out.writeFixed64NoTag(numbers[next++]);
        case WireFormat.WIRETYPE_FIXED32 -> out.writeFixed32NoTag((int) numbers[next++]);
        default -> out.writeByteArrayNoTag(delimited(in));
      }
    }
    out.flush();
    return bytes.toByteArray();
  }

  private byte[] delimited(CodedInputStream in) throws IOException {
    int kind = in.readUInt32();
    return switch (kind) {
      case TakenApart.NESTED -> message(in);
      case TakenApart.TEXT -> in.readByteArray();
      default -> packed(kind, in.readUInt32());
    };
  }

  private byte[] packed(int kind, int count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes, 64);
    for (int i = 0; i < count; i++) {
      if (kind == TakenApart.VARINTS) {
        out.writeUInt64NoTag(numbers[next++]);
      } else {
        out.writeFixed64NoTag(numbers[next++]);
      }
    }
    out.flush();
    return bytes.toByteArray();
  }
}
