package dev.hognose.wire.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.loop.LagCause;
import dev.hognose.loop.LagEpisodes;
import dev.hognose.loop.LoopLagPolicy;
import dev.hognose.loop.LoopLagWatch;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Histogram;
import dev.hognose.service.LoopTime;
import dev.hognose.service.ProcessMinute;
import dev.hognose.service.ServiceSummary;
import dev.hognose.service.Waits;
import dev.hognose.wire.Examples;
import dev.hognose.wire.ServiceSummaryCodec;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What the streams remember of services between records survives being written down. */
class ServiceStateCodecTest {

  private static final Histogram LAG = Histogram.of(new long[] {0, 500, 20, 0, 0, 0, 9}, 12.25);

  @Test
  void aMinuteAndASummarySurvive() {
    ProcessMinuteCodec minutes = new ProcessMinuteCodec();
    ServiceMinuteCodec sums = new ServiceMinuteCodec();
    ServiceSummary sum = ServiceSummary.of(minute(1)).and(minute(2)).and(minute(3));

    assertThat(minutes.decode(minutes.encode(minute(1)))).isEqualTo(minute(1));
    assertThat(sums.decode(sum.service(), sums.encode(sum))).isEqualTo(sum);
  }

  @Test
  void aSummaryKeepsItsFiguresOnTheWire() {
    ServiceSummaryCodec codec = new ServiceSummaryCodec();
    ServiceSummary sum = ServiceSummary.of(minute(1)).and(minute(2));

    assertThat(codec.decode(codec.encode(sum))).isEqualTo(sum);
  }

  @Test
  void episodesOfLagSurviveAtEveryStep() {
    LagEpisodesCodec codec = new LagEpisodesCodec();
    LoopLagWatch watch = new LoopLagWatch(LoopLagPolicy.DEFAULT);
    LagEpisodes kept = LagEpisodes.none("orders", LagCause.GC);
    for (int i = 0; i < 40; i++) {
      kept = watch.next(kept, minute(i * i)).episodes();
      assertThat(codec.decode(codec.encode(kept))).isEqualTo(kept);
    }
    kept = watch.quiet(kept).episodes();
    assertThat(codec.decode(codec.encode(kept))).isEqualTo(kept);
    assertThat(kept.all()).hasSizeGreaterThan(1);
  }

  private static Waits waits() {
    return new Waits(
        Duration.ofNanos(1), Duration.ofNanos(2), Duration.ofNanos(3), Duration.ofNanos(4));
  }

  private static ProcessMinute minute(int number) {
    Duration late = Duration.ofMillis(12_250);
    return new ProcessMinute(
        Examples.PROCESS,
        "1.4." + number % 3,
        Examples.AT.minusMillis(250).plusSeconds(60L * number),
        Duration.ofSeconds(60),
        new LoopTime(
            Duration.ofSeconds(60), LAG, late, Duration.ofMillis(500), Duration.ofMillis(11_750)),
        waits(),
        Duration.ofMillis(12_500),
        Bytes.ofMebi(100 + number),
        Bytes.ofMebi(90 + number),
        3);
  }
}
