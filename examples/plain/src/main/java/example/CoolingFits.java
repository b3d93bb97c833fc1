package example;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Seeds;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.RandomProblem;
import java.util.random.RandomGenerator;

/// Fits of a·exp(−b·t) + c to what a sensor measures while something cools down. Each step sees
/// eight measurements, with noise.
public final class CoolingFits implements RandomProblem {

  private static final int MEASUREMENTS = 8;

  @Override
  public String name() {
    return "cooling-fits";
  }

  @Override
  public int steps() {
    return 40;
  }

  /// One member of the family: one thing that cools down.
  @Override
  public Objective draw(RandomGenerator random) {
    double a = random.nextDouble(0.5, 2);
    double b = random.nextDouble(0.2, 1.5);
    double c = random.nextDouble(-0.5, 0.5);
    long seed = random.nextLong();
    return Objectives.of(
        ParameterLayout.of("abc", 3),
        new float[] {1, 0.5f, 0},
        (x, draw, gradient) -> {
          RandomGenerator sensor = Seeds.stream(seed, "measurements", draw);
          double loss = 0;
          double slopeA = 0;
          double slopeB = 0;
          double slopeC = 0;
          for (int i = 0; i < MEASUREMENTS; i++) {
            double t = sensor.nextDouble(0, 5);
            double measured = a * Math.exp(-b * t) + c + 0.05 * sensor.nextGaussian();
            double decay = Math.exp(-x[1] * t);
            double residual = x[0] * decay + x[2] - measured;
            loss += residual * residual;
            slopeA += 2 * residual * decay;
            slopeB -= 2 * residual * x[0] * decay * t;
            slopeC += 2 * residual;
          }
          gradient[0] = (float) (slopeA / MEASUREMENTS);
          gradient[1] = (float) (slopeB / MEASUREMENTS);
          gradient[2] = (float) (slopeC / MEASUREMENTS);
          return loss / MEASUREMENTS;
        });
  }
}
