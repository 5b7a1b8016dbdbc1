package dev.hognose.app.topics;

import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What of a cluster's topics is not as Hognose needs it. */
final class Differences {

  /** One task of the streams reads all of a process, so these must be cut alike. */
  private static final List<Topic<?, ?>> KEYED_BY_PROCESS =
      List.of(Topics.SAMPLES, Topics.EVENTS, Topics.TRENDS);

  private Differences() {}

  static List<Topic<?, ?>> missing(List<TopicState> present) {
    return Topics.all().stream().filter(topic -> find(topic, present).isEmpty()).toList();
  }

  /** One sentence each, in the order of the topics; none when all is well. */
  static List<String> of(List<TopicState> present) {
    List<String> differences = new ArrayList<>();
    missing(present).forEach(topic -> differences.add(topic.name() + ": not on the cluster"));
    for (Topic<?, ?> topic : Topics.all()) {
      differences.addAll(of(topic, present));
    }
    partitions(present).ifPresent(differences::add);
    return differences;
  }

  /** Of one topic's settings; none of one that is missing. */
  static List<String> of(Topic<?, ?> topic, List<TopicState> present) {
    return find(topic, present).map(state -> settings(topic, state)).orElse(List.of());
  }

  private static List<String> settings(Topic<?, ?> topic, TopicState state) {
    return new TreeMap<>(topic.config())
        .entrySet().stream()
            .filter(wanted -> !same(wanted.getValue(), actual(state, wanted.getKey())))
            .map(
                wanted ->
                    topic.name()
                        + ": "
                        + wanted.getKey()
                        + "="
                        + actual(state, wanted.getKey())
                        + ": expected "
                        + wanted.getValue())
            .toList();
  }

  private static String actual(TopicState state, String setting) {
    return state.config().getOrDefault(setting, "(not set)");
  }

  /** Clusters give lists such as {@code compact,delete} in an order of their own. */
  private static boolean same(String wanted, String actual) {
    return sorted(wanted).equals(sorted(actual));
  }

  private static List<String> sorted(String list) {
    return List.of(list.split(",", -1)).stream().map(String::strip).sorted().toList();
  }

  private static Optional<String> partitions(List<TopicState> present) {
    Map<String, Integer> counts = new TreeMap<>();
    for (Topic<?, ?> topic : KEYED_BY_PROCESS) {
      find(topic, present).ifPresent(state -> counts.put(topic.name(), state.partitions()));
    }
    if (counts.values().stream().distinct().count() <= 1) {
      return Optional.empty();
    }
    String told =
        counts.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining(", "));
    return Optional.of("partitions: " + told + ": expected the same number");
  }

  static Optional<TopicState> find(Topic<?, ?> topic, List<TopicState> present) {
    return present.stream().filter(state -> state.name().equals(topic.name())).findFirst();
  }
}
