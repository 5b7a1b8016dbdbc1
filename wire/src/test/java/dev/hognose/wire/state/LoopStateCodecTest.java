package dev.hognose.wire.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.loop.BlockId;
import dev.hognose.loop.Culprits;
import dev.hognose.loop.Episodes;
import dev.hognose.loop.Fingerprint;
import dev.hognose.loop.LoopBlockPolicy;
import dev.hognose.loop.LoopBlockWatch;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Stack;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.MalformedRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LoopStateCodecTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final Fingerprint FINGERPRINT =
      new Fingerprint(
          "orders", "shop.views", "checkout", LoopBlock.Cause.SYNC_IO, Fingerprint.Kind.ONE);

  private final LoopBlockWatch watch = new LoopBlockWatch(LoopBlockPolicy.DEFAULT);

  @Test
  void episodesSurviveAtEveryStep() {
    EpisodesCodec codec = new EpisodesCodec();
    Episodes kept = Episodes.none(FINGERPRINT);
    for (int i = 0; i < 400; i++) {
      Event event = event(i);
      kept = watch.tell(watch.next(kept, event, (LoopBlock) event.what())).episodes();
      assertThat(codec.decode(codec.encode(kept))).isEqualTo(kept);
    }
    kept = watch.quiet(kept).episodes();
    assertThat(codec.decode(codec.encode(kept))).isEqualTo(kept);
    assertThat(kept.all()).hasSizeGreaterThan(1);
  }

  @ParameterizedTest
  @EnumSource
  void fingerprintsOfAllKindsSurvive(Fingerprint.Kind kind) {
    Fingerprint fingerprint = new Fingerprint("orders", "", "", LoopBlock.Cause.UNKNOWN, kind);
    EpisodesCodec codec = new EpisodesCodec();

    assertThat(codec.decode(codec.encode(Episodes.none(fingerprint))).fingerprint())
        .isEqualTo(fingerprint);
  }

  @Test
  void culpritsSurvive() {
    CulpritsCodec codec = new CulpritsCodec();
    Culprits culprits =
        new Culprits("orders", new TreeMap<>(Map.of(new BlockId(-5, 3), FINGERPRINT)));

    assertThat(codec.decode(codec.encode(culprits))).isEqualTo(culprits);
    assertThat(codec.decode(codec.encode(Culprits.none("x")))).isEqualTo(Culprits.none("x"));
  }

  @Test
  void stateOfAnotherMakingIsRefused() {
    assertThatThrownBy(() -> new EpisodesCodec().decode(new byte[] {1, 2, 3}))
        .isInstanceOf(MalformedRecordException.class);
  }

  @Test
  void noValueStaysNoValue() {
    var serde = new AlertCodec().serde();

    assertThat(serde.serializer().serialize("t", null)).isNull();
    assertThat(serde.deserializer().deserialize("t", null)).isNull();
  }

  /** Long and short ones, ended and lasting, with a quiet stretch in the middle. */
  private static Event event(int number) {
    Instant startedAt = T0.plusSeconds(3L * number + (number > 300 ? 3600 : 0));
    boolean lasts = number % 5 == 0;
    LoopBlockBuilder told =
        LoopBlockBuilder.of(number, startedAt, Duration.ofMillis(100 + number))
            .cause(LoopBlock.Cause.SYNC_IO)
            .culprit(
                Optional.of(new Frame("/srv/shop/views.py", number % 3, "checkout"))
                    .filter(frame -> number % 7 != 0))
            .stacks(
                List.of(new Stack(List.of(new Frame("a.py", number % 4, "f")), 2, "MainThread")));
    if (lasts) {
      told.lasting(Duration.ofSeconds(1));
    }
    if (number % 2 == 0) {
      told.stackLate();
    }
    LoopBlock block = told.build();
    ProcessId process = new ProcessId("orders", "web-1", 1 + number % 3, T0.minusSeconds(9));
    return new Event(process, number + 1, block.until(), "1.4." + number % 2, block);
  }
}
