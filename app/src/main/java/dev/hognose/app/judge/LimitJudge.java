package dev.hognose.app.judge;

import dev.hognose.alert.Alert;
import dev.hognose.leak.MemoryReading;
import dev.hognose.limit.LimitLife;
import dev.hognose.limit.LimitUse;
import dev.hognose.limit.LimitWatch;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Says when one process of a trace was about to reach its limit. */
final class LimitJudge {

  /** Alerts are not told here, so that nobody reads the name. */
  private static final ProcessId NOBODY =
      new ProcessId("trace", "trace", 1, Instant.parse("2020-01-01T00:00:00Z"));

  /** A trace does not say how often samples come, so that no gap in it is an end. */
  private static final Duration NEVER = Duration.ofDays(3650);

  private final LimitWatch watch;
  private final List<Instant> firedAt = new ArrayList<>();
  private LimitLife life = LimitLife.begin(NOBODY);
  private long startedAtMs;

  LimitJudge(LimitWatch watch) {
    this.watch = watch;
  }

  /** Takes the figures of a sample that the leak's detector could use. */
  void take(MemoryReading reading) {
    Instant at = Instant.ofEpochMilli(reading.atMs());
    LimitUse use =
        new LimitUse(
            at,
            at.plus(NEVER),
            "",
            new Bytes(reading.rssBytes()),
            Optional.empty(),
            reading.limitBytes() > 0
                ? Optional.of(new Bytes(reading.limitBytes()))
                : Optional.empty(),
            OptionalLong.empty());
    if (reading.startedAtMs() > startedAtMs) {
      startedAtMs = reading.startedAtMs();
      life = LimitLife.begin(NOBODY);
    }
    life = watch.used(life, use).life();
    life.soon()
        .map(open -> open.firedAt())
        .filter(fired -> firedAt.isEmpty() || fired.isAfter(firedAt.get(firedAt.size() - 1)))
        .ifPresent(firedAt::add);
  }

  /** When alerts of {@link Alert.Kind#OUT_OF_MEMORY_SOON} would have fired. */
  List<Instant> firedAt() {
    return List.copyOf(firedAt);
  }
}
