package dev.hognose.wire.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.leak.Footprint;
import dev.hognose.leak.Growth;
import dev.hognose.leak.Heard;
import dev.hognose.leak.LeakEvidence;
import dev.hognose.leak.LeakLife;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.OpenLeak;
import dev.hognose.leak.ServiceWord;
import dev.hognose.leak.ToldTrend;
import dev.hognose.leak.Trend;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Retention;
import dev.hognose.wire.MalformedRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LeakStateCodecTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final ProcessId PROCESS = new ProcessId("catalog", "web-1", 4242, T0);
  private static final Growth GROWTH =
      new Growth(
          Trend.Where.NATIVE,
          new GrowthRate(7.5e9),
          new Trend.SlopeInterval(new GrowthRate(7e9), new GrowthRate(8e9)),
          T0,
          OptionalDouble.of(1.4),
          0.93);

  @Test
  void aFullLifeSurvives() {
    for (Growth growth : List.of(GROWTH, noLimit())) {
      LeakLife life = full(growth);
      assertThat(survives(life)).usingRecursiveComparison().isEqualTo(life);
    }
  }

  private static LeakLife full(Growth growth) {
    return new LeakLife(
        PROCESS,
        LeakState.initial(),
        Optional.of(
            new Heard(T0, T0.plusSeconds(30), "1.4.2", Bytes.ofMebi(9), Optional.of(Bytes.ZERO))),
        Optional.of(T0.plusSeconds(5)),
        true,
        Optional.of(
            new OpenLeak(
                T0,
                "1.4.1",
                true,
                new OpenLeak.Told(
                    T0.plusSeconds(7),
                    growth,
                    new ServiceWord.Sharing(3, 5, "1.4.0", true),
                    new Footprint(Bytes.ofMebi(7), Optional.of(Bytes.ofMebi(8)))))),
        Optional.of(
            new ToldTrend(
                Trend.Verdict.LEAKING,
                Optional.of(Trend.Where.PYTHON),
                new GrowthRate(-3),
                OptionalDouble.empty(),
                4)),
        Optional.empty());
  }

  @Test
  void anEmptyLifeSurvives() {
    LeakLife life = LeakLife.begin(PROCESS);

    assertThat(survives(life)).usingRecursiveComparison().isEqualTo(life);
  }

  private static Growth noLimit() {
    return new Growth(
        Trend.Where.PYTHON_HIDDEN,
        GrowthRate.ZERO,
        new Trend.SlopeInterval(GrowthRate.ZERO, GrowthRate.ZERO),
        T0,
        OptionalDouble.empty(),
        0.5);
  }

  private static LeakLife survives(LeakLife life) {
    LeakLifeCodec codec = new LeakLifeCodec();
    return codec.decode(PROCESS.key(), codec.encode(life));
  }

  @Test
  void evidenceSurvives() {
    LeakEvidence evidence =
        new LeakEvidence(
            List.of(
                new LeakEvidence.Window(
                    T0,
                    Duration.ofSeconds(2),
                    List.of(
                        new AllocationGrowth.Site(
                            List.of(new Frame("a.py", 1, "f"), new Frame("b.py", 2, "g")),
                            Bytes.ofMebi(3),
                            7)))),
            List.of(
                new LeakEvidence.Holder(
                    T0,
                    new Retention(
                        "shop.CARTS",
                        Retention.Kind.LRU_CACHE,
                        5,
                        2.5,
                        Bytes.ofMebi(1),
                        OptionalLong.of(1),
                        OptionalLong.empty(),
                        OptionalLong.of(3),
                        "tuple[str] -> Cart"))));
    LeakEvidenceCodec codec = new LeakEvidenceCodec();

    assertThat(codec.decode(codec.encode(evidence))).isEqualTo(evidence);
    assertThat(codec.decode(codec.encode(LeakEvidence.NONE))).isEqualTo(LeakEvidence.NONE);
  }

  @Test
  void aStateOfAnotherMakingIsRefused() {
    assertThatThrownBy(() -> new LeakLifeCodec().decode(PROCESS.key(), new byte[] {1, 2, 3}))
        .isInstanceOf(MalformedRecordException.class);
    assertThatThrownBy(() -> new LeakLifeCodec().decode("catalog/web-1", new byte[0]))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage("process=catalog/web-1: expected service/host/pid/started_at_ms");
  }
}
