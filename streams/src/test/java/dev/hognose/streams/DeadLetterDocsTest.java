package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.process;
import static dev.hognose.streams.Telemetry.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Stopped;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.Schema;
import dev.hognose.wire.sample.SampleCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;

/** Whoever looks up why a record is a dead letter finds it in docs/operations.md. */
class DeadLetterDocsTest {

  private static final Pattern BEGINNING =
      Pattern.compile("(?m)^\\| `([^`]+)`(?:, `([^`]+)`)? \\|[^|]+\\|[^|]+\\|$");

  /** Tags of fields with a length: 11 of an event, and 5, which it does not have. */
  private static final byte OF_STOPPED = 11 << 3 | 2;

  private static final byte OF_NOBODY = 5 << 3 | 2;

  /** What is told of records that fail after they were read: {@link FailureTest} makes them. */
  private static final List<String> LATER =
      List.of("too large for", "no bytes of its", "defect in");

  private final ProcessId process = process("orders", 1);
  private final byte[] key = Pipeline.key(process.key());
  private final byte[] value = new SampleCodec().encode(sample(process, 1, T0));

  @Test
  void everyReasonIsExplainedByALineOfItsOwnAndNoLineIsLeftOver() throws IOException {
    List<String> explained = explained();
    List<String> reasons = reasons();

    assertThat(reasons)
        .hasSize(8)
        .allSatisfy(
            reason -> assertThat(explained).as(reason).anyMatch(each -> reason.startsWith(each)));
    assertThat(explained)
        .filteredOn(each -> reasons.stream().noneMatch(reason -> reason.startsWith(each)))
        .containsExactlyInAnyOrderElementsOf(LATER);
    assertThat(explained).hasSize(reasons.size() + LATER.size());
  }

  @Test
  void aNameThatCannotBeIsToldByTheFieldsName() {
    try (Pipeline pipeline = new Pipeline()) {
      byte[] event = event();
      // Within the process: its tag, its length, the service's tag and length, its first letter.
      event[4] = 7;
      pipeline.pipeEvent(key, event, T0);

      assertThat(reasons(pipeline)).containsExactly("service: expected no control characters");
    }
  }

  private List<String> reasons() {
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipeSample(key, new byte[] {(byte) 0xff}, T0);
      pipeline.pipeSample(key, null, T0);
      pipeline.pipeSample(key, new byte[200_000], T0);
      pipeline.pipeSample(Pipeline.key("somebody else"), value, T0);
      pipeline.pipeSample(key, value, T0.minusSeconds(90));
      byte[] later = "2".getBytes(StandardCharsets.UTF_8);
      byte[] newer = value.clone();
      newer[1] = 3;
      pipeline.pipeSample(key, newer, T0);
      pipeline.pipeSample(
          new TestRecord<>(key, value, new RecordHeaders().add(Schema.HEADER, later), T0));
      pipeline.pipeEvent(key, ofAKindThatIsNotKnownYet(), T0);
      return reasons(pipeline);
    }
  }

  private static List<String> reasons(Pipeline pipeline) {
    return pipeline.letters().stream()
        .map(letter -> letter.headers().lastHeader("hognose-reason").value())
        .map(reason -> new String(reason, StandardCharsets.UTF_8))
        .toList();
  }

  private byte[] event() {
    return new EventCodec()
        .encode(Telemetry.event(process, 1, T0, new Stopped(Stopped.Reason.EXIT, 0)));
  }

  /** What happened has a number that no message of today's has; all else is as it was. */
  private byte[] ofAKindThatIsNotKnownYet() {
    byte[] event = event();
    int at = event.length - 1;
    while (event[at] != OF_STOPPED) {
      at--;
    }
    event[at] = OF_NOBODY;
    return event;
  }

  /** The first cells of the table. */
  private static List<String> explained() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "operations.md"));
    String section =
        page.substring(page.indexOf("## Dead letters"), page.indexOf("## What agents"));
    return BEGINNING.matcher(section).results().flatMap(DeadLetterDocsTest::cells).toList();
  }

  private static Stream<String> cells(MatchResult row) {
    return Stream.concat(Stream.of(row.group(1)), Optional.ofNullable(row.group(2)).stream());
  }
}
