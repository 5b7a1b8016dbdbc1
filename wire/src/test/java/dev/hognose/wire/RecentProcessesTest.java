package dev.hognose.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hognose.sample.ProcessId;
import dev.hognose.v1.Process;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An identity is the same whether it was read before or not, and whoever took its place. */
class RecentProcessesTest {

  private final RecentProcesses processes = new RecentProcesses();

  @Test
  void aProcessThatIsReadAgainIsTheVerySame() {
    Process message = message(new Random(1));

    assertThat(processes.of(message)).isSameAs(processes.of(message.toBuilder().build()));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void whoeverWasReadBeforeItIsWhatTheMessageTells(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 100_000; i++) {
      Process message = message(random);

      ProcessId process = processes.of(message);

      assertThat(ProcessCodec.write(process)).isEqualTo(message);
    }
  }

  @Test
  void whatIsNoProcessIsRefusedEachTime() {
    Process nobody = message(new Random(1)).toBuilder().setPid(0).build();

    for (int i = 0; i < 2; i++) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> processes.of(nobody))
          .withMessage("pid=0: expected a positive number");
    }
  }

  /** Few values each, so that many are alike in all but one. */
  private static Process message(Random random) {
    return Process.newBuilder()
        .setService("service-" + random.nextInt(40))
        .setHost("host-" + random.nextInt(40))
        .setPid(1 + random.nextInt(40))
        .setStartedAtMs(1_767_225_600_000L + random.nextInt(3))
        .build();
  }
}
