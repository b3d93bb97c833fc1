package dev.glissade.benchmarks;

import dev.glissade.Descent;
import dev.glissade.Optimizer;
import dev.glissade.Problem;
import dev.glissade.internal.kernel.LstmKernels;
import dev.glissade.learned.Pretrained;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.util.StringJoiner;

/// What [ColdStart] runs in a JVM of its own: solves of a quadratic, timed one by one from the
/// first on.
public final class ColdSolve {

  private ColdSolve() {}

  /// Prints the kernels and the milliseconds of each solve, between bars.
  ///
  /// @param arguments how many solves
  public static void main(String[] arguments) {
    Problem problem = new ProblemCatalog(Problems.core()).parse("quadratic");
    Optimizer<?> optimizer = Pretrained.QUADRATIC.load().optimizer();
    int solves = Integer.parseInt(arguments[0]);
    StringJoiner line = new StringJoiner("|");
    for (int i = 0; i < solves; i++) {
      long start = System.nanoTime();
      Descent.start(problem.sample(Problem.Split.TEST, i), optimizer).run(100);
      line.add("" + (System.nanoTime() - start) / 1e6);
    }
    System.out.println(LstmKernels.fastestImplementation() + "|" + line);
  }
}
