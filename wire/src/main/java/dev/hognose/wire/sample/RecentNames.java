package dev.hognose.wire.sample;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Short texts that were read lately: samples of a service say the same names again and again, of
 * threads, coroutines and versions.
 *
 * <p>A name that has the place of another one takes it, so that no sender can fill it; any thread
 * may ask.
 */
final class RecentNames {

  private static final int PLACES = 1 << 12;
  private static final int LONGEST = 64;

  private final AtomicReferenceArray<Known> places = new AtomicReferenceArray<>(PLACES);

  /** A name as it is told and as it is read. */
  private static final class Known {

    private final byte[] bytes;
    private final String text;

    Known(byte[] bytes, String text) {
      this.bytes = bytes;
      this.text = text;
    }
  }

  /**
   * Reads a text off a message.
   *
   * @param bytes what the stream reads from its beginning
   * @throws InvalidProtocolBufferException for what is no UTF-8, as protobuf's own reader does
   */
  String read(CodedInputStream in, byte[] bytes) throws IOException {
    int length = in.readRawVarint32();
    int from = in.getTotalBytesRead();
    if (length <= 0 || length > LONGEST || length > in.getBytesUntilLimit()) {
      return checked(in.readRawBytes(length));
    }
    int hash = 1;
    for (int i = from; i < from + length; i++) {
      hash = 31 * hash + bytes[i];
    }
    int place = (hash ^ hash >>> 16) & (PLACES - 1);
    Known known = places.get(place);
    if (known != null
        && Arrays.equals(known.bytes, 0, known.bytes.length, bytes, from, from + length)) {
      in.skipRawBytes(length);
      return known.text;
    }
    byte[] own = in.readRawBytes(length);
    String text = checked(own);
    places.set(place, new Known(own, text));
    return text;
  }

  private static String checked(byte[] bytes) throws InvalidProtocolBufferException {
    ByteString text = ByteString.copyFrom(bytes);
    if (!text.isValidUtf8()) {
      throw new InvalidProtocolBufferException("Protocol message had invalid UTF-8.");
    }
    return text.toStringUtf8();
  }
}
