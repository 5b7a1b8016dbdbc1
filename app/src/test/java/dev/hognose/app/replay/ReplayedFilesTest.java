package dev.hognose.app.replay;

import static dev.hognose.app.replay.AgentsFile.PAY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that a replay writes beside what it tells, and those that it must not write over. */
class ReplayedFilesTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void record() throws IOException {
    file = folder.resolve("incident.hog");
    new AgentsFile(file).write(AgentsFile.blockedOnce());
  }

  @Test
  void reportHoldsTheAlertItsStackAndTheComparison() throws IOException {
    Path page = folder.resolve("out.html");

    Run run =
        Run.of(
            "replay",
            file.toString(),
            "--report",
            page.toString(),
            "--what-if",
            "block.hard=5s",
            "--from",
            "2024-05-01T11:00:00Z",
            "--to",
            "2024-05-01T11:20:00Z");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("lost");
    String text = Files.readString(page);
    assertThat(text)
        .contains(
            "2024-05-01T11:00:00Z to 2024-05-01T11:20:00Z",
            "block.hard=1000ms",
            "<code>block.hard=5s</code>",
            "orders: event loop blocked",
            "orders on web-1, pid 4242",
            "\"name\":\"" + PAY + "\"",
            "resolved</li>");
    assertThat(text).doesNotContain("src=", "http-equiv=\"refresh\"");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void reportDoesNotChangeWhatIsTold() throws IOException {
    String plain = Run.of("replay", file.toString()).out();

    Run run = Run.of("replay", file.toString(), "--report", folder.resolve("out.html").toString());

    assertThat(run.out()).isEqualTo(plain);
    assertThat(Files.readString(folder.resolve("out.html"))).contains("all that the capture holds");
  }

  @Test
  void failureLeavesNoReportAndAnOlderOneAsItWas() throws IOException {
    Path page = Files.writeString(folder.resolve("out.html"), "older");

    Run run = Run.of("replay", file.toString(), "--report", page.toString(), "--service", "order");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(page).hasContent("older");
    assertThat(folder).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void reportDoesNotReplaceTheCaptureThatItTellsOf() throws IOException {
    byte[] capture = Files.readAllBytes(file);
    Path link = Files.createSymbolicLink(folder.resolve("latest.hog"), file);

    Run same = Run.of("replay", file.toString(), "--report", file.toString());
    Run linked = Run.of("replay", link.toString(), "--openmetrics", file.toString());

    assertThat(same.err())
        .isEqualTo("hognose replay: --report " + file + ": expected another file than FILE\n");
    assertThat(same.exitCode()).isEqualTo(2);
    assertThat(linked.err())
        .isEqualTo("hognose replay: --openmetrics " + file + ": expected another file than FILE\n");
    assertThat(linked.exitCode()).isEqualTo(2);
    assertThat(file).hasBinaryContent(capture);
  }

  @Test
  void filesOfOneReplayDoNotReplaceEachOther() throws IOException {
    Path linked = Files.createSymbolicLink(folder.resolve("linked"), folder);
    Path page = folder.resolve("out");
    Path series = linked.resolve("out");

    Run run =
        Run.of(
            "replay",
            file.toString(),
            "--report",
            page.toString(),
            "--openmetrics",
            series.toString());

    assertThat(run.err())
        .isEqualTo(
            "hognose replay: --openmetrics " + series + ": expected another file than --report\n");
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(page).doesNotExist();
  }
}
