package dev.hognose.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import dev.hognose.sample.Histogram;
import dev.hognose.wire.message.RecordJson;
import dev.hognose.wire.sample.SampleCodec;
import dev.hognose.wire.sample.SampleInWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The files under proto/golden, which the agent's tests hold against Python: both languages write
 * the same bytes.
 */
class GoldenTest {

  private static final Path PROTO = Path.of("..", "proto");

  /** Of the process that the samples of the first form name. */
  static final byte[] KEY = "shop/shop-7c9f-2x/4711/1795255200123".getBytes(UTF_8);

  static Stream<Path> golden() throws IOException {
    try (Stream<Path> files = Files.list(PROTO.resolve("golden"))) {
      return files.filter(file -> file.toString().endsWith(".bin")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("golden")
  void bytesMeanWhatTheJsonSays(Path file) throws IOException {
    com.google.protobuf.Message.Builder fromJson = builder(file);
    JsonFormat.parser().merge(Files.readString(json(file)), fromJson);

    assertThat(builder(file).mergeFrom(Files.readAllBytes(file)).build())
        .isEqualTo(fromJson.build());
  }

  @ParameterizedTest
  @MethodSource("golden")
  void codecWritesTheSameBytes(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);

    assertThat(throughCodec(file, bytes)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample", "sample_zeros"})
  void bothFormsOfASampleSayTheSame(String name) throws IOException {
    byte[] second = Files.readAllBytes(PROTO.resolve("golden/" + name + ".bin"));
    byte[] first = Files.readAllBytes(PROTO.resolve("golden/v1" + name + ".bin"));
    SampleCodec codec = new SampleCodec();

    assertThat(codec.decode(KEY, second)).isEqualTo(codec.decode(KEY, first));
    assertThat(codec.encode(codec.decode(KEY, first))).isEqualTo(second);
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample", "sample_zeros"})
  void peopleReadBothFormsOfASampleInTheSameWords(String name) throws IOException {
    byte[] second = Files.readAllBytes(PROTO.resolve("golden/" + name + ".bin"));
    byte[] first = Files.readAllBytes(PROTO.resolve("golden/v1" + name + ".bin"));

    assertThat(RecordJson.of(Topics.SAMPLES.name(), KEY, second))
        .isEqualTo(RecordJson.of(Topics.SAMPLES.name(), KEY, first));
  }

  @Test
  void everyMessageOfATopicHasAGoldenFile() throws IOException {
    List<String> names = golden().map(file -> file.getFileName().toString()).toList();

    assertThat(names)
        .contains(
            "sample.bin",
            "v1sample.bin",
            "trend.bin",
            "alert.bin",
            "service.bin",
            "profile.bin",
            "capture_record.bin");
    assertThat(names.stream().filter(name -> name.startsWith("event_"))).hasSize(10);
  }

  @Test
  void bucketBoundsAreThoseOfTheContract() throws IOException {
    Matcher comment =
        Pattern.compile("BOUNDS, in seconds,[^:]*:\\s*//([ \\d.]+)")
            .matcher(Files.readString(PROTO.resolve("hognose/v1/telemetry.proto")));
    assertThat(comment.find()).isTrue();
    double[] written =
        Pattern.compile("[\\d.]+")
            .matcher(comment.group(1))
            .results()
            .map(MatchResult::group)
            .mapToDouble(Double::parseDouble)
            .toArray();

    assertThat(Arrays.equals(Histogram.bounds(), written)).isTrue();
  }

  private static byte[] throughCodec(Path file, byte[] bytes) throws IOException {
    return switch (kind(file)) {
      case "sample" -> new SampleCodec().encode(new SampleCodec().decode(KEY, bytes));
      case "v1sample" -> SampleInWords.of(new SampleCodec().decode(KEY, bytes)).toByteArray();
      case "event" -> new EventCodec().encode(new EventCodec().decode(bytes));
      case "trend" -> new TrendCodec().encode(new TrendCodec().decode(bytes));
      case "service" -> new ServiceSummaryCodec().encode(new ServiceSummaryCodec().decode(bytes));
      case "profile" -> new ServiceProfileCodec().encode(new ServiceProfileCodec().decode(bytes));
      case "alert" -> new AlertCodec().encode(new AlertCodec().decode(bytes));
      default -> builder(file).mergeFrom(bytes).build().toByteArray();
    };
  }

  private static com.google.protobuf.Message.Builder builder(Path file) {
    return switch (kind(file)) {
      case "sample" -> dev.hognose.v2.Sample.newBuilder();
      case "v1sample" -> dev.hognose.v1.Sample.newBuilder();
      case "event" -> dev.hognose.v1.Event.newBuilder();
      case "trend" -> dev.hognose.v1.Trend.newBuilder();
      case "alert" -> dev.hognose.v1.Alert.newBuilder();
      case "profile" -> dev.hognose.v1.ServiceProfile.newBuilder();
      case "service" -> dev.hognose.v1.ServiceSummary.newBuilder();
      case "capture" -> dev.hognose.v1.CaptureEntry.newBuilder();
      default -> throw new AssertionError(file + ": no message of that name");
    };
  }

  private static String kind(Path file) {
    return file.getFileName().toString().replaceFirst("[_.].*", "");
  }

  private static Path json(Path file) {
    return file.resolveSibling(file.getFileName().toString().replace(".bin", ".json"));
  }
}
