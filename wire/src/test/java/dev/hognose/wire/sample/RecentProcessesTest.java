package dev.hognose.wire.sample;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hognose.sample.ProcessId;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An identity is the same whether it was read before or not, and whoever took its place. */
class RecentProcessesTest {

  private final RecentProcesses processes = new RecentProcesses();

  @Test
  void aProcessThatIsReadAgainIsTheVerySame() {
    String key = key(new Random(1));

    assertThat(processes.of(key.getBytes(UTF_8))).isSameAs(processes.of(key.getBytes(UTF_8)));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void whoeverWasReadBeforeItIsWhatTheKeyTells(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      String key = key(random);

      ProcessId process = processes.of(key.getBytes(UTF_8));

      assertThat(process).isEqualTo(ProcessId.parse(key));
    }
  }

  /** The bytes of a key may be used for the next one. */
  @Test
  void whatIsKnownIsNobodysToChange() {
    byte[] key = "orders/web-1/7/1767225600000".getBytes(UTF_8);
    processes.of(key);
    key[0] = 'b';

    assertThat(processes.of(key).service()).isEqualTo("brders");
    assertThat(processes.of("orders/web-1/7/1767225600000".getBytes(UTF_8)).service())
        .isEqualTo("orders");
  }

  @ParameterizedTest
  @CsvSource({
    "somebody, 'key=somebody: expected service/host/pid/started_at_ms'",
    "a/b/0/1767225600000, 'key=a/b/0/1767225600000: expected service/host/pid/started_at_ms'",
    "a/b/1/5, 'key=a/b/1/5: expected service/host/pid/started_at_ms'",
    "a/b/007/1767225600000,"
        + " 'key=a/b/007/1767225600000: expected the process, a/b/7/1767225600000'",
  })
  void whatIsNoProcessIsRefusedEachTime(String key, String reason) {
    for (int i = 0; i < 2; i++) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> processes.of(key.getBytes(UTF_8)))
          .withMessage(reason);
    }
  }

  @Test
  void noKeyIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> processes.of(null))
        .withMessage("key=none: expected service/host/pid/started_at_ms");
  }

  @Test
  void keyThatIsNoTextIsRefused() {
    byte[] key = "orders/web-1/7/1767225600000".getBytes(UTF_8);
    key[0] = (byte) 0xff;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> processes.of(key))
        .withMessageContaining(": expected the process, ");
  }

  /** Few values each, so that many are alike in all but one. */
  private static String key(Random random) {
    return "service-"
        + random.nextInt(40)
        + "/host-"
        + random.nextInt(40)
        + "/"
        + (1 + random.nextInt(40))
        + "/"
        + (1_767_225_600_000L + random.nextInt(3));
  }
}
