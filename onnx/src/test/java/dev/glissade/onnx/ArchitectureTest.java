package dev.glissade.onnx;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The seams of this module. When one of these fails, the change is in the wrong place.
class ArchitectureTest {

  private static final JavaClasses ONNX =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.glissade.onnx");

  /// Of core no kernels: the graph is a second account of the rules, not another way to ours.
  @Test
  void dependsOnCoreAndTheMessagesOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "", // primitive types
            "java..",
            "org.jspecify..",
            "ai.onnx.proto..",
            "com.google.protobuf..",
            "dev.glissade",
            "dev.glissade.file",
            "dev.glissade.learned",
            "dev.glissade.optimizer",
            "dev.glissade.onnx..")
        .check(ONNX);
  }

  /// Whoever uses this module sees none of the library that writes the files.
  @Test
  void nothingPublicShowsTheMessages() {
    methods()
        .that()
        .arePublic()
        .and()
        .areDeclaredInClassesThat()
        .arePublic()
        .should()
        .notHaveRawReturnType(JavaClass.Predicates.resideInAnyPackage("ai.onnx..", "com.google.."))
        .check(ONNX);
  }
}
