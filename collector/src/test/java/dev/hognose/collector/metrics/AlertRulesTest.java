package dev.hognose.collector.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.hognose.alert.Alert;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Alert rules are whole: who is called, where to look, and a case of each that fires. */
class AlertRulesTest {

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private static final Path PROMETHEUS = Path.of("..", "prometheus");
  private static final Path ALERTMANAGER = PROMETHEUS.resolve("alertmanager.yml");
  private static final Pattern NAMES = Pattern.compile("alertname=~?\"([A-Za-z|]+)\"");
  private static final Pattern KIND = Pattern.compile("kind(=~|!~|=)\"([a-z_|]+)\"");

  @Test
  void everyRuleSaysHowSevereItIsWhatItIsAndWhereToLook() throws IOException {
    for (JsonNode rule : alerts()) {
      String name = rule.get("alert").asText();
      assertThat(rule.at("/labels/severity").asText() + rule.get("expr").asText())
          .as(name + " has a severity, its own or that of the alert")
          .containsPattern("^(critical|warning|info)|\\bseverity\\b");
      assertThat(rule.at("/annotations/summary").asText()).as(name + " has a summary").isNotBlank();
      assertThat(rule.at("/annotations/description").asText())
          .as(name + " has a description with a label or a figure")
          .containsPattern("\\$labels|\\$value");
      assertThat(rule.at("/annotations/page").asText())
          .as(name + " links to the page")
          .startsWith("{{ $externalLabels.hognose_page }}/");
    }
  }

  @Test
  void everyRuleIsSeenFiringAndSilent() throws IOException {
    Set<String> firing = new HashSet<>();
    Set<String> silent = new HashSet<>();
    for (JsonNode file : read("tests")) {
      for (JsonNode test : file.get("tests")) {
        for (JsonNode each : test.get("alert_rule_test")) {
          boolean fires = !each.get("exp_alerts").isEmpty();
          (fires ? firing : silent).add(each.get("alertname").asText());
        }
      }
    }
    List<String> names = alerts().stream().map(rule -> rule.get("alert").asText()).toList();

    assertThat(firing).containsExactlyInAnyOrderElementsOf(names);
    assertThat(silent).containsExactlyInAnyOrderElementsOf(names);
  }

  @Test
  void everyKindOfAlertIsToldByOneRule() throws IOException {
    for (Alert.Kind kind : Alert.Kind.values()) {
      String word = kind.name().toLowerCase(Locale.ROOT);
      assertThat(alerts().stream().filter(rule -> tells(rule, word)))
          .as("rules that tell " + word)
          .hasSize(1);
    }
  }

  /** A kind is told where no other explains it: blocks and lag that no block explains, say. */
  @Test
  void whatWasJudgedIsSilencedByNothing() throws IOException {
    Set<String> silenced = new HashSet<>();
    for (JsonNode rule : YAML.readTree(ALERTMANAGER.toFile()).get("inhibit_rules")) {
      for (JsonNode matcher : rule.get("target_matchers")) {
        Matcher names = NAMES.matcher(matcher.asText());
        assertThat(names.matches()).as(matcher.asText() + " names the rules").isTrue();
        silenced.addAll(List.of(names.group(1).split("\\|")));
      }
    }
    List<JsonNode> judged =
        alerts().stream().filter(rule -> rule.get("expr").asText().contains("alert_info")).toList();

    assertThat(judged).hasSizeGreaterThan(10);
    assertThat(judged)
        .extracting(rule -> rule.get("alert").asText())
        .doesNotContainAnyElementsOf(silenced);
  }

  private static boolean tells(JsonNode rule, String kind) {
    return KIND.matcher(rule.get("expr").asText())
        .results()
        .anyMatch(
            found ->
                Arrays.asList(found.group(2).split("\\|")).contains(kind)
                    != found.group(1).equals("!~"));
  }

  private static List<JsonNode> alerts() throws IOException {
    List<JsonNode> alerts = new ArrayList<>();
    for (JsonNode file : read("rules")) {
      for (JsonNode group : file.get("groups")) {
        group.get("rules").forEach(rule -> add(rule, alerts));
      }
    }
    assertThat(alerts).isNotEmpty();
    return alerts;
  }

  private static void add(JsonNode rule, List<JsonNode> alerts) {
    if (rule.has("alert")) {
      alerts.add(rule);
    }
  }

  private static List<JsonNode> read(String folder) throws IOException {
    List<JsonNode> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(PROMETHEUS.resolve(folder))) {
      for (Path file : all.sorted().toList()) {
        files.add(YAML.readTree(file.toFile()));
      }
    }
    return files;
  }
}
