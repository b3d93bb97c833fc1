package dev.glissade.djl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The seams of this module. When one of these fails, the change is in the wrong place.
class ArchitectureTest {

  /// No engine of DJL's: its PyTorch is one of several.
  @Test
  void dependsOnCoreAndDjlsInterfacesOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "", // primitive types
            "java..",
            "org.jspecify..",
            "ai.djl",
            "ai.djl.ndarray..",
            "ai.djl.nn",
            "ai.djl.training..",
            "ai.djl.util",
            "dev.glissade",
            "dev.glissade.internal",
            "dev.glissade.file",
            "dev.glissade.learned",
            "dev.glissade.djl")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.glissade.djl"));
  }
}
