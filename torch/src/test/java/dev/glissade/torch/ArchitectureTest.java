package dev.glissade.torch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The seams of this module. When one of these fails, the change is in the wrong place.
class ArchitectureTest {

  private static final JavaClasses TORCH =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.glissade.torch");

  @Test
  void dependsOnCoreAndLibtorchOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "", // primitive types
            "java..",
            "javax.imageio..",
            "org.jspecify..",
            "org.bytedeco..",
            "org.apache.commons.compress..",
            "com.drew..",
            "com.sun.management..",
            "dev.glissade",
            "dev.glissade.internal",
            "dev.glissade.file",
            "dev.glissade.problem",
            "dev.glissade.torch..")
        .check(TORCH);
  }

  @Test
  void theRootKnowsNoDataSet() {
    noClasses()
        .that()
        .resideInAPackage("dev.glissade.torch")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.glissade.torch.data", "dev.glissade.torch.problem")
        .check(TORCH);
  }

  @Test
  void dataKnowsNoProblem() {
    noClasses()
        .that()
        .resideInAPackage("dev.glissade.torch.data")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.glissade.torch.problem", "dev.glissade.problem")
        .check(TORCH);
  }
}
