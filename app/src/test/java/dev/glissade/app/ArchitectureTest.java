package dev.glissade.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The seams of this module. When one of these fails, the change is in the wrong place.
class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.glissade");

  @Test
  void coreDoesNotKnowTheApplication() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.glissade.app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.glissade.app..", "picocli..", "org.knowm..")
        .check(ALL);
  }

  @Test
  void reportsDoNotKnowTheCommandLine() {
    noClasses()
        .that()
        .resideInAPackage("dev.glissade.app.report..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.glissade.app.cli..", "picocli..")
        .check(ALL);
  }

  @Test
  void experimentsAreDataAndDoNotKnowWhoRunsThem() {
    noClasses()
        .that()
        .resideInAPackage("dev.glissade.app.experiment..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.glissade.app.cli..", "dev.glissade.app.report..", "picocli..")
        .check(ALL);
  }

  @Test
  void onlyReportsKnowThePlottingLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.glissade.app.report..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.knowm..")
        .check(ALL);
  }

  /// The loop of an optimisation is `Descent` and nothing else.
  @Test
  void commandsTakeNoStepsThemselves() {
    noClasses()
        .that()
        .resideInAPackage("dev.glissade.app.cli..")
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.glissade.Descent")
        .check(ALL);
  }
}
