package dev.hognose.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.hognose.sample.ProcessId;
import dev.hognose.settings.Durations;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.Capture;
import dev.hognose.wire.Codec;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.RecordJson;
import dev.hognose.wire.SampleCodec;
import dev.hognose.wire.ServiceProfileCodec;
import dev.hognose.wire.ServiceSummaryCodec;
import dev.hognose.wire.Topics;
import dev.hognose.wire.TrendCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come, a decoder reads them or says that it cannot. */
@Tag("fuzz")
class DecodersFuzzTest {

  private static final Path GOLDEN = Path.of("..", "proto", "golden");

  @TempDir private Path folder;

  static Stream<Arguments> codecs() {
    return Stream.of(
        arguments("Sample", "sample*.bin", 0.3, new SampleCodec()),
        arguments("Event", "event*.bin", 0.3, new EventCodec()),
        arguments("Trend", "trend*.bin", 0.05, new TrendCodec()),
        arguments("Alert", "alert*.bin", 0.1, new AlertCodec()),
        arguments("Service", "service*.bin", 0.05, new ServiceSummaryCodec()),
        arguments("Profile", "profile*.bin", 0.05, new ServiceProfileCodec()));
  }

  /** What is read can be written again, and is then the same. */
  @ParameterizedTest
  @MethodSource("codecs")
  <T> void recordIsReadOrMalformed(String name, String examples, double share, Codec<T> codec) {
    Fuzzing.of(name, MalformedRecordException.class)
        .run(
            golden(examples),
            share,
            input -> {
              T read = codec.decode(input);
              assertThat(codec.decode(codec.encode(read))).isEqualTo(read);
            });
  }

  @Test
  void recordIsJsonOrMalformed() {
    Fuzzing.of("JSON", MalformedRecordException.class)
        .run(
            golden("{event,alert}*.bin"),
            0.1,
            input -> {
              String topic = (input.length % 2 == 0 ? Topics.EVENTS : Topics.ALERTS).name();
              assertThat(RecordJson.of(topic, input).toString()).startsWith("{");
            });
  }

  @Test
  void captureIsReadToItsEndOrMalformed() throws IOException {
    Path file = folder.resolve("fuzzed.capture");
    Fuzzing.of("capture", MalformedRecordException.class)
        .run(
            golden("*.capture"),
            0.02,
            input -> {
              Files.write(file, input);
              try (Capture capture = Capture.open(file)) {
                while (capture.next().isPresent()) {
                  // Each of them is somebody else's to decode.
                }
              }
            });
  }

  @Test
  void keyIsReadOrRefused() {
    Fuzzing.of("key", IllegalArgumentException.class)
        .run(
            texts("orders/web-1/4711/1795255200123", "a/b/c/1/2"),
            0.02,
            input -> {
              ProcessId read = ProcessId.parse(new String(input, StandardCharsets.UTF_8));
              assertThat(ProcessId.parse(read.key())).isEqualTo(read);
            });
  }

  @Test
  void durationIsReadOrRefused() {
    Fuzzing.of("duration", IllegalArgumentException.class)
        .run(
            texts("250ms", "10s", "5m", "2h", "7d", "999999999999d"),
            0.01,
            input -> Durations.parse(new String(input, StandardCharsets.UTF_8)));
  }

  private static Mutations texts(String... examples) {
    return new Mutations(
        Stream.of(examples).map(text -> text.getBytes(StandardCharsets.UTF_8)).toList());
  }

  private static Mutations golden(String pattern) {
    try (var files = Files.newDirectoryStream(GOLDEN, pattern)) {
      List<byte[]> examples = new ArrayList<>();
      for (Path file : files) {
        examples.add(Files.readAllBytes(file));
      }
      assertThat(examples).as(pattern).isNotEmpty();
      return new Mutations(examples);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
