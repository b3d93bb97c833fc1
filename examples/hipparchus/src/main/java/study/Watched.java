package study;

import java.util.Arrays;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/// A fit that is watched: how often it is evaluated, and the lowest loss so far. Asking for the
/// same point twice running, as for a value and then for its gradient, is one evaluation.
final class Watched implements MultivariateJacobianFunction {

  private final MultivariateJacobianFunction fit;
  private double[] point = {};
  private Pair<RealVector, RealMatrix> last = new Pair<>(null, null);
  private int evaluations;
  private double lowest = Double.POSITIVE_INFINITY;

  Watched(MultivariateJacobianFunction fit) {
    this.fit = fit;
  }

  @Override
  public Pair<RealVector, RealMatrix> value(RealVector at) {
    if (!Arrays.equals(point, at.toArray())) {
      point = at.toArray();
      last = fit.value(at);
      evaluations++;
      double loss = last.getFirst().dotProduct(last.getFirst()) / 2;
      lowest = loss < lowest ? loss : lowest;
    }
    return last;
  }

  int evaluations() {
    return evaluations;
  }

  /// The lowest loss so far.
  double lowest() {
    return lowest;
  }
}
