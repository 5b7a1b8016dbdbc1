package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.diagnosis.Reading;
import dev.hognose.leak.EventClock;
import dev.hognose.leak.LeakLife;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.ServiceHistory;
import dev.hognose.leak.UnheardWords;
import dev.hognose.limit.LimitLife;
import dev.hognose.service.ProcessFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What stores and internal topics hold does not change without another version: every field of the
 * state's messages, and the bytes of what is packed by hand.
 *
 * <p>Who changes a format raises {@link StateFormat#VERSION} and takes what this test has written
 * to {@code target} for the file of that version.
 */
class PackedStateTest {

  private static final Path MESSAGES = Path.of("..", "wire/src/main/proto/hognose/state/v1");

  @Test
  void whatIsPackedIsThatOfTheVersion() throws IOException {
    String name =
        String.format(
            Locale.ROOT, "packed-state-%02x.txt", Byte.toUnsignedInt(StateFormat.VERSION));
    Path golden = Path.of("src/test/resources", name);
    List<String> now = Stream.concat(messages(), packedByHand()).toList();
    Files.write(Path.of("target", name), now);

    assertThat(golden)
        .as("the file of this version, whose lines are those of target/%s", name)
        .exists();
    assertThat(now)
        .as("raise StateFormat.VERSION, and name target/%s after it", name)
        .isEqualTo(Files.readAllLines(golden));
  }

  /** Without comments and layout: `message.field` would need generated classes. */
  private static Stream<String> messages() throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(MESSAGES)) {
      for (Path file : files.sorted().toList()) {
        lines.add(file.getFileName().toString());
        Files.readAllLines(file).stream()
            .map(line -> line.replaceAll("//.*", "").strip())
            .filter(line -> !line.isEmpty() && !line.startsWith("option "))
            .forEach(lines::add);
      }
    }
    return lines.stream();
  }

  private static Stream<String> packedByHand() {
    LeakState nothing = LeakState.initial();
    SequenceWindow sequences =
        SequenceWindow.EMPTY.with(7, ProcessExamples.T0).with(9, ProcessExamples.T0);
    return Stream.of(
        line("sequence window", SequenceWindow.codec().encode(sequences)),
        line("reading", ProcessExamples.reading().packAfter(Reading.NONE)),
        line("names", ProcessExamples.names().pack()),
        line("sequences of a process", known(sequences, null, null, null)),
        line("leak of a process", known(null, ProcessExamples.leak(), null, null)),
        line(
            "leak of a new process",
            known(null, LeakLife.begin(ProcessExamples.PROCESS), null, null)),
        line("limit of a process", known(null, null, ProcessExamples.limit(), null)),
        line("figures of a process", known(null, null, null, ProcessExamples.figures())),
        line(
            "all of a process",
            known(
                sequences,
                ProcessExamples.leak(),
                ProcessExamples.limit(),
                ProcessExamples.figures())),
        line("rings", nothing.packRings()),
        line("rings of a life", ProcessExamples.life().packRings()),
        line("service", ServiceHistory.initial().pack()),
        line("word", ProcessExamples.word().pack()),
        line("unheard words", UnheardWords.NONE.and(ProcessExamples.word()).pack()),
        line("event clock", new EventClock(4711, 8_004_711, 8_004_712, 3).pack()),
        line("cases", StoredCases.codec().encode(CaseExamples.cases())),
        line(
            "sighting",
            DiagnosisTopology.sightings().serializer().serialize("", CaseExamples.sighting())),
        line("task that has read so far", TaskReportSerde.pack(new TaskReport.Reached(3, 4711))),
        line("task without work", TaskReportSerde.pack(new TaskReport.Idle(3))));
  }

  private static byte[] known(
      @Nullable SequenceWindow sequences,
      @Nullable LeakLife leak,
      @Nullable LimitLife limit,
      @Nullable ProcessFigures figures) {
    return KnownProcess.codec().encode(new KnownProcess(sequences, leak, limit, figures));
  }

  private static String line(String what, byte[] packed) {
    return what + " " + HexFormat.of().formatHex(packed);
  }
}
