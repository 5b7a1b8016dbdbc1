package dev.hognose.collector;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The collector's walls: intake → fleet ← metrics, api, page; and nobody knows the streams. */
class ArchitectureTest {

  private static final String ROOT = "dev.hognose.collector.";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.hognose.collector");

  @Test
  void streamsAreKnownByTheirTopicsOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.hognose.streams..", "org.apache.kafka.streams..")
        .because("either must be scaled, restarted or replaced alone")
        .check(CLASSES);
  }

  @Test
  void fleetKnowsNoneOfItsNeighbours() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "fleet..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "io.micrometer..",
            "io.prometheus..",
            "io.javalin..",
            "dev.hognose.wire..",
            ROOT + "intake..",
            ROOT + "history..",
            ROOT + "metrics..",
            ROOT + "api..",
            ROOT + "page..")
        .because("what is known of a process does not depend on where it is read or shown")
        .check(CLASSES);
  }

  @Test
  void viewsAndIntakeKnowTheFleetAndNotEachOther() {
    for (String room : new String[] {"intake", "metrics", "otlp", "api", "page"}) {
      classes()
          .that()
          .resideInAPackage(ROOT + room + "..")
          .should()
          .onlyDependOnClassesThat()
          .resideOutsideOfPackages(others(room))
          .because("a view can be replaced without touching another")
          .check(CLASSES);
    }
  }

  @Test
  void kafkaIsReadInTwoPlacesAndWrittenInOne() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + "intake..", ROOT + "history..", ROOT + "otlp..", "dev.hognose.collector")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(CLASSES);
  }

  @Test
  void timeIsAParameter() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .because("a test must be able to let time pass")
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.hognose.collector")
        .should()
        .callMethod(InstantSource.class, "system")
        .because("the clock is chosen where the collector is put together")
        .check(CLASSES);
  }

  private static String[] others(String room) {
    return Stream.of("intake", "metrics", "otlp", "api", "page")
        .filter(other -> !other.equals(room))
        .map(other -> ROOT + other + "..")
        .toArray(String[]::new);
  }
}
