package dev.hognose.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The rules of the streams, executable. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.hognose.streams");

  @Test
  void thereIsSomethingToCheck() {
    assertThat(CLASSES).hasSizeGreaterThan(20);
  }

  @Test
  void noClockButThatOfTheTask() {
    // It looks at the machine's clock itself, and judges nothing.
    noClasses()
        .that()
        .doNotBelongToAnyOf(ClockWatch.class)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .because("a topology replayed tomorrow must tell the same")
        .check(CLASSES);
  }

  @Test
  void streamsAndCollectorMeetOnTopicsOnly() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.hognose.collector..", "dev.hognose.app..")
        .because("either can be scaled, restarted or replaced alone")
        .check(CLASSES);
  }
}
