package dev.hognose.app.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.tools.AclCommand;

/**
 * The script that {@code hognose acls} prints, run by a shell.
 *
 * <p>In place of kafka-acls.sh a recorder notes what it is called with: each call of the real one
 * would be a JVM. Kafka's own class behind it is then called with the same words.
 */
record PrintedScript(List<List<String>> calls) {

  private static final String RECORDER =
      """
      #!/bin/sh
      for word in "$@"; do printf '%s\\n' "$word"; done >> "$RECORD"
      printf '\\n' >> "$RECORD"
      """;

  /** Runs it and notes all its calls. */
  static PrintedScript run(String printed, String servers, Path folder) throws Exception {
    Path script = Files.writeString(folder.resolve("acls.sh"), printed);
    Path recorder = Files.writeString(folder.resolve("kafka-acls.sh"), RECORDER);
    Path record = Files.writeString(folder.resolve("calls"), "");
    assertThat(recorder.toFile().setExecutable(true)).isTrue();
    ProcessBuilder shell = new ProcessBuilder("sh", script.toString()).redirectErrorStream(true);
    shell.environment().put("KAFKA_ACLS", recorder.toString());
    shell.environment().put("BOOTSTRAP_SERVERS", servers);
    shell.environment().put("RECORD", record.toString());
    Process running = shell.start();
    String said = new String(running.getInputStream().readAllBytes(), UTF_8);
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(said).isEmpty();
    assertThat(running.exitValue()).isZero();
    return new PrintedScript(read(record));
  }

  private static List<List<String>> read(Path record) throws IOException {
    List<List<String>> calls = new ArrayList<>();
    for (String call : Files.readString(record).split("\n\n", 0)) {
      calls.add(List.of(call.split("\n", 0)));
    }
    return calls;
  }

  /** Does what the script's calls would have done. */
  void grant() {
    Exit.setExitProcedure(
        (code, message) -> {
          throw new IllegalStateException("kafka-acls.sh ended with " + code + ": " + message);
        });
    try {
      calls.forEach(words -> AclCommand.main(words.toArray(String[]::new)));
    } finally {
      Exit.resetExitProcedure();
    }
  }
}
