package dev.glissade.app.catalog;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import java.lang.reflect.InvocationTargetException;
import org.jspecify.annotations.Nullable;

/// A problem that is a class of the user's, found by a [ClassPath].
///
/// It is called `com.example.Fits@1a2b3c4d`: equal names must mean equal distributions, so the name
/// has the fingerprint of the code. Tuned learning rates are not taken for those of an earlier
/// state of the class, nor for those of a built-in problem that is called like this one, and a run
/// is not resumed with other code than it was begun with. It has no variants, even if the class
/// names some: they could not be found again by their names.
///
/// @param name of the class, `@`, the fingerprint of all classes on the class path
/// @param problem an instance of the class
/// @param classPath where the class is, as the user wrote it
public record OwnProblem(String name, Problem problem, String classPath) implements Problem {

  @Override
  public Objective sample(Split split, long seed) {
    return given(problem.sample(split, seed), "sample");
  }

  @Override
  public ParameterLayout layout() {
    return given(problem.layout(), "layout");
  }

  private <T> T given(@Nullable T value, String method) {
    if (value == null) {
      throw new OwnCodeException("%s.%s gave null".formatted(problem.getClass().getName(), method));
    }
    return value;
  }

  @Override
  public boolean isTwiceDifferentiable() {
    return problem.isTwiceDifferentiable();
  }

  @Override
  public int steps() {
    return problem.steps();
  }

  /// Makes an instance of a class.
  ///
  /// A name with a fingerprint comes from a run or a report of an earlier time: if the code is no
  /// longer the same, the name no longer means what it did.
  ///
  /// @param text the name of the class, perhaps with a fingerprint
  /// @param fingerprint of the classes as they are now
  /// @throws IllegalArgumentException with one line that says why that is impossible
  /// @throws OwnCodeException if the class itself fails
  static OwnProblem load(String text, ClassPath classPath, String fingerprint) {
    int at = text.indexOf('@');
    String className = at < 0 ? text : text.substring(0, at);
    String name = className + "@" + fingerprint;
    if (at >= 0 && !text.equals(name)) {
      throw new IllegalArgumentException(
          "the classes on --classpath have changed: %s is now %s; build what it was then, or begin anew"
              .formatted(text, name));
    }
    return new OwnProblem(name, instance(className, classPath), classPath.text());
  }

  /// Makes an instance, with a message for each of the ways in which that can fail.
  private static Problem instance(String className, ClassPath classPath) {
    try {
      Class<?> type = Class.forName(className, true, classPath);
      if (!Problem.class.isAssignableFrom(type)) {
        throw new IllegalArgumentException(
            "%s does not implement dev.glissade.Problem".formatted(className));
      }
      return (Problem) type.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "no problem or class '%s' on the class path %s; built-in ones: ./glissade problems"
              .formatted(className, classPath.text()),
          e);
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          "%s must be a public class with a public constructor without arguments"
              .formatted(className),
          e);
    } catch (InvocationTargetException e) {
      throw new OwnCodeException("the constructor of %s failed".formatted(className), e);
    } catch (ExceptionInInitializerError e) {
      throw new OwnCodeException("a static field of %s failed".formatted(className), e);
    } catch (LinkageError e) {
      throw new IllegalArgumentException(
          "%s cannot be loaded: %s; is all that it needs on --classpath?".formatted(className, e),
          e);
    }
  }
}
