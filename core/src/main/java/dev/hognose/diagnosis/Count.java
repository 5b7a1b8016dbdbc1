package dev.hognose.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A named counter that has grown.
 *
 * @param name what it counts and where, with a line end between
 * @param growth within {@code span}
 */
record Count(Name name, double growth, Span span) {

  /** Those whose name fits and that have grown in the span, largest first. */
  static List<Count> grown(Span span, Predicate<String> what) {
    return span.to().group(Group.COUNTER).keySet().stream()
        .map(name -> new Count(name, span.grown(name), span))
        .filter(count -> count.growth > 0 && what.test(count.what()))
        .sorted(Comparator.comparingDouble(Count::growth).reversed())
        .toList();
  }

  /** {@code exception/ValueError}. */
  private String what() {
    return name.text().substring(0, name.text().indexOf('\n'));
  }

  Site site() {
    return Site.of(name.text().substring(name.text().indexOf('\n') + 1));
  }

  /** {@code ValueError}. */
  String type() {
    return what().substring(what().indexOf('/') + 1);
  }

  /** A second. */
  double rate() {
    return growth / span.seconds();
  }
}
