package dev.hognose.app.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScriptTest {

  @Test
  void theScriptInTheRepositoryIsTheOneThatTheProgramPrints() throws Exception {
    assertThat(Files.readString(Path.of("..", "deploy", "kafka", "acls.sh")))
        .isEqualTo(Run.of("acls").out());
  }

  @Test
  void namesOfTheSettingsAreThoseOfTheRights() {
    Map<String, String> settings =
        Map.of(
            "HOGNOSE_APPLICATION_ID", "judge",
            "HOGNOSE_GROUP_ID", "show",
            "HOGNOSE_OTLP_TOPIC", "otlp_metrics");

    assertThat(Run.of(settings, "acls").out())
        .contains(
            "--operation Read --group 'judge'",
            "--topic 'judge-' --resource-pattern-type prefixed",
            "--transactional-id 'judge-' --resource-pattern-type prefixed",
            "allow 'User:hognose-collector' --operation Read --group 'show'",
            "allow 'User:hognose-collector' --operation Write --topic 'otlp_metrics'");
  }

  @Test
  void namesReachKafkasToolAsTheyWereWritten(@TempDir Path apart) throws Exception {
    String principal = "User:CN=o'hara \"O\", O=$(id) `id` \\z;*";
    PrintedScript script =
        PrintedScript.run(Run.of("acls", "--agent", principal).out(), "kafka:9092", apart);

    assertThat(script.calls().get(0))
        .containsExactly(
            "--bootstrap-server",
            "kafka:9092",
            "--command-config",
            "/dev/null",
            "--add",
            "--allow-principal",
            principal,
            "--operation",
            "Write",
            "--topic",
            "hognose.samples");
  }

  @Test
  void namesAreQuotedForTheShellAndCheckedForTheTerminal() {
    assertThat(Run.of("acls", "--agent", "User:CN=o'hara, O=x").out())
        .contains("allow 'User:CN=o'\\''hara, O=x' --operation Write --topic 'hognose.samples'");
    Run refused = Run.of("acls", "--agent", "hognose");
    assertThat(refused.err()).isEqualTo("hognose acls: --agent hognose: expected User:NAME\n");
    assertThat(refused.exitCode()).isEqualTo(2);
  }
}
