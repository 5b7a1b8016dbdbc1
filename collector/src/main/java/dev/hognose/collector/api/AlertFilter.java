package dev.hognose.collector.api;

import dev.hognose.alert.Alert;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which alerts were asked for. */
record AlertFilter(Optional<String> state, Optional<String> service, Optional<String> kind)
    implements Predicate<Alert> {

  private static final String ALL = "all";
  private static final List<String> STATES =
      Stream.concat(words(Alert.State.values()).stream(), Stream.of(ALL)).toList();

  static AlertFilter of(Query query) {
    return new AlertFilter(
        query.oneOf("state", STATES).filter(state -> !state.equals(ALL)),
        query.text("service"),
        query.oneOf("kind", words(Alert.Kind.values())));
  }

  @Override
  public boolean test(Alert alert) {
    return state.map(word(alert.state())::equals).orElse(true)
        && service.map(alert.service()::equals).orElse(true)
        && kind.map(word(alert.kind())::equals).orElse(true);
  }

  private static List<String> words(Enum<?>[] choices) {
    return Arrays.stream(choices).map(AlertFilter::word).toList();
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
