package dev.hognose.limit;

import dev.hognose.fixture.ContainerBuilder;
import dev.hognose.fixture.MemoryBuilder;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** A process in a container of 1,000 MiB that tells its memory every ten seconds. */
record Worker(Optional<Bytes> limit, OptionalLong kills, Duration interval) {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  static final ProcessId PROCESS = new ProcessId("orders", "web-1", 4242, T0);
  static final Worker LIMITED =
      new Worker(Optional.of(Bytes.ofMebi(1000)), OptionalLong.of(0), Duration.ofSeconds(10));

  Worker withLimit(Optional<Bytes> other) {
    return new Worker(other, kills, interval);
  }

  Worker withKills(long count) {
    return new Worker(limit, OptionalLong.of(count), interval);
  }

  /** Whose count cannot be read. */
  Worker withoutKills() {
    return new Worker(limit, OptionalLong.empty(), interval);
  }

  Worker every(Duration time) {
    return new Worker(limit, kills, time);
  }

  /** Three mebibytes a minute from 750: the limit is an hour away after 23 minutes. */
  static Sample growing(double minute) {
    return LIMITED.at(minute, 750 + 3 * minute);
  }

  /** Alone in its container. */
  Sample at(double minutes, double mib) {
    return at(minutes, mib, Optional.empty());
  }

  Sample at(double minutes, double mib, Optional<Bytes> usage) {
    return SampleBuilder.of(PROCESS, 1, time(minutes))
        .interval(interval)
        .version("1.4.2")
        .memory(MemoryBuilder.of(bytes(mib)).build())
        .container(
            ContainerBuilder.unlimited()
                .memoryLimit(limit)
                .memoryUsage(usage)
                .oomKills(kills)
                .build())
        .build();
  }

  static Bytes bytes(double mib) {
    return new Bytes(Math.round(mib * (1 << 20)));
  }

  static Instant time(double minutes) {
    return T0.plusMillis(Math.round(minutes * 60_000));
  }
}
