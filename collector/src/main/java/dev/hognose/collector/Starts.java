package dev.hognose.collector;

import dev.hognose.collector.fleet.FleetSnapshot;
import dev.hognose.collector.fleet.ProcessState;
import dev.hognose.collector.history.PastStarts.Found;
import dev.hognose.collector.history.PastStarts.Looked;
import dev.hognose.sample.ProcessId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that it is known of older processes, too, what they said when they started: of each
 * that lives and has not said it since we read, it is looked for once, in a thread of its own;
 * again where Kafka did not let us come to the end.
 */
final class Starts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Starts.class);
  private static final long BEAT_SECONDS = 2;

  /** So that the first of a large fleet need not wait for the last. */
  private static final int AT_ONCE = 500;

  private final Supplier<FleetSnapshot> fleet;
  private final BooleanSupplier whole;
  private final Function<Collection<ProcessId>, Looked> past;
  private final Consumer<Found> learn;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "hognose-starts");
            made.setDaemon(true);
            return made;
          });
  private final Set<ProcessId> lookedFor = new HashSet<>();

  Starts(
      Supplier<FleetSnapshot> fleet,
      BooleanSupplier whole,
      Function<Collection<ProcessId>, Looked> past,
      Consumer<Found> learn) {
    this.fleet = fleet;
    this.whole = whole;
    this.past = past;
    this.learn = learn;
  }

  void start() {
    Future<?> unused =
        thread.scheduleWithFixedDelay(this::look, BEAT_SECONDS, BEAT_SECONDS, TimeUnit.SECONDS);
  }

  /** Looks for those that have not been looked for, some of them at a time. */
  void look() {
    if (!whole.getAsBoolean()) {
      return;
    }
    try {
      List<ProcessState> live = fleet.get().processes();
      Set<ProcessId> stillLive = new HashSet<>();
      live.forEach(process -> stillLive.add(process.id()));
      lookedFor.retainAll(stillLive);
      List<ProcessId> wanted =
          live.stream()
              .filter(process -> process.started().isEmpty())
              .map(ProcessState::id)
              .filter(id -> !lookedFor.contains(id))
              .limit(AT_ONCE)
              .toList();
      if (!wanted.isEmpty()) {
        Looked looked = past.apply(wanted);
        looked.found().forEach(learn);
        lookedFor.addAll(looked.lookedFor());
      }
    } catch (RuntimeException failed) {
      // Else the schedule would end, and nobody would hear of it.
      LOG.error("looking for the starts of older processes failed", failed);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
