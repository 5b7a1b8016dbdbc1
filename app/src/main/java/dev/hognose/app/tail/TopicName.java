package dev.hognose.app.tail;

import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The name of one of our topics, with or without the {@code hognose.} before it. */
record TopicName(String full) {

  private static final String PREFIX = "hognose.";

  /** As the word is written on the command line. */
  static final class Converter implements ITypeConverter<TopicName> {

    @Override
    public TopicName convert(String written) {
      String full = written.startsWith(PREFIX) ? written : PREFIX + written;
      if (Topics.all().stream().noneMatch(topic -> topic.name().equals(full))) {
        throw new TypeConversionException("'" + written + "': expected one of " + expected());
      }
      return new TopicName(full);
    }

    private static String expected() {
      return Topics.all().stream()
          .map(Topic::name)
          .map(name -> name.substring(PREFIX.length()))
          .collect(Collectors.joining(", "));
    }
  }
}
