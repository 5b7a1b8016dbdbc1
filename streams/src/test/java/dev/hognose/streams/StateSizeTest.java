package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.fixture.MemoryBuilder;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.leak.ServiceWord;
import dev.hognose.leak.UnheardWords;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Memory;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.TaskGroup;
import dev.hognose.sample.ThreadCpu;
import dev.hognose.wire.sample.SampleCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a process of days has in changelogs, of each key the last value, keys included. */
class StateSizeTest {

  /** Every ring is full then. */
  private static final int SAMPLES = 3_200;

  private static final Duration APART = Duration.ofMinutes(2);

  /** What a service says of a process in ten hours. */
  private static final int WORDS = 38;

  private static final ProcessId PROCESS = new ProcessId("service-1", "host-0", 101, Telemetry.T0);

  private final Sample like = golden();
  private final Map<String, Map<String, byte[]>> stores = new TreeMap<>();
  private final List<ServiceWord> words = new ArrayList<>();

  @Test
  void aProcessOfDaysHasFourKibibytesWhereOneOfTenLeaks() {
    StateSizeTest leaking = new StateSizeTest();
    keep(Bytes.ZERO);
    leaking.keep(new Bytes(256 << 10));

    assertThat((9 * bytes() + leaking.bytes()) / 10)
        .as("by store: %s, and where it leaks: %s", told(), leaking.told())
        .isLessThanOrEqualTo(4096);
    assertThat(leaking.bytes() - leaking.bytes("leak-words"))
        .as("one that leaks and has heard its words: %s", leaking.told())
        .isLessThanOrEqualTo(4096);
  }

  /** Reads all samples of a process that keeps so much memory of each. */
  private void keep(Bytes kept) {
    try (Pipeline pipeline = new Pipeline()) {
      for (int n = 0; n < SAMPLES; n++) {
        pipeline.pipe(sample(n, kept));
        if (n % 8 == 0 || n == SAMPLES - 1) {
          pipeline.changelogs(this::take);
        }
      }
    }
    UnheardWords unheard = new UnheardWords(words.subList(words.size() - WORDS, words.size()));
    stores.put("leak-words", Map.of(PROCESS.key(), unheard.pack()));
  }

  private int bytes() {
    return stores.values().stream().mapToInt(StateSizeTest::bytes).sum();
  }

  private int bytes(String store) {
    return bytes(stores.getOrDefault(store, Map.of()));
  }

  private static Sample golden() {
    try {
      return new SampleCodec()
          .decode(null, Files.readAllBytes(Path.of("..", "proto/golden/v1sample.bin")));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private void take(String store, byte[] key, byte @Nullable [] value) {
    Map<String, byte[]> values = stores.computeIfAbsent(store, name -> new TreeMap<>());
    String name = new String(key, StandardCharsets.UTF_8);
    if (value == null) {
      values.remove(name);
    } else {
      values.put(name, value);
      if (store.equals("leak-words-heard")) {
        words.add(ServiceWord.unpack(Arrays.copyOfRange(value, 1, value.length)));
      }
    }
  }

  private Map<String, Integer> told() {
    Map<String, Integer> told = new TreeMap<>();
    stores.forEach((store, values) -> told.put(store, bytes(values)));
    return told;
  }

  private static int bytes(Map<String, byte[]> values) {
    return values.entrySet().stream()
        .mapToInt(each -> each.getKey().length() + each.getValue().length)
        .sum();
  }

  /** As a process of the benchmark says it: what counts has counted on. */
  private Sample sample(int n, Bytes kept) {
    Instant at = Telemetry.T0.plus(APART.multipliedBy(n)).plusMillis(1);
    return SampleBuilder.of(PROCESS, n + 1L, at)
        .interval(APART)
        .version("1.4.2")
        .memory(memory(n, kept))
        .container(like.container())
        .kernel(like.kernel())
        .cpu(new Cpu(grown(like.cpu().user(), n, 400), grown(like.cpu().system(), n, 30)))
        .gc(collector(n))
        .loops(like.loops().stream().map(loop -> loop(loop, n)).toList())
        .gilWait(grown(like.gilWait(), n, 0.002))
        .threadCpu(
            like.threadCpu().stream()
                .map(
                    each ->
                        new ThreadCpu(
                            each.name(), grown(each.cpu(), n, 300), grown(each.runQueue(), n, 5)))
                .toList())
        .nativePools(like.nativePools())
        .counters(like.counters())
        .agent(like.agent())
        .build();
  }

  /** It comes and goes within 4 MiB. */
  private static Memory memory(int n, Bytes kept) {
    long restless = n * 7919L % 4096 * 1024;
    Bytes rss = new Bytes(Bytes.ofMebi(100).count() + n * kept.count() + restless);
    return MemoryBuilder.of(rss).uss(rss).allocatedBlocks(rss.count() / 128).build();
  }

  private GarbageCollector collector(int n) {
    return new GarbageCollector(
        like.gc().generations().stream()
            .map(
                each ->
                    new GarbageCollector.Generation(
                        each.collections() + n, each.collected() + 7L * n, each.uncollectable()))
            .toList(),
        grown(like.gc().pause(), n, 0.0004),
        like.gc().frozen(),
        like.gc().garbage(),
        like.gc().mode());
  }

  private static EventLoop loop(EventLoop like, int n) {
    return new EventLoop(
        like.name(),
        like.kind(),
        grown(like.lag(), n, 0.003),
        like.blocked(),
        like.tasks(),
        like.tasksByCoroutine().stream()
            .map(
                each ->
                    new TaskGroup(
                        each.coroutine(), each.count(), each.oldest().plus(APART.multipliedBy(n))))
            .toList());
  }

  private static Duration grown(Duration like, int n, long millisEach) {
    return like.plus(Duration.ofMillis(n * millisEach)).plusNanos(n * 7919L % 1000 * 1000);
  }

  private static Histogram grown(Histogram like, int n, double secondsEach) {
    return like.plus(Histogram.of(new long[] {40L * n, 9L * n, n}, n * secondsEach));
  }
}
