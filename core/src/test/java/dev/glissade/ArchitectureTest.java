package dev.glissade;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;

/// The seams of this module. When one of these fails, the change is in the wrong place.
class ArchitectureTest {

  private static final JavaClasses CORE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.glissade");

  @Test
  void anyoneMayEmbedIt() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "", // primitive types
            "java..",
            "jdk.incubator.vector..",
            "org.jspecify..",
            "com.fasterxml.jackson.core..",
            "dev.glissade..")
        .because("core has no other dependencies than the JDK, JSpecify and jackson-core")
        .check(CORE);
  }

  @Test
  void packagesAreFreeOfCycles() {
    slices().assignedFrom(new ByPackage()).should().beFreeOfCycles().check(CORE);
  }

  @Test
  void theRootKnowsNoPackageButInternal() {
    assertDependsOnlyOn("dev.glissade", "dev.glissade", "dev.glissade.internal");
  }

  @Test
  void rulesKnowOnlyTheRootAndFiles() {
    assertDependsOnlyOn(
        "dev.glissade.optimizer",
        "dev.glissade",
        "dev.glissade.optimizer",
        "dev.glissade.file",
        "dev.glissade.internal..");
  }

  @Test
  void filesKnowNothing() {
    assertDependsOnlyOn("dev.glissade.file", "dev.glissade.file", "dev.glissade.internal");
  }

  /// Estimators need no training, so that they can be used anywhere.
  @Test
  void estimatorsKnowNoTraining() {
    noClasses()
        .that()
        .resideInAPackage("dev.glissade.meta")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.glissade.training")
        .check(CORE);
  }

  @Test
  void problemsKnowOnlyTheRoot() {
    assertDependsOnlyOn(
        "dev.glissade.problem", "dev.glissade", "dev.glissade.problem", "dev.glissade.internal");
  }

  @Test
  void evaluationKnowsNoLearnedOptimizer() {
    noClasses()
        .that()
        .resideInAPackage("dev.glissade.evaluation")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.glissade.learned", "dev.glissade.meta", "dev.glissade.problem")
        .because("no optimizer and no problem is special in evaluation")
        .check(CORE);
  }

  @Test
  void kernelsKnowOnlyTheRoot() {
    assertDependsOnlyOn("dev.glissade.internal..", "dev.glissade", "dev.glissade.internal..");
  }

  @Test
  void thereIsOneOptimisationLoop() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(StatefulOptimizer.class)
        .and()
        .doNotHaveFullyQualifiedName("dev.glissade.learned.NetworkFactor$Network")
        .and()
        // They ask rules for updates and apply none.
        .haveNameNotMatching("dev\\.glissade\\.evaluation\\.(Responses|Witness)(\\$.*)?")
        .and(
            DescribedPredicate.describe(
                "are not optimizers that wrap another",
                javaClass -> !javaClass.isAssignableTo(Optimizer.class)))
        .should()
        .callMethod(Optimizer.class, "update", Point.class, OptimizerState.class, float[].class)
        .because("Descent is the only optimisation loop there is")
        .check(CORE);
    noClasses()
        .that()
        .doNotBelongToAnyOf(Descent.class, StatefulOptimizer.class)
        .should()
        .accessClassesThat()
        .belongToAnyOf(StatefulOptimizer.class)
        .because("a loop elsewhere would use it; those of other libraries do")
        .check(CORE);
  }

  @Test
  void nothingIsAbstract() {
    noClasses()
        .that()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .should()
        .haveModifier(JavaModifier.ABSTRACT)
        .because("behaviour is composed, not inherited")
        .check(CORE);
  }

  @Test
  void nothingIsExtended() {
    classes()
        .that()
        .areNotInterfaces()
        .and()
        .areNotAssignableTo(Throwable.class)
        .and()
        .areNotAssignableTo(Enum.class)
        .should(
            ArchCondition.from(
                DescribedPredicate.describe(
                    "extend nothing but Object or Record", ArchitectureTest::extendsNothing)))
        .because("behaviour is composed, not inherited")
        .check(CORE);
  }

  private static boolean extendsNothing(JavaClass javaClass) {
    return javaClass
        .getRawSuperclass()
        .map(parent -> parent.isEquivalentTo(Object.class) || parent.isEquivalentTo(Record.class))
        .orElse(false);
  }

  private static void assertDependsOnlyOn(String packageName, String... allowed) {
    classes()
        .that()
        .resideInAPackage(packageName)
        .should()
        .onlyDependOnClassesThat(
            JavaClass.Predicates.resideInAnyPackage(allowed)
                .or(JavaClass.Predicates.resideOutsideOfPackage("dev.glissade..")))
        .check(CORE);
  }

  private static final class ByPackage implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
      return SliceIdentifier.of(javaClass.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
