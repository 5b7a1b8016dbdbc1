package dev.hognose.app.tail;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hognose.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TailCommandTest {

  private static final Path SMALL = Path.of("..", "proto", "golden", "small.capture");

  @TempDir private Path folder;

  @Test
  void sampleIsALineForPeople() {
    Run run = Run.of("tail", SMALL.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.out())
        .isEqualTo(
            "2026-11-21T11:00:00.250Z  sample  shop/shop-7c9f-2x/4711  #1"
                + "  rss 18.0 MiB, 0 blocks, cpu 0.00 s, loop blocked 0.00 s\n");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void jsonHasTheContractsFieldsBesideTheTopic() throws IOException {
    Run run = Run.of("tail", "--json", SMALL.toString());

    JsonNode line = new ObjectMapper().readTree(run.out());
    assertThat(line.fieldNames().next()).isEqualTo("topic");
    assertThat(line.path("topic").asText()).isEqualTo("hognose.samples");
    assertThat(line.path("process").path("service").asText()).isEqualTo("shop");
    assertThat(line.path("sequence").asLong()).isEqualTo(1);
    assertThat(line.path("rss_bytes").isIntegralNumber()).isTrue();
    assertThat(line.path("at_ms").isIntegralNumber()).isTrue();
  }

  @Test
  void ofACutFileEverythingWholeIsShown() throws IOException {
    Path cut = folder.resolve("cut.capture");
    byte[] small = Files.readAllBytes(SMALL);
    byte[] header = Arrays.copyOf(small, "hognose-capture 1\n".length());
    byte[] entries = Arrays.copyOfRange(small, header.length, small.length);
    Files.write(cut, concat(concat(small, entries), Arrays.copyOf(entries, entries.length - 1)));

    Run run = Run.of("tail", cut.toString());

    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.err())
        .isEqualTo("hognose tail: " + cut + ", entry 6: the file was cut off here\n");
    assertThat(run.exitCode()).isEqualTo(1);
  }

  @Test
  void recordsOfOtherServicesAndKindsAreLeftOut() {
    String small = SMALL.toString();

    assertThat(Run.of("tail", "--service", "shop", small).out()).isNotEmpty();
    assertThat(Run.of("tail", "--service", "checkout", small).out()).isEmpty();
    assertThat(Run.of("tail", "--topic", "samples", small).out()).isNotEmpty();
    assertThat(Run.of("tail", "--topic", "hognose.events", small).out()).isEmpty();
    assertThat(Run.of("tail", "--kind", "loop_block", small).out()).isEmpty();
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
