package dev.hognose.wire.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.LeakEvidence;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LeakEvidenceCodecTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

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
}
