package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.fixture.FullSample;
import dev.hognose.leak.ServiceWord;
import dev.hognose.leak.UnheardWords;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.ThreadCpu;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What a process of days has in changelogs, of each key the last value, keys included. */
class StateSizeTest {

  /** Every ring is full then. */
  private static final int SAMPLES = 3_200;

  private static final Duration APART = Duration.ofMinutes(2);

  /** What a service says of a process in ten hours. */
  private static final int WORDS = 38;

  private static final ProcessId PROCESS = new ProcessId("service-1", "host-0", 101, Telemetry.T0);

  private final Map<String, Map<String, byte[]>> stores = new TreeMap<>();
  private final List<ServiceWord> words = new ArrayList<>();

  @Test
  void anOldProcessHasFourKibibytesWithAllThatIsSaidOfItInTenHours() {
    try (Pipeline pipeline = new Pipeline()) {
      for (int n = 0; n < SAMPLES; n++) {
        pipeline.pipe(sample(n));
        if (n % 4 == 0 || n == SAMPLES - 1) {
          pipeline.changelogs().forEach(this::take);
        }
      }
    }
    int bytes = stores.values().stream().mapToInt(StateSizeTest::bytes).sum();
    List<ServiceWord> unheard = words.subList(words.size() - WORDS, words.size());

    assertThat(bytes + PROCESS.key().length() + 1 + new UnheardWords(unheard).pack().length)
        .as("by store: %s", told())
        .isLessThanOrEqualTo(4096);
  }

  private void take(String store, Map<String, byte[]> latest) {
    stores.computeIfAbsent(store, name -> new TreeMap<>()).putAll(latest);
    if (store.equals("leak-words-heard")) {
      latest.values().stream()
          .filter(value -> value.length > 0)
          .forEach(
              value -> words.add(ServiceWord.unpack(Arrays.copyOfRange(value, 1, value.length))));
    }
  }

  private Map<String, Integer> told() {
    Map<String, Integer> told = new TreeMap<>();
    stores.forEach((store, values) -> told.put(store, bytes(values)));
    return told;
  }

  /** An empty value is of a key that was deleted. */
  private static int bytes(Map<String, byte[]> values) {
    return values.entrySet().stream()
        .filter(each -> each.getValue().length > 0)
        .mapToInt(each -> each.getKey().length() + each.getValue().length)
        .sum();
  }

  /** What counts has counted on; memory comes and goes within 4 MiB. */
  private static Sample sample(int n) {
    Instant at = Telemetry.T0.plus(APART.multipliedBy(n)).plusMillis(1);
    long restless = n * 7919L % 4096;
    return FullSample.of(PROCESS, n + 1L, at)
        .interval(APART)
        .memory(FullSample.memory(new Bytes(Bytes.ofMebi(100).count() + restless * 1024)))
        .cpu(new Cpu(spent(n, 400), spent(n, 30)))
        .loops(
            List.of(FullSample.loop("MainThread", Histogram.of(new long[] {1200L * n}, 3.6 * n))))
        .gilWait(Histogram.of(new long[] {40L * n, 9L * n, n}, n * 0.002))
        .threadCpu(List.of(new ThreadCpu("worker", spent(n, 300), spent(n, 5))))
        .build();
  }

  private static Duration spent(int n, long millisEach) {
    return Duration.ofMillis(n * millisEach).plusNanos(n * 7919L % 1000 * 1000);
  }
}
