package dev.hognose.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.http.HttpSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstanceTest {

  private static final Instance INSTANCE =
      new Instance("web-1", "boot", "10.0.0.5", "127.0.0.1", 9465);

  @Test
  void nameIsTheSameAfterARestart() {
    assertThat(INSTANCE.name())
        .isEqualTo(new Instance("web-1", "boot", "10.0.0.5", "127.0.0.1", 9465).name())
        .matches("web-1-9465-[0-9a-f]{12}");
  }

  @Test
  void whateverTellsTwoApartIsInTheName() {
    Stream<Instance> others =
        Stream.of(
            new Instance("web-2", "boot", "10.0.0.5", "127.0.0.1", 9465),
            // A machine that was cloned, with its host name and its private address.
            new Instance("web-1", "other", "10.0.0.5", "127.0.0.1", 9465),
            // A container beside it that was given the same host name.
            new Instance("web-1", "boot", "10.0.0.6", "127.0.0.1", 9465),
            new Instance("web-1", "boot", "10.0.0.5", "127.0.0.2", 9465),
            new Instance("web-1", "boot", "10.0.0.5", "127.0.0.1", 9466));

    assertThat(Stream.concat(Stream.of(INSTANCE), others).map(Instance::name))
        .doesNotHaveDuplicates();
  }

  @Test
  void nameIsOneThatKafkaTakesWhateverTheHostIsCalled() {
    assertThat(new Instance("wéb 1/ü", "boot", "::1", "::", 9465).name())
        .matches("w-b-1---9465-[0-9a-f]{12}");
  }

  @Test
  void isReadFromTheKernel(@TempDir Path kernel) throws IOException {
    Files.createDirectories(kernel.resolve("random"));
    Files.writeString(kernel.resolve("random/boot_id"), "5c1b\n");
    Files.writeString(kernel.resolve("hostname"), "web-1\n");

    assertThat(Instance.of(HttpSettings.open("127.0.0.1", 9465), kernel))
        .hasValueSatisfying(
            instance -> {
              assertThat(instance.host()).isEqualTo("web-1");
              assertThat(instance.boot()).isEqualTo("5c1b");
              assertThat(instance.port()).isEqualTo(9465);
            });
  }

  @Test
  void withoutAPortThatStaysThereIsNone() {
    assertThat(Instance.of(HttpSettings.open("127.0.0.1", 0))).isEmpty();
  }

  @Test
  void whereTheKernelDoesNotTellThereIsNone(@TempDir Path empty) {
    assertThat(Instance.of(HttpSettings.open("127.0.0.1", 9465), empty)).isEmpty();
  }
}
