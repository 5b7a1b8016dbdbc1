package dev.hognose.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A named counter that has grown.
 *
 * @param name what it counts and where, with a line end between
 * @param growth within {@code span}
 */
record Count(String name, double growth, Span span) {

  private static final Comparator<Count> LARGEST =
      Comparator.comparingDouble(Count::growth).reversed();

  /** Those whose name fits and that have grown in the span, largest first. */
  static List<Count> grown(Span span, Predicate<String> what) {
    Named counters = span.to().group(Group.COUNTER);
    List<Count> grown = new ArrayList<>(0);
    for (int i = 0; i < counters.size(); i++) {
      double growth = span.grown(Group.COUNTER, i);
      if (growth > 0) {
        Count count = new Count(counters.name(i), growth, span);
        if (what.test(count.what())) {
          grown.add(count);
        }
      }
    }
    grown.sort(LARGEST);
    return grown;
  }

  /** {@code exception/ValueError}. */
  private String what() {
    return name.substring(0, name.indexOf('\n'));
  }

  Site site() {
    return Site.of(name.substring(name.indexOf('\n') + 1));
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
