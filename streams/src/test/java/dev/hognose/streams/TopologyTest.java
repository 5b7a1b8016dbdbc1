package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code -Dhognose.write=true} writes the picture anew. */
class TopologyTest {

  private static final Path DOCUMENTED = Path.of("../docs/topologies/hognose-streams.txt");

  private static final Pattern STORES = Pattern.compile("\\(stores: \\[([^]]*)]\\)");

  private static final Pattern SINKS =
      Pattern.compile("Sink: \\S+ \\(topic: (\\S+)\\)\\n\\s+<-- (\\S+)");
  private static final Set<String> WAITED_FOR =
      Set.of("hognose.alerts", "loop-blocks-by-service-repartition");

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

  /** What a person waits for must not wait for the interval of commits, see PromptOutputs. */
  @Test
  void everyAlertAndEveryBlockOnItsWayIsCommittedPromptly() {
    List<String> waitedFor =
        SINKS
            .matcher(described)
            .results()
            .filter(sink -> WAITED_FOR.contains(sink.group(1)))
            .map(sink -> ancestors(sink.group(2)))
            .toList();

    assertThat(waitedFor).hasSize(6);
    assertThat(waitedFor).allMatch(before -> before.contains("-promptly"));
  }

  /** Of a sink, back to the one that said it: whoever is between says nothing himself. */
  private String ancestors(String node) {
    StringBuilder ancestors = new StringBuilder(node);
    for (String name = node; !name.matches(".*-(judge|promptly)"); name = before(name)) {
      ancestors.append(' ').append(before(name));
    }
    return ancestors.toString();
  }

  private String before(String node) {
    Matcher found =
        Pattern.compile("Processor: " + node + " \\(.*\\n.*\\n\\s+<-- (\\S+)").matcher(described);
    assertThat(found.find()).as(node).isTrue();
    return found.group(1);
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
