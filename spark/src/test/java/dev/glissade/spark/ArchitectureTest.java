package dev.glissade.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The seams of this module. When one of these fails, the change is in the wrong place.
class ArchitectureTest {

  @Test
  void knowsNothingOfWhatItRuns() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "", // primitive types
            "java..",
            "org.jspecify..",
            "org.apache.spark..",
            "scala..",
            "dev.glissade",
            "dev.glissade.cluster",
            "dev.glissade.optimizer", // baselines, which travel by their names
            "dev.glissade.problem", // problems that are made of others
            "dev.glissade.training", // the same
            "dev.glissade.spark")
        .because("a job is a job, whatever its tasks are")
        .check(
            new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.glissade.spark"));
  }
}
