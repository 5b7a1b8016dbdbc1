import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.Cases;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.settings.Durations;
import dev.hognose.streams.KnownProcess;
import dev.hognose.wire.AlertCodec;
import dev.hognose.wire.Codec;
import dev.hognose.wire.EventCodec;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.ServiceProfileCodec;
import dev.hognose.wire.ServiceSummaryCodec;
import dev.hognose.wire.Topics;
import dev.hognose.wire.TrendCodec;
import dev.hognose.wire.capture.Capture;
import dev.hognose.wire.message.Anonymiser;
import dev.hognose.wire.message.RecordJson;
import dev.hognose.wire.sample.SampleCodec;
import dev.hognose.wire.state.EpisodesCodec;
import dev.hognose.wire.state.ProcessStateCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * One decoder as Jazzer calls it; its name is the property {@code hognose.decoder}.
 *
 * <p>What is refused as the decoder says is no finding; everything else that is thrown is one, and
 * so is a record that is read, written, and then another one.
 */
public final class GuidedFuzz {

  private static final String PROCESS = "shop/shop-7c9f-2x/4711/1795255200123";

  private static final Ailment AILMENT = Ailment.parse("orders\nTASK_LEAK\ncheckout\nONE");

  private static final Map<String, Tried> DECODERS =
      Map.ofEntries(
          Map.entry("sample", GuidedFuzz::sampleAgain),
          Map.entry("event", again(new EventCodec())),
          Map.entry("trend", again(new TrendCodec())),
          Map.entry("alert", again(new AlertCodec())),
          Map.entry("service", again(new ServiceSummaryCodec())),
          Map.entry("profile", again(new ServiceProfileCodec())),
          Map.entry("json", input -> RecordJson.of(Topics.EVENTS.name(), input)),
          Map.entry("anonymiser", GuidedFuzz::anonymised),
          Map.entry("capture", GuidedFuzz::captured),
          Map.entry("key", text(ProcessId::parse)),
          Map.entry("duration", text(Durations::parse)),
          Map.entry("cases", anything(GuidedFuzz::cases)),
          Map.entry("episodes", anything(of("", new EpisodesCodec()))),
          Map.entry("known-process", anything(of(PROCESS, KnownProcess.codec()))),
          Map.entry("process-state", anything(of(PROCESS, new ProcessStateCodec()))));

  private static final byte[] KEY = PROCESS.getBytes(StandardCharsets.UTF_8);
  private static final Tried TRIED = DECODERS.get(System.getProperty("hognose.decoder", ""));
  private static final Anonymiser ANONYMISER = Anonymiser.keyed(new byte[32]);
  private static final Path FILE = Path.of(System.getProperty("hognose.file", ""));

  private GuidedFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    try {
      TRIED.on(input);
    } catch (MalformedRecordException refused) {
      // As every decoder of records says that it cannot.
    }
  }

  private static <T> Tried again(Codec<T> codec) {
    return input -> {
      T read = codec.decode(input);
      if (!codec.decode(codec.encode(read)).equals(read)) {
        throw new AssertionError("read, written and read again it is another: " + read);
      }
    };
  }

  /** Of either form; written again it is of the second, which has microseconds. */
  private static void sampleAgain(byte[] input) {
    SampleCodec samples = new SampleCodec();
    Sample read = samples.decode(KEY, samples.encode(samples.decode(KEY, input)));
    if (!samples.decode(KEY, samples.encode(read)).equals(read)) {
      throw new AssertionError("read, written and read again it is another: " + read);
    }
  }

  /** State: whatever is thrown is told as unreadable state; that it ends soon is what is tried. */
  private static Tried anything(Tried state) {
    return input -> {
      try {
        state.on(input);
      } catch (RuntimeException unreadable) {
        // The streams end with a sentence then.
      }
    };
  }

  private static Tried of(String key, KeyedCodec<?> codec) {
    return input -> codec.decode(key, input);
  }

  private static void cases(byte[] input) {
    Cases.unpack(AILMENT, ByteBuffer.wrap(input));
  }

  private static void anonymised(byte[] input) {
    ANONYMISER.anonymous(new ConsumerRecord<>(Topics.EVENTS.name(), 0, 0, input, input));
  }

  private static void captured(byte[] input) throws IOException {
    Files.write(FILE, input);
    try (Capture capture = Capture.open(FILE)) {
      while (capture.next().isPresent()) {
        // Each of them is somebody else's to decode.
      }
    }
  }

  /** Texts are refused as arguments are. */
  private static Tried text(Consumer<String> reader) {
    return input -> {
      try {
        reader.accept(new String(input, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException refused) {
        // As it says that it does.
      }
    };
  }

  /** Throws what is a finding. */
  private interface Tried {
    void on(byte[] input) throws Exception;
  }
}
