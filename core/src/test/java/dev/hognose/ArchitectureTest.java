package dev.hognose;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of the judgement, executable. */
class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.hognose");

  @Test
  void thereIsSomethingToCheck() {
    assertThat(CLASSES).hasSizeGreaterThan(50);
  }

  @Test
  void judgementNeedsNothingButTheLanguage() {
    noClasses()
        .should()
        .dependOnClassesThat(not(resideInAnyPackage("java..", "dev.hognose..")))
        .because("a window must be judged in a test that has nothing but a list of samples")
        .check(CLASSES);
  }

  @Test
  void eventTimeOnly() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(ZonedDateTime.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .because("the same samples judged tomorrow must reach the same verdicts")
        .check(CLASSES);
  }

  /** {@link Math} may be a last digit off in these, and another one on another processor. */
  private static final Set<String> ROUNDED =
      Set.of("sin", "cos", "tan", "asin", "acos", "atan", "atan2", "exp", "log", "log10", "pow");

  @Test
  void theSameFiguresOnEveryMachine() {
    noClasses()
        .should()
        .accessTargetWhere(
            describe(
                "a function of Math that processors round as they like",
                (JavaAccess<?> access) ->
                    access.getTargetOwner().isEquivalentTo(Math.class)
                        && ROUNDED.contains(access.getTarget().getName())))
        .because("a replay on another machine must tell the same alerts: StrictMath does")
        .check(CLASSES);
  }

  @Test
  void featuresDoNotKnowEachOther() {
    slices()
        .matching("dev.hognose.(leak|limit|loop|diagnosis|profile)..")
        .should()
        .notDependOnEachOther()
        .because("they share samples and alerts, and can be read alone")
        .check(CLASSES);
  }

  @Test
  void figuresOfAServiceKnowNoJudgement() {
    noClasses()
        .that()
        .resideInAPackage("dev.hognose.service..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.hognose.leak..", "dev.hognose.loop..", "dev.hognose.diagnosis..")
        .because("they are shown as they are, whatever is judged by them")
        .check(CLASSES);
  }

  @Test
  void samplesKnowNobody() {
    noClasses()
        .that()
        .resideInAPackage("dev.hognose.sample..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("dev.hognose..")
                .and(not(resideInAnyPackage("dev.hognose.sample.."))))
        .because("what a process says is what everything else builds on")
        .check(CLASSES);
  }
}
