package example;

import dev.glissade.Problem.Split;
import dev.glissade.hipparchus.LeastSquaresDescent;
import dev.glissade.learned.TrainedOptimizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.hipparchus.optim.ConvergenceChecker;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem.Evaluation;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;

/// Learns an optimizer for a family of fits once, and then fits curves that training never saw:
/// with Hipparchus alone, and with nine evaluations of what was learned before.
public final class CalibrateCurves {

  private static final int CURVES = 1000;
  private static final int MOST = 1000;

  private CalibrateCurves() {}

  public static void main(String[] arguments) throws IOException {
    DoseResponse family = new DoseResponse(Loss.STUDENT);
    Path file = Files.createTempFile("dose-response", ".safetensors");
    Training.network(family).save(file);
    LeastSquaresOptimizer learned =
        new LeastSquaresDescent(TrainedOptimizer.load(file).optimizer());

    double alone = 0;
    double after = 0;
    double lower = 0; // percent of the curves
    double higher = 0;
    for (int i = 0; i < CURVES; i++) {
      Curve curve = family.curve(Split.TEST, i);
      double[] start = curve.start();
      Evaluation coarse = learned.optimize(Curve.fit(curve, start, until(9), MOST));
      double one = polish(curve, start).getChiSquare() / 2;
      double other = polish(curve, coarse.getPoint().toArray()).getChiSquare() / 2;
      alone += one / CURVES;
      after += other / CURVES;
      lower += other < 0.99 * one ? 100.0 / CURVES : 0;
      higher += one < 0.99 * other ? 100.0 / CURVES : 0;
    }
    System.out.printf(Locale.ROOT, "mean loss, Levenberg-Marquardt alone   %.2f%n", alone);
    System.out.printf(Locale.ROOT, "mean loss, after eight learned steps   %.2f%n", after);
    System.out.printf(
        Locale.ROOT,
        "by more than 1 %%: lower on %.1f %% of the curves, higher on %.1f %%%n",
        lower,
        higher);
  }

  private static ConvergenceChecker<Evaluation> until(int last) {
    return (iteration, _, _) -> iteration >= last;
  }

  private static Optimum polish(Curve curve, double[] start) {
    return new LevenbergMarquardtOptimizer()
        .withCostRelativeTolerance(1e-8)
        .withParameterRelativeTolerance(1e-8)
        .optimize(Curve.fit(curve, start, until(100), MOST));
  }
}
