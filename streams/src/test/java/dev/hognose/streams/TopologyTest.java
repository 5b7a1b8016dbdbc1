package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code -Dhognose.write=true} writes the picture anew. */
class TopologyTest {

  private static final Path DOCUMENTED = Path.of("../docs/topologies/hognose-streams.txt");

  private final String described =
      StreamsApplication.topology(Pipeline.settings(Map.of()), new SimpleMeterRegistry())
          .describe()
          .toString();

  @Test
  void everyNodeIsNamed() {
    assertThat(described).doesNotContain("KSTREAM-", "KTABLE-");
  }

  @Test
  void thePictureInTheDocumentsIsTheProgram() throws IOException {
    if (Boolean.getBoolean("hognose.write")) {
      Files.writeString(DOCUMENTED, described);
    }
    assertThat(described).isEqualTo(Files.readString(DOCUMENTED));
  }
}
