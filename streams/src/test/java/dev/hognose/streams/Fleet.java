package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.event;
import static dev.hognose.streams.Telemetry.sample;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Event;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Two services of a few processes each, made from a seed: some leak from some time on, some fill a
 * cache, some stand still, some start anew, every other one of these under another pid. With a
 * bucket of a second.
 */
final class Fleet {

  static final Duration EVERY = Duration.ofMillis(500);

  private static final int TICKS = 760;
  private static final double MIB = 1 << 20;

  private final RandomGenerator random;
  private final List<List<Object>> lives = new ArrayList<>();

  Fleet(long seed) {
    random = random(seed);
    for (String service : List.of("catalog", "orders")) {
      int processes = 2 + random.nextInt(3);
      for (int p = 0; p < processes; p++) {
        place(service, p);
      }
    }
  }

  static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }

  private void place(String service, int number) {
    boolean isRestarted = random.nextInt(3) == 0;
    int until = isRestarted ? TICKS / 2 + random.nextInt(100) : TICKS;
    ProcessId first = process(service, number, 7 + number, 0);
    lives.add(life(first, 0, until));
    if (isRestarted) {
      long pid = number % 2 == 0 ? first.pid() : 20 + number;
      lives.add(life(process(service, number, pid, until + 4), until + 4, TICKS));
    }
  }

  private static ProcessId process(String service, int number, long pid, int from) {
    return new ProcessId(service, "web-" + number % 2, pid, at(from).minusMillis(100));
  }

  private List<Object> life(ProcessId process, int from, int until) {
    double slope = 0.2 + 0.8 * random.nextDouble();
    int shape = random.nextInt(3);
    double height = 20 + 60 * random.nextDouble();
    int phase = random.nextInt(400);
    List<Object> life = new ArrayList<>();
    for (int tick = from; tick < until; tick++) {
      int age = tick - from;
      double grown =
          switch (shape) {
            case 0 -> 0;
            case 1 -> Math.min(height, slope * age);
            default -> slope * age;
          };
      double noise = 3 * random.nextDouble();
      Bytes rss = new Bytes(Math.round((100 + grown + noise) * MIB));
      life.add(sample(process, age + 1, at(tick).plusMillis(phase), rss));
    }
    if (until < TICKS) {
      Instant end = at(until).plusMillis(phase);
      life.add(event(process, until - from + 1, end, new Stopped(Stopped.Reason.EXIT, 0)));
    }
    return life;
  }

  private static Instant at(int tick) {
    return T0.plus(EVERY.multipliedBy(tick));
  }

  static Instant at(Object telemetry) {
    return telemetry instanceof Sample sample ? sample.at() : ((Event) telemetry).at();
  }

  /** As it happened. */
  List<Object> inOrder() {
    return ordered(lives);
  }

  private static List<Object> ordered(List<List<Object>> lives) {
    return lives.stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparing(each -> at(each)))
        .toList();
  }

  /** Some up to two places late within their process, some twice. */
  List<Object> disordered() {
    List<Object> disordered = new ArrayList<>();
    for (Object each : inOrder()) {
      disordered.add(each);
      if (random.nextInt(20) == 0) {
        disordered.add(each);
      }
    }
    for (int i = 40; i < disordered.size(); i++) {
      if (random.nextInt(30) == 0 && disordered.get(i) instanceof Sample) {
        int to = Math.min(disordered.size() - 1, i + random.nextInt(8));
        disordered.add(to, disordered.remove(i));
      }
    }
    return disordered;
  }

  /** As it stands in the logs of so many partitions. */
  List<List<Object>> inPartitions(int partitions) {
    List<List<List<Object>>> parts = new ArrayList<>();
    for (int p = 0; p < partitions; p++) {
      parts.add(new ArrayList<>());
    }
    for (int i = 0; i < lives.size(); i++) {
      parts.get(i % partitions).add(lives.get(i));
    }
    return parts.stream().map(Fleet::ordered).toList();
  }
}
