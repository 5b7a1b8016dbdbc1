package dev.hognose.collector.fleet;

import dev.hognose.leak.Trend;
import dev.hognose.sample.Event;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Started;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The processes that live, and what is known of each.
 *
 * <p>A process is live from its first sample until it says that it stopped, falls silent, or
 * another one takes its pid. Samples, events and trends come on different topics in any order, so
 * what is said about a process that is not live is kept a while: its start may be read before its
 * first sample, its end before its last.
 */
final class Processes {

  private static final Comparator<ProcessId> BY_NAME =
      Comparator.comparing(ProcessId::service)
          .thenComparing(ProcessId::host)
          .thenComparing(ProcessId::pid)
          .thenComparing(ProcessId::startedAt);

  private static final int INTERVALS_UNTIL_SILENT = 3;
  private static final Duration KEPT_WITHOUT_PROCESS = Duration.ofMinutes(10);

  /** Three of the longest intervals that an agent takes, whatever a sample claims. */
  private static final Duration LONGEST_SILENCE = Duration.ofHours(3);

  private final Map<ProcessId, Held<ProcessState>> live = new TreeMap<>(BY_NAME);
  private final Map<Slot, ProcessId> bySlot = new HashMap<>();
  private final Map<ProcessId, Held<Started>> started = new HashMap<>();
  private final Map<ProcessId, Held<Long>> stopped = new HashMap<>();
  private final Map<String, Held<Trend>> trends = new HashMap<>();

  Outcome apply(int partition, Sample sample, Instant heardAt) {
    ProcessId id = sample.process();
    Held<ProcessState> known = live.get(id);
    if (isBeforeItsEnd(id, sample.sequence())
        || isOfAnEarlierOwner(id)
        || (known != null && known.value().latest().sequence() >= sample.sequence())) {
      return Outcome.STALE;
    }
    ProcessId before = bySlot.put(Slot.of(id), id);
    if (before != null && !before.equals(id)) {
      remove(before);
    }
    LastMinute minute =
        known == null ? LastMinute.of(sample) : known.value().lastMinute().plus(sample);
    live.put(id, new Held<>(partition, heardAt, state(sample, minute)));
    return Outcome.APPLIED;
  }

  Outcome apply(int partition, Event event, Instant heardAt) {
    ProcessId id = event.process();
    if (isBeforeItsEnd(id, event.sequence()) || isOfAnEarlierOwner(id)) {
      return Outcome.STALE;
    }
    if (event.what() instanceof Stopped) {
      return stop(partition, event, heardAt);
    }
    if (event.what() instanceof Started facts) {
      started.put(id, new Held<>(partition, heardAt, facts));
      refresh(id);
    }
    // Whatever it says, it lives.
    live.computeIfPresent(id, (same, held) -> held.heardAgain(heardAt));
    return Outcome.APPLIED;
  }

  private Outcome stop(int partition, Event event, Instant heardAt) {
    ProcessId id = event.process();
    Held<ProcessState> known = live.get(id);
    if (known != null && known.value().latest().sequence() > event.sequence()) {
      return Outcome.STALE;
    }
    stopped.put(id, new Held<>(partition, heardAt, event.sequence()));
    remove(id);
    return Outcome.APPLIED;
  }

  Outcome apply(int partition, Trend trend, Instant now) {
    String key = trend.process().key();
    Held<Trend> known = trends.get(key);
    if (known != null && known.value().at().isAfter(trend.at())) {
      return Outcome.STALE;
    }
    trends.put(key, new Held<>(partition, now, trend));
    refresh(trend.process());
    return Outcome.APPLIED;
  }

  void removeTrend(String processKey) {
    Held<Trend> removed = trends.remove(processKey);
    if (removed != null) {
      refresh(removed.value().process());
    }
  }

  void removeSampledOn(int partition) {
    for (ProcessId id : idsWhere(held -> held.partition() == partition)) {
      remove(id);
    }
  }

  void removeEventsOf(int partition) {
    started.values().removeIf(held -> held.partition() == partition);
    stopped.values().removeIf(held -> held.partition() == partition);
    List.copyOf(live.keySet()).forEach(this::refresh);
  }

  void removeTrendsOf(int partition) {
    trends.values().removeIf(held -> held.partition() == partition);
    List.copyOf(live.keySet()).forEach(this::refresh);
  }

  /** Whether a process has fallen silent by now. */
  boolean expire(Instant now) {
    List<ProcessId> silent = idsWhere(held -> silentAfter(held).isBefore(now));
    silent.forEach(this::remove);
    Instant longAgo = now.minus(KEPT_WITHOUT_PROCESS);
    started.entrySet().removeIf(each -> isOrphan(each.getKey(), each.getValue(), longAgo));
    stopped.values().removeIf(held -> held.since().isBefore(longAgo));
    trends.values().removeIf(held -> isOrphan(held.value().process(), held, longAgo));
    return !silent.isEmpty();
  }

  /** Those that did not come from partitions that are hidden. */
  List<ProcessState> states(Set<Integer> hidden) {
    return live.values().stream()
        .filter(held -> !hidden.contains(held.partition()))
        .map(Held::value)
        .toList();
  }

  private ProcessState state(Sample sample, LastMinute minute) {
    ProcessId id = sample.process();
    return new ProcessState(
        sample,
        minute,
        Optional.ofNullable(trends.get(id.key())).map(Held::value),
        Optional.ofNullable(started.get(id)).map(Held::value));
  }

  /** Takes up what is known now beside its samples. */
  private void refresh(ProcessId id) {
    live.computeIfPresent(
        id,
        (same, held) ->
            new Held<>(
                held.partition(),
                held.since(),
                state(held.value().latest(), held.value().lastMinute())));
  }

  private static Instant silentAfter(Held<ProcessState> held) {
    Duration silence = held.value().latest().interval().multipliedBy(INTERVALS_UNTIL_SILENT);
    return held.since().plus(silence.compareTo(LONGEST_SILENCE) > 0 ? LONGEST_SILENCE : silence);
  }

  private boolean isBeforeItsEnd(ProcessId id, long sequence) {
    Held<Long> end = stopped.get(id);
    return end != null && end.value() >= sequence;
  }

  private boolean isOfAnEarlierOwner(ProcessId id) {
    ProcessId owner = bySlot.get(Slot.of(id));
    return owner != null && owner.startedAt().isAfter(id.startedAt());
  }

  private boolean isOrphan(ProcessId id, Held<?> held, Instant longAgo) {
    return held.since().isBefore(longAgo) && !live.containsKey(id);
  }

  private List<ProcessId> idsWhere(Predicate<Held<ProcessState>> condition) {
    return live.entrySet().stream()
        .filter(each -> condition.test(each.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private void remove(ProcessId id) {
    live.remove(id);
    bySlot.remove(Slot.of(id), id);
  }
}
