package dev.hognose.app.broker;

import dev.hognose.app.console.FailureException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;

/**
 * A broker's folder as Kafka's own tool makes it ready, with the properties beside it.
 *
 * <p>One that a killed broker left behind is taken up again: same cluster, same ports, same data.
 */
final class FormattedFolder {

  /** Written by Kafka's tool; a folder that has it is ready. */
  private static final String MADE_READY = "meta.properties";

  private static final Pattern PORTS =
      Pattern.compile("PLAINTEXT://[^,]*:(\\d+),CONTROLLER://[^,]*:(\\d+)(,.*)?");

  private FormattedFolder() {}

  /**
   * What the folder is set up with, made ready if it is not.
   *
   * @param more properties of Kafka that go before ours
   * @throws FailureException when Kafka does not format it, or it was not set up by us
   */
  static BrokerSettings at(Path data, Map<String, String> more) {
    try {
      return Files.exists(data.resolve(MADE_READY)) ? again(data, more) : fresh(data, more);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static BrokerSettings again(Path data, Map<String, String> more) throws IOException {
    String listeners = read(propertiesOf(data)).getProperty("listeners", "");
    Matcher ports = PORTS.matcher(listeners);
    if (!ports.matches()) {
      throw new FailureException(
          propertiesOf(data) + ": listeners=" + listeners + ": not one that a test or a demo made");
    }
    return new BrokerSettings(
        data,
        read(data.resolve(MADE_READY)).getProperty("cluster.id", ""),
        Integer.parseInt(ports.group(1)),
        Integer.parseInt(ports.group(2)),
        more);
  }

  private static BrokerSettings fresh(Path data, Map<String, String> more) throws IOException {
    int[] ports = FreePorts.beside(more.getOrDefault("listeners", ""));
    BrokerSettings settings =
        new BrokerSettings(data, Uuid.randomUuid().toString(), ports[0], ports[1], more);
    Files.createDirectories(data);
    write(settings.properties(), propertiesOf(data));
    format(settings);
    return settings;
  }

  private static void format(BrokerSettings settings) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    String[] arguments = {
      "format", "-t", settings.clusterId(), "-c", propertiesOf(settings.data()).toString()
    };
    int code = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
    if (code != 0) {
      throw new FailureException(
          settings.data() + ": Kafka does not format it: " + said.toString(StandardCharsets.UTF_8));
    }
  }

  private static Path propertiesOf(Path data) {
    return data.resolveSibling(data.getFileName() + ".properties");
  }

  private static Properties read(Path file) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  private static void write(Properties properties, Path file) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
  }
}
