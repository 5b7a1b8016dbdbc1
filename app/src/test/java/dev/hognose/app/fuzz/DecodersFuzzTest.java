package dev.hognose.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hognose.collector.CollectorSettings;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.settings.Durations;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.Codec;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.ServiceProfileCodec;
import dev.hognose.wire.ServiceSummaryCodec;
import dev.hognose.wire.Topics;
import dev.hognose.wire.TrendCodec;
import dev.hognose.wire.capture.Capture;
import dev.hognose.wire.message.Anonymiser;
import dev.hognose.wire.message.RecordJson;
import dev.hognose.wire.sample.SampleCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever bytes come, a decoder reads them or says that it cannot. */
@Tag("fuzz")
class DecodersFuzzTest {

  /** A hash, a number, a kind of loop, or a choice of a later version, as JSON writes them. */
  private static final Pattern HIDDEN =
      Pattern.compile(
          "|h[0-9a-f]{16}|-?[0-9]+|asyncio|uvloop|MainThread|NaN|-?Infinity|unknown|unknown_enum_value_\\w+_-?\\d+");

  private static final Path CONTRACT = Path.of("..", "proto", "hognose", "v1", "telemetry.proto");
  private static final Pattern CHOICE = Pattern.compile("(?m)^ +([A-Z][A-Z_0-9]*) = \\d+;");

  private static final Path GOLDEN = Path.of("..", "proto", "golden");

  @TempDir private Path folder;
  private final List<Path> toRemove = new ArrayList<>();

  /** Samples of either form; those of the second have their process from a key. */
  private static final class OfOneProcess implements Codec<Sample> {

    private static final byte[] KEY =
        "shop/shop-7c9f-2x/4711/1795255200123".getBytes(StandardCharsets.UTF_8);
    private final SampleCodec samples = new SampleCodec();

    @Override
    public byte[] encode(Sample sample) {
      return samples.encode(sample);
    }

    /** Written again it is of the second form, which has microseconds and no process. */
    @Override
    public Sample decode(byte[] bytes) {
      byte[] second = samples.encode(samples.decode(KEY, bytes));
      return samples.decode(KEY, second);
    }
  }

  static Stream<Arguments> codecs() {
    return Stream.of(
        arguments("Sample", "{,v1}sample*.bin", 0.13, new OfOneProcess()),
        arguments("Event", "event*.bin", 0.13, new EventCodec()),
        arguments("Trend", "trend*.bin", 0.04, new TrendCodec()),
        arguments("Alert", "alert*.bin", 0.06, new AlertCodec()),
        arguments("Service", "service*.bin", 0.04, new ServiceSummaryCodec()),
        arguments("Profile", "profile*.bin", 0.04, new ServiceProfileCodec()));
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
            0.05,
            input -> {
              String topic = (input.length % 2 == 0 ? Topics.EVENTS : Topics.ALERTS).name();
              assertThat(RecordJson.of(topic, input).toString()).startsWith("{");
            });
  }

  @Test
  void captureIsReadToItsEndOrMalformed() throws IOException {
    Path memory = inMemory();
    ThreadLocal<Path> files =
        ThreadLocal.withInitial(() -> memory.resolve(Thread.currentThread().getName()));
    Fuzzing.of("capture", MalformedRecordException.class)
        .run(
            golden("*.capture"),
            0.04,
            input -> {
              Path file = files.get();
              Files.write(file, input);
              try (Capture capture = Capture.open(file)) {
                while (capture.next().isPresent()) {
                  // Each of them is somebody else's to decode.
                }
              }
            });
  }

  /**
   * A folder that no disk is behind, where there is one: files are made by the hundred thousand.
   */
  private Path inMemory() throws IOException {
    Path shared = Path.of("/dev/shm");
    if (!Files.isWritable(shared)) {
      return folder;
    }
    Path own = Files.createTempDirectory(shared, "hognose-fuzz-");
    toRemove.add(own);
    return own;
  }

  @AfterEach
  void remove() throws IOException {
    for (Path own : toRemove) {
      try (Stream<Path> files = Files.list(own)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
      Files.delete(own);
    }
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

  /** Whatever an environment holds, a program starts with it or says which setting is wrong. */
  @Test
  void settingsAreReadOrRefused() {
    Fuzzing.of("settings", SettingException.class)
        .run(
            texts(
                "BOOTSTRAP_SERVERS=kafka:9092,other:9093\nLEAK_BUCKET=10s\nTHREADS=4",
                "LEAK_POLICY=balanced\nBLOCK_HARD=250ms\nBLOCK_QUIET=5m\nSTATE_DIR=/tmp/a",
                "HTTP_HOST=::1\nHTTP_PORT=9464\nHTTP_NAMES=a.example.org,b\nHTTP_PROXIES=10.0.0.0/8,fd00::1\nHTTP_TOKENS=/t",
                "SERIES_BUDGET=500\nOTLP_TOPIC=otlp\nOTLP_INTERVAL=30s\nGRAFANA=https://g/x",
                "KAFKA_SECURITY_PROTOCOL=SASL_SSL\nAPPLICATION_ID=a-b.c_d\nGROUP_ID=g"),
            0.02,
            input -> {
              Env env = new Env(environment(new String(input, StandardCharsets.UTF_8)));
              assertThat(CollectorSettings.from(env).toString()).isNotEmpty();
              assertThat(StreamsSettings.from(env).toString()).isNotEmpty();
              env.rejectUnread();
            });
  }

  private static Map<String, String> environment(String lines) {
    Map<String, String> environment = new HashMap<>();
    lines
        .lines()
        .map(line -> line.split("=", 2))
        .filter(pair -> pair.length == 2)
        .forEach(pair -> environment.put("HOGNOSE_" + pair[0], pair[1]));
    return environment;
  }

  /** Nothing of what is hidden is left, whatever else is wrong with the record. */
  @Test
  void recordIsMadeNamelessOrMalformed() throws IOException {
    Set<String> choices =
        CHOICE
            .matcher(Files.readString(CONTRACT))
            .results()
            .map(found -> found.group(1).toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Predicate<String> isHidden = HIDDEN.asMatchPredicate().or(choices::contains);
    ThreadLocal<Anonymiser> anonymisers =
        ThreadLocal.withInitial(() -> Anonymiser.keyed(new byte[32]));
    Fuzzing.of("anonymiser", MalformedRecordException.class)
        .run(
            golden("{event,sample,v1sample}*.bin"),
            0.12,
            input -> {
              // The first byte tells a sample of the second form, and never begins an event.
              boolean isSample = (input.length > 0 && input[0] == 8) || input.length % 2 == 0;
              String topic = (isSample ? Topics.SAMPLES : Topics.EVENTS).name();
              byte[] hidden =
                  anonymisers
                      .get()
                      .anonymous(new ConsumerRecord<>(topic, 0, 0, input, input))
                      .value();
              assertThat(texts(RecordJson.of(topic, hidden))).allMatch(isHidden);
            });
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isTextual()) {
      texts.add(node.asText());
    }
    node.forEach(each -> texts.addAll(texts(each)));
    return texts;
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
