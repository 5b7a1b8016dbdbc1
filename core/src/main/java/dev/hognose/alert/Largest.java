package dev.hognose.alert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Which of a service's culprits are told apart: those that cost most, and no more than there is
 * room for.
 *
 * <p>Who is told apart depends on what each costs, not on who came first. An index over what is
 * kept elsewhere: a task that starts builds it anew. Not for several threads.
 */
public final class Largest<R extends Largest.Rank & Comparable<R>> {

  /** What one costs, the least first. No two of different keys are equal. */
  public interface Rank {
    String key();
  }

  /**
   * Who changed places when what one costs has changed.
   *
   * @param lowered is not told apart any more
   * @param raised is told apart from now on
   */
  public record Moves(Optional<String> lowered, Optional<String> raised) {}

  private final int most;
  private final Map<String, Group<R>> groups = new HashMap<>();

  /**
   * Of each service.
   *
   * @param most that are told apart, 1 or more
   */
  public Largest(int most) {
    this.most = most;
  }

  /** Takes over what one costs by now. */
  public Moves put(String service, R rank) {
    return groups.computeIfAbsent(service, name -> new Group<>()).put(rank, most);
  }

  /** Forgets one; its room is taken when another one changes. */
  public void remove(String service, String key) {
    Group<R> group = groups.get(service);
    if (group != null) {
      group.take(key);
      if (group.byKey.isEmpty()) {
        groups.remove(service);
      }
    }
  }

  public boolean isApart(String service, String key) {
    Group<R> group = groups.get(service);
    return group != null && group.isApart(key);
  }

  /** How many are known, told apart or not. */
  public int size(String service) {
    Group<R> group = groups.get(service);
    return group == null ? 0 : group.byKey.size();
  }

  /** The keys of those that are not told apart, the least first. */
  public List<String> rest(String service) {
    Group<R> group = groups.get(service);
    return group == null ? List.of() : group.rest.stream().map(Rank::key).toList();
  }

  /** The key of the one that costs least of those that are not told apart. */
  public Optional<String> least(String service) {
    Group<R> group = groups.get(service);
    return group == null || group.rest.isEmpty()
        ? Optional.empty()
        : Optional.of(group.rest.first().key());
  }

  private static final class Group<R extends Rank & Comparable<R>> {

    private final Map<String, R> byKey = new HashMap<>();
    private final TreeSet<R> apart = new TreeSet<>();
    private final TreeSet<R> rest = new TreeSet<>();

    Moves put(R rank, int most) {
      boolean wasApart = isApart(rank.key());
      take(rank.key());
      byKey.put(rank.key(), rank);
      rest.add(rank);
      Optional<R> raised = raise(most);
      Optional<R> lowered = lower(most);
      if (!wasApart) {
        return new Moves(lowered.map(Rank::key), raised.map(Rank::key));
      }
      return isApart(rank.key())
          ? new Moves(Optional.empty(), Optional.empty())
          : new Moves(Optional.of(rank.key()), raised.map(Rank::key));
    }

    private Optional<R> raise(int most) {
      boolean isFull = apart.size() >= most;
      if (isFull && rest.last().compareTo(apart.first()) < 0) {
        return Optional.empty();
      }
      R largest = rest.last();
      rest.remove(largest);
      apart.add(largest);
      return Optional.of(largest);
    }

    private Optional<R> lower(int most) {
      if (apart.size() <= most) {
        return Optional.empty();
      }
      R least = apart.first();
      apart.remove(least);
      rest.add(least);
      return Optional.of(least);
    }

    void take(String key) {
      R known = byKey.remove(key);
      if (known != null && !apart.remove(known)) {
        rest.remove(known);
      }
    }

    boolean isApart(String key) {
      R known = byKey.get(key);
      return known != null && apart.contains(known);
    }
  }
}
