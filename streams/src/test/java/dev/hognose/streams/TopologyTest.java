package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code -Dhognose.write=true} writes the picture anew. */
class TopologyTest {

  private static final Path DOCUMENTED = Path.of("../docs/topologies/hognose-streams.txt");

  private static final Pattern STORES = Pattern.compile("\\(stores: \\[([^]]*)]\\)");

  private final String described =
      inOrder(
          StreamsApplication.topology(Pipeline.settings(Map.of()), new SimpleMeterRegistry())
              .describe()
              .toString());

  /** A node's stores are a set, whose order differs from one run to the next. */
  private static String inOrder(String description) {
    return STORES
        .matcher(description)
        .replaceAll(
            found ->
                Arrays.stream(found.group(1).split(", "))
                    .sorted()
                    .collect(Collectors.joining(", ", "(stores: [", "])")));
  }

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

  /**
   * A task reads what it has in the order of timestamps, and events must not queue behind samples.
   */
  @Test
  void noTaskReadsBothSamplesAndEvents() {
    assertThat(described.split("Sub-topology: "))
        .as("sub-topologies that read hognose.events")
        .filteredOn(each -> each.contains("(topics: [hognose.events])"))
        .singleElement()
        .asString()
        .doesNotContain("(topics: [hognose.samples])");
  }
}
