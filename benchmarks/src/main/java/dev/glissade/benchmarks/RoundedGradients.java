package dev.glissade.benchmarks;

import dev.glissade.Descent;
import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.optimizer.Adam;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.torch.problem.TorchProblems;
import java.util.Locale;

/// `benchmarks/compare precision`: how far bfloat16 turns the gradients of `cifar10`, along a run
/// of Adam in single precision, and how far another minibatch turns them.
public final class RoundedGradients {

  private static final int STEPS = 600;
  private static final int EVERY = 50;
  private static final long OTHER = 1_000_000; // a draw that the run does not come to

  private RoundedGradients() {}

  /// Prints a line for each point that it looks at.
  public static void main(String[] arguments) {
    ProblemCatalog problems = new ProblemCatalog(TorchProblems.all());
    Objective exact = problems.parse("cifar10").sample(Problem.Split.TRAIN, 1);
    Objective rounded = problems.parse("cifar10:precision=bfloat16").sample(Problem.Split.TRAIN, 1);
    var descent = Descent.start(exact, new Adam(0.003));
    float[] gradient = new float[exact.layout().size()];
    System.out.println("Angle to the gradient in single precision, as a cosine:");
    System.out.printf(
        Locale.ROOT, "%6s %8s %10s %18s%n", "step", "loss", "bfloat16", "another minibatch");
    for (int step = 0; step <= STEPS; step++) {
      if (step % EVERY == 0) {
        rounded.evaluate(descent.parameters(), descent.draws(), gradient);
        double turned = cosine(gradient, descent.gradient());
        exact.evaluate(descent.parameters(), OTHER + step, gradient);
        double redrawn = cosine(gradient, descent.gradient());
        System.out.printf(
            Locale.ROOT, "%6d %8.3f %10.4f %18.4f%n", step, descent.loss(), turned, redrawn);
      }
      descent.advance();
    }
  }

  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    return product / Math.sqrt(squareA * squareB);
  }
}
