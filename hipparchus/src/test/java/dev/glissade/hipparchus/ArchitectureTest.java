package dev.glissade.hipparchus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.glissade.Optimizer;
import org.junit.jupiter.api.Test;

/// The seams of this module. When one of these fails, the change is in the wrong place.
class ArchitectureTest {

  private static final JavaClasses HIPPARCHUS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.glissade.hipparchus");

  @Test
  void dependsOnTheRootAndHipparchusOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "", // primitive types
            "java..",
            "org.jspecify..",
            "org.hipparchus..",
            "dev.glissade",
            "dev.glissade.problem",
            "dev.glissade.hipparchus")
        .because("a learned optimizer is an optimizer like any other")
        .check(HIPPARCHUS);
  }

  @Test
  void descentMakesTheSteps() {
    noClasses()
        .should()
        .callMethodWhere(
            JavaCall.Predicates.target(
                With.owner(JavaClass.Predicates.assignableTo(Optimizer.class))))
        .because("Descent is the only optimisation loop there is")
        .check(HIPPARCHUS);
  }
}
