package dev.hognose.app.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.app.console.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  @Test
  void anotherClusterAtTheAddressIsNamed(@TempDir Path folder) {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      Identity.check(broker.bootstrapServers(), broker.clusterId());

      assertThatThrownBy(() -> Identity.check(broker.bootstrapServers(), "another"))
          .isInstanceOf(FailureException.class)
          .hasMessage(
              broker.bootstrapServers()
                  + ": cluster "
                  + broker.clusterId()
                  + " answers, expected another");
    }
  }

  @Test
  void aBrokerOnTheSameFolderIsTheSameOne(@TempDir Path folder) {
    Path data = folder.resolve("broker");
    EmbeddedBroker first = EmbeddedBroker.start(data);
    first.close();

    try (EmbeddedBroker second = EmbeddedBroker.start(data)) {
      assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
      assertThat(second.clusterId()).isEqualTo(first.clusterId());
    }
  }

  @Test
  void aFolderThatSomebodyElseSetUpIsRefused(@TempDir Path folder) throws IOException {
    Path data = Files.createDirectory(folder.resolve("broker"));
    Files.writeString(data.resolve("meta.properties"), "cluster.id=theirs");
    Files.writeString(folder.resolve("broker.properties"), "listeners=PLAINTEXT://:9092");

    assertThatThrownBy(() -> EmbeddedBroker.start(data))
        .isInstanceOf(FailureException.class)
        .hasMessage(
            folder.resolve("broker.properties")
                + ": listeners=PLAINTEXT://:9092: not one that a test or a demo made");
  }
}
