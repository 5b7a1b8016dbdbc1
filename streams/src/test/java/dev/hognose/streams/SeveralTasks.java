package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.leak.LeakAlertPolicy;
import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.LeakWatch;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.leak.ServiceWord;
import dev.hognose.sample.Event;
import dev.hognose.sample.Sample;
import dev.hognose.wire.state.LeakEvidenceCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The processors that judge leaks, on as many partitions as one likes, without a broker: what goes
 * from one to the other waits in queues, and which queue goes on next is drawn from a seed.
 */
final class SeveralTasks {

  private static final LeakPolicy POLICY = LeakPolicy.PAGER.withBucket(Duration.ofSeconds(1));

  private final RandomGenerator random;
  private final List<Reader> readers = new ArrayList<>();
  private final Map<String, Alert> told = new TreeMap<>();
  private final MockProcessorContext<String, ServiceWord> services = new MockProcessorContext<>();
  private final ServiceDetector detector = ServiceDetector.beside(POLICY).orElseThrow();
  private LeakServiceProcessor judge;
  private int restarts;

  /** A task that reads samples, with what waits before and behind it. */
  private final class Reader {

    private final MockProcessorContext<String, Told> context;
    private final MockProcessorContext<Void, Void> words;
    private final Deque<Object> partition;
    private final Deque<Record<String, TaskReport>> reports = new ArrayDeque<>();
    private final Deque<Record<String, ServiceWord>> spoken = new ArrayDeque<>();
    private LeakTrendProcessor leaks;
    private LeakWordProcessor hears;

    Reader(int number, List<Object> log) {
      partition = new ArrayDeque<>(log);
      context = context(number);
      words = context(number);
      add(context, KnownProcess.store());
      LeakLives.stores().forEach(store -> add(context, store));
      add(context, Stored.unpacked(WaitingWords.WORDS, LeakServiceTopology.unheard()));
      add(context, Stored.unpacked(LeakTrendProcessor.EVIDENCE, new LeakEvidenceCodec()));
      add(context, TaskProgress.store());
      for (String shared : List.of(KnownProcess.STORE, WaitingWords.WORDS)) {
        KeyValueStore<?, ?> store = context.getStateStore(shared);
        words.addStateStore(store);
      }
      start();
    }

    void start() {
      leaks =
          new LeakTrendProcessor(
              new LeakWatch(POLICY, LeakAlertPolicy.DEFAULT, Optional.of(detector.policy())),
              ReadingOutcome.counters(new SimpleMeterRegistry()));
      leaks.init(context);
      hears = new LeakWordProcessor();
      hears.init(words);
    }

    void read() {
      Object each = partition.remove();
      Heard observation =
          each instanceof Sample sample
              ? new Heard.OfSample(sample)
              : new Heard.OfEvent((Event) each);
      leaks.process(new Record<>(new byte[0], observation, 0));
      forward();
    }

    private void forward() {
      for (var captured : context.forwarded()) {
        Told said = captured.record().value();
        said.alerts().forEach(alert -> told.put(alert.id(), alert));
        said.reports()
            .forEach(report -> reports.add(new Record<>(captured.record().key(), report, 0)));
      }
      context.resetForwards();
    }

    void report() {
      judge.process(reports.remove());
      speak();
    }

    boolean hasRead(String process) {
      KeyValueStore<String, ?> processes = context.getStateStore(KnownProcess.STORE);
      return processes.get(process) != null;
    }

    void hear() {
      hears.process(spoken.remove());
    }

    /** What the timer does that hears last words. */
    void hearAll() {
      context.scheduledPunctuators().stream()
          .filter(timer -> timer.getInterval().equals(Duration.ofSeconds(10)))
          .reduce((earlier, latest) -> latest)
          .orElseThrow()
          .getPunctuator()
          .punctuate(Telemetry.T0.toEpochMilli());
      forward();
    }
  }

  /**
   * Reads logs, a partition each, to their ends.
   *
   * @param seed of who goes on next; every hundredth time somebody starts anew
   */
  SeveralTasks(List<List<Object>> logs, long seed) {
    random = Fleet.random(seed);
    add(services, LeakServiceTopology.histories());
    add(services, HeldObservations.store());
    add(services, TaskClocks.store());
    services.setCurrentSystemTimeMs(Telemetry.T0.toEpochMilli());
    judge = judge(logs.size());
    for (int number = 0; number < logs.size(); number++) {
      readers.add(new Reader(number, logs.get(number)));
    }
  }

  private LeakServiceProcessor judge(int tasks) {
    LeakServiceProcessor started =
        new LeakServiceProcessor(
            detector, () -> tasks, LifeOutcome.counters(new SimpleMeterRegistry()));
    started.init(services);
    return started;
  }

  private static <K, V> MockProcessorContext<K, V> context(int number) {
    MockProcessorContext<K, V> context =
        new MockProcessorContext<>(new Properties(), new TaskId(0, number), null);
    context.setCurrentSystemTimeMs(Telemetry.T0.toEpochMilli());
    return context;
  }

  private static void add(MockProcessorContext<?, ?> context, StoreBuilder<?> builder) {
    StateStore store = builder.withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  /** The last word on each alert, when all is read, said and heard. */
  Map<String, Alert> told() {
    List<Runnable> next = next();
    while (!next.isEmpty()) {
      next.get(random.nextInt(next.size())).run();
      if (random.nextInt(100) == 0) {
        restart();
      }
      next = next();
    }
    for (int number = 0; number < readers.size(); number++) {
      judge.process(new Record<>("", new TaskReport.Idle(number), 0));
    }
    services.scheduledPunctuators().get(2 * restarts).getPunctuator().punctuate(now());
    speak();
    readers.forEach(
        reader -> {
          while (!reader.spoken.isEmpty()) {
            reader.hear();
          }
          reader.hearAll();
        });
    return Collections.unmodifiableMap(told);
  }

  private static long now() {
    return Telemetry.T0.toEpochMilli();
  }

  private List<Runnable> next() {
    List<Runnable> next = new ArrayList<>();
    for (Reader reader : readers) {
      if (!reader.partition.isEmpty()) {
        next.add(() -> readSome(reader));
      }
      if (!reader.reports.isEmpty()) {
        next.add(reader::report);
      }
      if (!reader.spoken.isEmpty()) {
        next.add(reader::hear);
      }
    }
    return next;
  }

  /** One record, or a whole fetch of them while others wait. */
  private void readSome(Reader reader) {
    int records = random.nextInt(40) == 0 ? 400 : 1;
    for (int n = 0; n < records && !reader.partition.isEmpty(); n++) {
      reader.read();
    }
  }

  private void restart() {
    int which = random.nextInt(readers.size() + 1);
    if (which < readers.size()) {
      readers.get(which).start();
    } else {
      restarts++;
      judge = judge(readers.size());
    }
  }

  private void speak() {
    for (var captured : services.forwarded()) {
      String process = captured.record().key();
      readerOf(process).spoken.add(new Record<>(process, captured.record().value(), 0));
    }
    services.resetForwards();
  }

  private Reader readerOf(String process) {
    return readers.stream()
        .filter(reader -> reader.hasRead(process))
        .findFirst()
        .orElse(readers.get(0));
  }
}
