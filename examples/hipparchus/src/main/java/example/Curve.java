package example;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.ConvergenceChecker;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresFactory;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem.Evaluation;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/// The fit of one dose-response curve: how a signal rises from `bottom` to `top` around the dose
/// `middle`, with a slope of exp(`steep`). There are two measurements at each of ten doses.
///
/// @param signals what was measured, lowest dose first
/// @param truth the parameters behind it, which a fit does not know
/// @param loss what a residual costs
public record Curve(double[] signals, double[] truth, Loss loss)
    implements MultivariateJacobianFunction {

  private static final int SIZE = 20;
  private static final double NOISE = 0.07; // of a measurement, known from controls
  private static final double LN10 = Math.log(10);
  private static final double LARGEST = 500; // exponent: far beyond, 0·∞ is no number

  /// Makes up a curve. Where the loss expects wrong measurements, one in ten is.
  static Curve draw(Loss loss, RandomGenerator random) {
    double bottom = 0.05 * random.nextGaussian();
    double height = random.nextDouble(0.3, 1.2);
    double middle = random.nextDouble(-1.5, 1.5);
    double steep = 0.4 * random.nextGaussian();
    double[] signals = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      double z = LN10 * Math.exp(steep) * (dose(i) - middle);
      double right = bottom + height / (1 + Math.exp(-z)) + NOISE * random.nextGaussian();
      double wrong = random.nextDouble(-0.2, 1.4);
      boolean failed = random.nextDouble() < 0.1 && loss == Loss.STUDENT;
      signals[i] = failed ? wrong : right;
    }
    return new Curve(signals, new double[] {bottom, bottom + height, middle, steep}, loss);
  }

  /// The logarithm of the dose of a measurement: ten doses, half a decade apart.
  private static double dose(int i) {
    return -2.25 + i / 2 * 0.5;
  }

  /// The roots of the costs, and their derivatives by bottom, top, middle and steep.
  @Override
  public Pair<RealVector, RealMatrix> value(RealVector point) {
    double bottom = point.getEntry(0);
    double height = point.getEntry(1) - bottom;
    double slope = LN10 * Math.exp(point.getEntry(3));
    double[] roots = new double[SIZE];
    double[][] jacobian = new double[SIZE][];
    for (int i = 0; i < SIZE; i++) {
      double z = Math.clamp(slope * (dose(i) - point.getEntry(2)), -LARGEST, LARGEST);
      double share = 1 / (1 + Math.exp(-z));
      double bend = height * share * (1 - share);
      double residual = (bottom + height * share - signals[i]) / NOISE;
      double by = loss.rootSlope(residual) / NOISE;
      roots[i] = loss.root(residual);
      jacobian[i] = new double[] {by * (1 - share), by * share, -by * bend * slope, by * bend * z};
    }
    return new Pair<>(new ArrayRealVector(roots, false), new Array2DRowRealMatrix(jacobian, false));
  }

  /// Where a fit starts: at the means of the four lowest and highest doses, in the middle.
  public double[] start() {
    double bottom = Arrays.stream(signals, 0, 4).average().orElseThrow();
    double top = Arrays.stream(signals, SIZE - 4, SIZE).average().orElseThrow();
    return new double[] {bottom, top, 0, 0};
  }

  /// The fit as Hipparchus wants it.
  ///
  /// @param function this curve, or what watches it
  /// @param checker says when to stop
  public static LeastSquaresProblem fit(
      MultivariateJacobianFunction function,
      double[] start,
      ConvergenceChecker<Evaluation> checker,
      int maxEvaluations) {
    return LeastSquaresFactory.create(
        function,
        new ArrayRealVector(SIZE),
        new ArrayRealVector(start),
        checker,
        maxEvaluations,
        Integer.MAX_VALUE);
  }
}
