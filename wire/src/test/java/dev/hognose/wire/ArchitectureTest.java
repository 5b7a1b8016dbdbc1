package dev.hognose.wire;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Which room of the wire may look into which. */
class ArchitectureTest {

  private static final String ROOT = "dev.hognose.wire";

  @Test
  void roomsKnowTheContractAndHardlyEachOther() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(ROOT + "..")
        .layer("contract")
        .definedBy(ROOT)
        .layer("part")
        .definedBy(ROOT + ".part")
        .layer("sample")
        .definedBy(ROOT + ".sample")
        .layer("state")
        .definedBy(ROOT + ".state")
        .layer("message")
        .definedBy(ROOT + ".message")
        .layer("capture")
        .definedBy(ROOT + ".capture")
        .layer("client")
        .definedBy(ROOT + ".client")
        .whereLayer("part")
        .mayOnlyBeAccessedByLayers("contract", "sample", "state")
        .whereLayer("sample")
        .mayOnlyBeAccessedByLayers("message")
        .whereLayer("contract")
        .mayOnlyBeAccessedByLayers("sample", "state", "message", "capture")
        .whereLayer("state")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("message")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("capture")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("client")
        .mayNotBeAccessedByAnyLayer()
        .ensureAllClassesAreContainedInArchitecture()
        .because("a codec is read with its message before one, and not with seventy others")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(ROOT));
  }
}
