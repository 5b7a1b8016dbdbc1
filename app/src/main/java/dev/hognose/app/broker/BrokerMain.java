package dev.hognose.app.broker;

import dev.hognose.app.child.Folder;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A broker as a process of its own that lives as long as its parent.
 *
 * <p>The argument is a folder, which goes with it; one that a killed broker left behind is taken up
 * again, at the same address. A file of that folder, {@code more.properties}, may hold further
 * properties of Kafka. When the broker answers, a line on standard output says {@code ready ADDRESS
 * CLUSTER_ID}; when it cannot start, {@code failed REASON}. The end of standard input is the end of
 * the parent, however that came about.
 */
final class BrokerMain {

  private static final int CLOSING_SECONDS = 4;

  private final Path folder;
  private final CompletableFuture<EmbeddedBroker> started = new CompletableFuture<>();

  private BrokerMain(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] arguments) {
    BrokerMain main = new BrokerMain(Path.of(arguments[0]));
    new Thread(main::endWithParent, "parent-watch").start();
    main.start();
  }

  private void start() {
    try {
      EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"), more());
      System.out.println("ready " + broker.bootstrapServers() + " " + broker.clusterId());
      started.complete(broker);
    } catch (RuntimeException | IOException failed) {
      fail(failed.getMessage());
    } catch (Error failed) {
      // Too little memory, or a class that is missing: whoever waits is told before this goes down.
      fail(failed.toString());
    }
  }

  private static void fail(@Nullable String reason) {
    System.out.println("failed " + reason);
    System.exit(1);
  }

  private Map<String, String> more() throws IOException {
    Path file = folder.resolve("more.properties");
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        properties.load(reader);
      }
    }
    return properties.stringPropertyNames().stream()
        .collect(Collectors.toMap(name -> name, properties::getProperty));
  }

  private void endWithParent() {
    int exitCode = 1;
    try {
      awaitEndOfParent();
      started
          .thenAccept(EmbeddedBroker::close)
          .completeOnTimeout(null, CLOSING_SECONDS, TimeUnit.SECONDS)
          .join();
      Folder.remove(folder);
      exitCode = 0;
    } finally {
      // Threads of the broker may still run, and nobody is left to wait for them.
      Runtime.getRuntime().halt(exitCode);
    }
  }

  private static void awaitEndOfParent() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is sent; only the end means something.
      }
    } catch (IOException brokenPipe) {
      // That is an end, too.
    }
  }
}
