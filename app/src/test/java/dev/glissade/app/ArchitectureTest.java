package dev.glissade.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// The seams of this module. When one of these fails, the change is in the wrong place.
class ArchitectureTest {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.glissade");

  private static final String CLI = "dev.glissade.app.cli..";

  private static final Set<String> FRAME_OF_THE_COMMAND_LINE =
      Set.of(
          "Candidates",
          "Main",
          "Glissade",
          "CommandGroup",
          "Context",
          "Errors",
          "Doctor",
          "Recipe",
          "package-info");

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
  void nobodyKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CLI)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(CLI, "picocli..")
        .check(ALL);
  }

  @Test
  void roomsHaveNoCycles() {
    slices().matching("dev.glissade.app.(*)..").should().beFreeOfCycles().check(ALL);
  }

  /// What every room sees lies in no room, and sees none.
  @Test
  void whatLiesInNoRoomSeesNone() {
    noClasses()
        .that()
        .resideInAPackage("dev.glissade.app")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.glissade.app.*..")
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

  @Test
  void onlyTheDashboardKnowsTheServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.glissade.app.dashboard..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javalin..", "jakarta..", "org.eclipse..")
        .check(ALL);
  }

  @Test
  void onlyEventFilesKnowTensorFlow() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.glissade.app.tensorboard..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.tensorflow..")
        .check(ALL);
  }

  /// The loop of an optimisation is `Descent` and nothing else.
  @Test
  void commandsTakeNoStepsThemselves() {
    noClasses()
        .that()
        .resideInAPackage(CLI)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.glissade.Descent")
        .check(ALL);
  }

  /// Only a command, an option, and what all of them need.
  @Test
  void theCommandLineHoldsCommandsAndOptions() {
    assertThat(
            ALL.stream()
                .filter(type -> type.getPackageName().equals("dev.glissade.app.cli"))
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.matches(".*(Command|Options?)"))
                .filter(name -> !FRAME_OF_THE_COMMAND_LINE.contains(name)))
        .isEmpty();
  }
}
