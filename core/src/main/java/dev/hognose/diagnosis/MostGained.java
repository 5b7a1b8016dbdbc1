package dev.hognose.diagnosis;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What it is that there is more and more of, as far as the agent has told: the kind that gained
 * most, added up over the readings so that a swarm of short-lived others does not hide it.
 *
 * @param where most of it is, empty when that is not known
 */
record MostGained(String kind, String where) {

  private static final MostGained UNKNOWN = new MostGained("", "");

  /** Without a name when the agent has told none. */
  static MostGained of(History history, Group group) {
    Map<String, Double> gained = new TreeMap<>(Comparator.reverseOrder());
    Map<String, String> places = new TreeMap<>();
    for (Reading reading : history.readings()) {
      Named told = reading.group(group);
      for (int i = 0; i < told.size(); i++) {
        MostGained each = named(told.name(i));
        gained.merge(each.kind, told.value(i), Double::sum);
        places.put(each.kind, each.where);
      }
    }
    // Of equals the first name: names are gone through backwards, and the last of equals is taken.
    Optional<String> most =
        gained.entrySet().stream()
            .filter(each -> each.getValue() > 0 && !each.getKey().isEmpty())
            .reduce((some, other) -> other.getValue() >= some.getValue() ? other : some)
            .map(Map.Entry::getKey);
    return most.map(kind -> new MostGained(kind, places.getOrDefault(kind, ""))).orElse(UNKNOWN);
  }

  private static MostGained named(String name) {
    int end = name.indexOf('\n');
    return new MostGained(name.substring(0, end), name.substring(end + 1));
  }

  /** The same sign with this as its culprit; as it is while nothing is known. */
  Sign blamedBy(Sign sign) {
    return kind.isEmpty() ? sign : sign.blaming(kind, ", above all: " + phrase());
  }

  /** {@code file in /srv/shop/receipts}. */
  private String phrase() {
    return where.isEmpty() ? kind : kind + " in " + where;
  }
}
