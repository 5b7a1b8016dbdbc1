package dev.hognose.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import java.util.function.Function;

/** Reads a message and judges its figures, so that every way to be wrong becomes one reason. */
public final class Parsing {

  private Parsing() {}

  public static <M extends Message, T> T parse(
      Parser<M> parser, byte[] bytes, Function<M, T> meaning) {
    try {
      return meaning.apply(parser.parseFrom(bytes));
    } catch (InvalidProtocolBufferException notProtobuf) {
      throw noMessage(notProtobuf);
    } catch (IllegalArgumentException | ArithmeticException impossible) {
      throw impossible(impossible);
    }
  }

  public static MalformedRecordException noMessage(InvalidProtocolBufferException notProtobuf) {
    return new MalformedRecordException(
        "no protobuf of the expected message: " + notProtobuf.getMessage(), notProtobuf);
  }

  public static MalformedRecordException impossible(RuntimeException figure) {
    return new MalformedRecordException(String.valueOf(figure.getMessage()), figure);
  }
}
