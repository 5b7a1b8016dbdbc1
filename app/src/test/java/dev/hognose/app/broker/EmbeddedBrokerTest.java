package dev.hognose.app.broker;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.app.console.FailureException;
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
}
