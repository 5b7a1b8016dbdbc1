package dev.hognose.app.broker;

import dev.hognose.app.console.FailureException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker in this JVM, on free ports of 127.0.0.1. */
public final class EmbeddedBroker implements AutoCloseable {

  private final BrokerSettings settings;
  private final KafkaRaftServer server;

  private EmbeddedBroker(BrokerSettings settings) {
    this.settings = settings;
    this.server = new KafkaRaftServer(new KafkaConfig(settings.properties(), false), Time.SYSTEM);
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param data its folder, which is made and stays behind
   * @throws FailureException when it does not start, or another broker answers at its port
   */
  public static EmbeddedBroker start(Path data) {
    int[] ports = FreePorts.two();
    BrokerSettings settings =
        new BrokerSettings(data, Uuid.randomUuid().toString(), ports[0], ports[1]);
    format(settings);
    EmbeddedBroker broker = new EmbeddedBroker(settings);
    try {
      broker.server.startup();
      Identity.check(settings.bootstrapServers(), settings.clusterId());
    } catch (RuntimeException failed) {
      broker.close();
      throw failed;
    }
    return broker;
  }

  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  String clusterId() {
    return settings.clusterId();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static void format(BrokerSettings settings) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    try {
      Files.createDirectories(settings.data());
      Path file = settings.data().resolveSibling(settings.data().getFileName() + ".properties");
      write(settings.properties(), file);
      String[] arguments = {"format", "-t", settings.clusterId(), "-c", file.toString()};
      int code =
          StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
      if (code != 0) {
        throw new FailureException(
            settings.data()
                + ": Kafka does not format it: "
                + said.toString(StandardCharsets.UTF_8));
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void write(Properties properties, Path file) throws IOException {
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
  }
}
