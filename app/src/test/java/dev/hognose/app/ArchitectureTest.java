package dev.hognose.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The walls of the one program, and the wall between the two that it runs. */
class ArchitectureTest {

  private static final JavaClasses EVERYTHING =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.hognose");

  private static final String APP = "dev.hognose.app..";

  private static final String[] GENERATED = {
    "dev.hognose.v1..", "dev.hognose.v2..", "dev.hognose.state.v1.."
  };

  @Test
  void everyModuleIsLookedAt() {
    assertThat(EVERYTHING.contain("dev.hognose.streams.StreamsApplication")).isTrue();
    assertThat(EVERYTHING.contain("dev.hognose.collector.Collector")).isTrue();
    assertThat(EVERYTHING.contain("dev.hognose.app.Main")).isTrue();
  }

  @Test
  void streamsAndCollectorMeetOnTopicsOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.hognose.streams..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.hognose.collector..", APP)
        .because("either must be scaled, restarted or replaced alone")
        .check(EVERYTHING);
    noClasses()
        .that()
        .resideInAPackage("dev.hognose.collector..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.hognose.streams..", APP)
        .because("either must be scaled, restarted or replaced alone")
        .check(EVERYTHING);
  }

  @Test
  void messagesAreReadAndWrittenByTheWireOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages(GENERATED)
        .and()
        .resideOutsideOfPackage("dev.hognose.wire..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(GENERATED)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.protobuf..", "dev.hognose.wire.part..")
        .because("generated classes and what reads them piece by piece never leave wire")
        .check(EVERYTHING);
  }

  @Test
  void commandsDoNotGoInCircles() {
    slices().matching("dev.hognose.app.(*)..").should().beFreeOfCycles().check(EVERYTHING);
  }

  @Test
  void brokerIsTheOnlyDoorToKafkasServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.hognose.app.broker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("kafka..", "scala..", "org.apache.kafka.server..")
        .because("its classes are Kafka's own and change with every release")
        .check(EVERYTHING);
  }

  @Test
  void environmentIsReadInOnePlace() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName("dev.hognose.app.Main")
        .should()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .because("a test must be able to say what the environment is")
        .check(EVERYTHING);
  }

  @Test
  void nobodySleeps() {
    noClasses()
        .should()
        .callMethod(Thread.class, "sleep", long.class)
        .because("who waits must hear that the end is wished")
        .check(EVERYTHING);
  }
}
