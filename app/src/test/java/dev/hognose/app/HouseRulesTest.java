package dev.hognose.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What is looked at in the files themselves: of all modules, programs and tests, in all languages.
 */
class HouseRulesTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** Where code of ours lies; what is built of it lies between. */
  private static final List<String> ROOMS =
      List.of(
          "core",
          "wire",
          "streams",
          "collector",
          "app",
          "python-agent",
          "demo",
          "e2e",
          "bench",
          "grafana",
          "docs");

  private static final Set<String> BUILT =
      Set.of("target", ".build", "build", "__pycache__", "node_modules", ".venv", "lib");

  private static final Pattern DRAWER =
      Pattern.compile(
          "(.*(Manager|Helper|Helpers|Util|Utils|Constants|Impl|Info|Base)|Abstract.*)\\.java"
              + "|_?(utils?|helpers?|common|constants|misc)\\.py");

  private static final Pattern DRAWER_WITHIN =
      Pattern.compile(
          "\\b(class|record|interface|enum)\\s+"
              + "(\\w*(Manager|Helpers?|Utils?|Constants|Impl|Info|Base)|Abstract\\w*)\\b");

  private static final Pattern MOCK =
      Pattern.compile(
          "org\\.mockito|org\\.easymock|unittest\\.mock|unittest import mock|pytest_mock");

  private static final Pattern SLEEP =
      Pattern.compile("Thread\\.sleep\\(|TimeUnit\\.\\w+\\.sleep\\(");

  /** They wait for programs, brokers and servers of their own, in steps and with a deadline. */
  private static final Set<String> WITH_REAL_PROGRAMS =
      Set.of(
          "RolesOnBroker.java",
          "StandbyTest.java",
          "CollectorsOnClusterTest.java",
          "HostileClientsTest.java",
          "EndToEndTest.java",
          "FollowTest.java",
          "ImageTest.java",
          "LiveAndAgainTest.java",
          "LocalPrometheus.java",
          "OpenMetricsTest.java",
          "ReadinessTest.java");

  @Test
  void nothingIsADrawer() {
    assertThat(names(files(".java", ".py"), path -> DRAWER.matcher(name(path)).matches()))
        .as("files whose name does not say what is in them")
        .isEmpty();
    assertThat(names(files(".java", ".py"), path -> says(path, DRAWER_WITHIN)))
        .as("files with a class in them whose name does not say what it is")
        .isEmpty();
  }

  @Test
  void nobodyMocks() {
    assertThat(names(files(".java", ".py"), path -> says(path, MOCK)))
        .as("files that know a mocking library, where a small fake can be read")
        .isEmpty();
  }

  @Test
  void onlyTestsWithRealProgramsSleep() {
    List<Path> tests =
        files(".java").stream().filter(path -> path.toString().contains("/src/test/")).toList();

    assertThat(names(tests, path -> says(path, SLEEP))).isEqualTo(WITH_REAL_PROGRAMS);
  }

  private static Set<String> names(List<Path> files, Predicate<Path> wanted) {
    return files.stream()
        .filter(path -> !path.endsWith("HouseRulesTest.java"))
        .filter(wanted)
        .map(HouseRulesTest::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Path> files(String... endings) {
    List<Path> found =
        ROOMS.stream()
            .flatMap(room -> below(ROOT.resolve(room)))
            .filter(path -> Stream.of(endings).anyMatch(path.toString()::endsWith))
            .toList();
    assertThat(found).hasSizeGreaterThan(200);
    return found;
  }

  private static Stream<Path> below(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> !BUILT.contains(name(path)))
          .flatMap(path -> Files.isDirectory(path) ? below(path) : Stream.of(path))
          .toList()
          .stream();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean says(Path file, Pattern words) {
    try {
      return words.matcher(Files.readString(file, StandardCharsets.UTF_8)).find();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
