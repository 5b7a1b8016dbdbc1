package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.alert.Wording;
import dev.hognose.sample.Event;
import dev.hognose.sample.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

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

  /** Python's own registers of what is alive: who fills them is told as a leak of that. */
  private static final Pattern REGISTERS =
      Pattern.compile("(_?asyncio|threading|_weakrefset)[.:].*");

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
    boolean isSlow = holder.growthPerHour() < policy.growthPerHour();
    boolean isRegister = REGISTERS.matcher(holder.name()).matches();
    return ends || isSmall || isSlow || isRegister
        ? List.of()
        : List.of(sign(called, Wording.legible(holder), policy));
  }

  private static Sign sign(String called, Retention holder, HolderPolicy policy) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Words.count("entries", (double) holder.entries()));
    evidence.add(Words.perHour("growth", holder.growthPerHour()));
    holder.hits().ifPresent(hits -> evidence.add(Words.count("hits", (double) hits)));
    holder.misses().ifPresent(misses -> evidence.add(Words.count("misses", (double) misses)));
    String phrase =
        "%s %s keeps %s entries and gains %s an hour"
            .formatted(
                called,
                holder.name(),
                Words.number((double) holder.entries()),
                Words.number(holder.growthPerHour()));
    double weight = holder.entries() / (double) policy.entries();
    return Sign.of(holder.name(), phrase, weight, evidence).keptBy(holder);
  }
}
