package dev.hognose.wire.sample;

import com.google.protobuf.WireFormat;
import java.io.IOException;

/**
 * A small message of a sample: a text, which is field 1 in all of them, at times another one, and
 * numbers.
 */
final class NamedNumbers implements SampleFields.Message {

  private static final int TEXT = 1;
  private static final int LAST = 3;
  private static final int NONE = 0;

  private final SampleNumbers numbers = new SampleNumbers(LAST);
  private final int moreField;
  private String text;
  private String more = "";

  private NamedNumbers(String absent, int moreField) {
    this.text = absent;
    this.moreField = moreField;
  }

  NamedNumbers() {
    this("", NONE);
  }

  /** What an absent text means. */
  NamedNumbers(String absent) {
    this(absent, NONE);
  }

  /** With a second text, which is that field. */
  NamedNumbers(int moreField) {
    this("", moreField);
  }

  @Override
  public boolean take(int tag, SampleFields from) throws IOException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      return numbers.take(tag, from);
    }
    int field = WireFormat.getTagFieldNumber(tag);
    if (field == TEXT) {
      text = from.name();
    } else if (field == moreField) {
      more = from.name();
    } else {
      return false;
    }
    return true;
  }

  String text() {
    return text;
  }

  String more() {
    return more;
  }

  SampleNumbers numbers() {
    return numbers;
  }
}
