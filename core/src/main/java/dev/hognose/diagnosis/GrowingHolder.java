package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.alert.Wording;
import dev.hognose.sample.Event;
import dev.hognose.sample.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A container that outlives requests and keeps growing: a module's, a class's, a default argument,
 * a closure's.
 *
 * @param holders the kinds of containers that it tells
 * @param called what it calls them
 */
record GrowingHolder(
    Alert.Kind kind, Set<Retention.Kind> holders, String called, HolderPolicy policy)
    implements Diagnosis {

  private static final int LONGEST_NAME = 300;

  static GrowingHolder defaultArgument(HolderPolicy policy) {
    return new GrowingHolder(
        Alert.Kind.GROWING_DEFAULT_ARGUMENT,
        Set.of(Retention.Kind.DEFAULT_ARGUMENT),
        "the default argument",
        policy);
  }

  static GrowingHolder container(HolderPolicy policy) {
    return new GrowingHolder(
        Alert.Kind.GROWING_CONTAINER,
        Set.of(Retention.Kind.MODULE_GLOBAL, Retention.Kind.CLASS_ATTRIBUTE),
        "the container",
        policy);
  }

  static GrowingHolder closure(HolderPolicy policy) {
    return new GrowingHolder(
        Alert.Kind.CLOSURE_KEEPS, Set.of(Retention.Kind.CLOSURE), "the closure of", policy);
  }

  @Override
  public List<Sign> signs(Event event) {
    return event.what() instanceof Retention holder && holders.contains(holder.kind())
        ? signs(called, holder, policy)
        : List.of();
  }

  /** One, when it grows fast enough and does not end. */
  static List<Sign> signs(String called, Retention holder, HolderPolicy policy) {
    boolean ends = holder.maxSize().isPresent();
    boolean isSmall = holder.entries() < policy.entries();
    boolean isSlow = !(holder.growthPerHour() >= policy.growthPerHour());
    return ends || isSmall || isSlow ? List.of() : List.of(sign(called, holder, policy));
  }

  private static Sign sign(String called, Retention holder, HolderPolicy policy) {
    String name = Wording.legible(holder.name(), LONGEST_NAME);
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Words.count("entries", holder.entries()));
    evidence.add(Words.perHour("growth", holder.growthPerHour()));
    holder.hits().ifPresent(hits -> evidence.add(Words.count("hits", hits)));
    holder.misses().ifPresent(misses -> evidence.add(Words.count("misses", misses)));
    String phrase =
        "%s %s keeps %s entries and gains %s an hour"
            .formatted(
                called, name, Words.number(holder.entries()), Words.number(holder.growthPerHour()));
    double weight = holder.entries() / (double) policy.entries();
    return Sign.of(name, phrase, weight, evidence).keptBy(holder);
  }
}
