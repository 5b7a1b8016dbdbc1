package dev.hognose.app.tail;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A kind of event or alert, as the contract calls it: {@code loop_block}. */
record Kind(String name) {

  private static Set<String> known() {
    Set<String> known = new TreeSet<>();
    for (Class<?> what : Event.What.class.getPermittedSubclasses()) {
      known.add(
          what.getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT));
    }
    Arrays.stream(Alert.Kind.values())
        .forEach(kind -> known.add(kind.name().toLowerCase(Locale.ROOT)));
    return known;
  }

  /** As the word is written on the command line. */
  static final class Converter implements ITypeConverter<Kind> {

    @Override
    public Kind convert(String written) {
      Set<String> known = known();
      if (!known.contains(written)) {
        throw new TypeConversionException(
            "'" + written + "': expected one of " + String.join(", ", known));
      }
      return new Kind(written);
    }
  }
}
