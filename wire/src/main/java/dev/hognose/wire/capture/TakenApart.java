package dev.hognose.wire.capture;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * A value taken apart into its form, which the next value of its process shares, and its numbers;
 * capture.proto says how a form is written.
 */
final class TakenApart {

  static final int PLAIN = 0;
  static final int MESSAGE = 1;
  static final int NESTED = 0;
  static final int TEXT = 1;
  static final int VARINTS = 2;
  static final int DOUBLES = 3;

  private final byte[] form;
  private final long[] numbers;

  private TakenApart(byte[] form, long[] numbers) {
    this.form = form;
    this.numbers = numbers;
  }

  /**
   * A message of that type, or as it is where it cannot be put together again to the same bytes.
   */
  static TakenApart of(byte[] value, Descriptor type) {
    try {
      TakenApart message = new Walk().through(value, type);
      byte[] again = new PutTogether(message.form).value(message.numbers);
      return Arrays.equals(again, value) ? message : plain(value);
    } catch (IOException noMessage) {
      return plain(value);
    }
  }

  private static TakenApart plain(byte[] value) {
    byte[] form = new byte[value.length + 1];
    form[0] = PLAIN;
    System.arraycopy(value, 0, form, 1, value.length);
    return new TakenApart(form, new long[0]);
  }

  byte[] form() {
    return form.clone();
  }

  long number(int place) {
    return numbers[place];
  }

  /** What was seen of a message so far. */
  private static final class Walk {

    private final ByteArrayOutputStream formBytes = new ByteArrayOutputStream();
    private final CodedOutputStream form = CodedOutputStream.newInstance(formBytes);
    private long[] numbers = new long[64];
    private int count;

    TakenApart through(byte[] value, Descriptor type) throws IOException {
      form.writeUInt32NoTag(MESSAGE);
      take(CodedInputStream.newInstance(value), type);
      form.flush();
      return new TakenApart(formBytes.toByteArray(), Arrays.copyOf(numbers, count));
    }

    private void take(CodedInputStream in, Descriptor type) throws IOException {
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        form.writeUInt32NoTag(tag);
        switch (WireFormat.getTagWireType(tag)) {
          case WireFormat.WIRETYPE_VARINT -> add(in.readRawVarint64());
          case WireFormat.WIRETYPE_FIXED64 -> add(in.readRawLittleEndian64());
          case WireFormat.WIRETYPE_FIXED32 -> add(in.readRawLittleEndian32());
          case WireFormat.WIRETYPE_LENGTH_DELIMITED ->
              delimited(in, type, WireFormat.getTagFieldNumber(tag));
          default -> throw new IOException("a group");
        }
      }
    }

    private void delimited(CodedInputStream in, Descriptor type, int number) throws IOException {
      FieldDescriptor field = type.findFieldByNumber(number);
      if (field == null || field.getJavaType() == FieldDescriptor.JavaType.STRING) {
        form.writeUInt32NoTag(TEXT);
        form.writeByteArrayNoTag(in.readByteArray());
        return;
      }
      int outer = in.pushLimit(in.readRawVarint32());
      switch (field.getType()) {
        case MESSAGE -> {
          form.writeUInt32NoTag(NESTED);
          take(in, field.getMessageType());
          form.writeUInt32NoTag(0);
        }
        case UINT32, UINT64, INT32, INT64, BOOL, ENUM -> packed(in, VARINTS);
        case DOUBLE -> packed(in, DOUBLES);
        default -> throw new IOException("a field of type " + field.getType());
      }
      in.popLimit(outer);
    }

    private void packed(CodedInputStream in, int kind) throws IOException {
      int before = count;
      while (!in.isAtEnd()) {
        add(kind == VARINTS ? in.readRawVarint64() : in.readRawLittleEndian64());
      }
      form.writeUInt32NoTag(kind);
      form.writeUInt32NoTag(count - before);
    }

    private void add(long number) {
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = number;
    }
  }
}
