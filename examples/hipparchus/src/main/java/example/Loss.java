package example;

/// What a residual costs, as half a square, which is how Levenberg–Marquardt wants it: the cost is
/// ½·root².
public enum Loss {
  /// ½r², for measurements that are off by Gaussian noise.
  SQUARES {
    @Override
    double root(double residual) {
      return residual;
    }

    @Override
    double rootSlope(double residual) {
      return 1;
    }
  },

  /// Half of (ν + 1)·log(1 + r²/ν) with ν = 3: Student's t, for measurements that may be wrong.
  STUDENT {
    @Override
    double root(double residual) {
      double cost = (FREEDOM + 1) * Math.log1p(residual * residual / FREEDOM);
      return Math.copySign(Math.sqrt(cost), residual);
    }

    @Override
    double rootSlope(double residual) {
      return Math.abs(residual) < 1e-6
          ? Math.sqrt((FREEDOM + 1) / FREEDOM)
          : (FREEDOM + 1) * residual / (FREEDOM + residual * residual) / root(residual);
    }
  };

  private static final double FREEDOM = 3;

  /// The number whose half square is the cost.
  abstract double root(double residual);

  /// Its derivative.
  abstract double rootSlope(double residual);
}
