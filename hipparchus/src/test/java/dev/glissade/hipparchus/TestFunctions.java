package dev.glissade.hipparchus;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.hipparchus.analysis.MultivariateFunction;
import org.hipparchus.analysis.MultivariateVectorFunction;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.optim.InitialGuess;
import org.hipparchus.optim.OptimizationData;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunction;
import org.hipparchus.optim.nonlinear.scalar.ObjectiveFunctionGradient;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresBuilder;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/// Functions of which all is known, in the types of Hipparchus.
final class TestFunctions {

  /// Where the bowl is lowest.
  static final double[] LOWEST = {1, -2, 0.5};

  /// What the bowl is there.
  static final double LEAST = 3;

  private static final int PLENTY = 10_000;
  private static final double[] CURVATURES = {1, 4, 0.5};

  private TestFunctions() {}

  /// 3 + ½Σcᵢ(xᵢ − x*ᵢ)².
  static double bowl(double[] x) {
    double sum = LEAST;
    for (int i = 0; i < x.length; i++) {
      sum += CURVATURES[i] * (x[i] - LOWEST[i]) * (x[i] - LOWEST[i]) / 2;
    }
    return sum;
  }

  static double[] bowlSlope(double[] x) {
    double[] slope = new double[x.length];
    Arrays.setAll(slope, i -> CURVATURES[i] * (x[i] - LOWEST[i]));
    return slope;
  }

  /// A function and its gradient that count how often they are asked.
  record Counted(
      MultivariateFunction function,
      MultivariateVectorFunction gradient,
      AtomicInteger values,
      AtomicInteger gradients) {

    static Counted of(MultivariateFunction function, MultivariateVectorFunction gradient) {
      return new Counted(function, gradient, new AtomicInteger(), new AtomicInteger());
    }

    static Counted bowl() {
      return of(TestFunctions::bowl, TestFunctions::bowlSlope);
    }

    ObjectiveFunction objective() {
      return new ObjectiveFunction(x -> {
        values.incrementAndGet();
        return function.value(x);
      });
    }

    ObjectiveFunctionGradient slope() {
      return new ObjectiveFunctionGradient(x -> {
        gradients.incrementAndGet();
        return gradient.value(x);
      });
    }

    /// The function, its gradient and a start, with more.
    OptimizationData[] data(double[] start, OptimizationData... more) {
      OptimizationData[] all = Arrays.copyOf(more, more.length + 3);
      all[more.length] = objective();
      all[more.length + 1] = slope();
      all[more.length + 2] = new InitialGuess(start);
      return all;
    }
  }

  /// The model a·exp(−b·t) at t = 0, ½, 1, …
  static MultivariateJacobianFunction decay(int size) {
    return point -> {
      double a = point.getEntry(0);
      double b = point.getEntry(1);
      double[] values = new double[size];
      double[][] jacobian = new double[size][2];
      for (int i = 0; i < size; i++) {
        double t = i / 2.0;
        double decay = Math.exp(-b * t);
        values[i] = a * decay;
        jacobian[i][0] = decay;
        jacobian[i][1] = -a * t * decay;
      }
      return new Pair<>(
          new ArrayRealVector(values, false), new Array2DRowRealMatrix(jacobian, false));
    };
  }

  /// A fit of the decay to six numbers that do not lie on one, without a checker.
  static LeastSquaresBuilder decayFit() {
    return new LeastSquaresBuilder()
        .model(decay(6))
        .target(new double[] {2.1, 1.2, 0.8, 0.4, 0.3, 0.1})
        .start(new double[] {1, 0.5})
        .maxEvaluations(PLENTY)
        .maxIterations(PLENTY);
  }
}
