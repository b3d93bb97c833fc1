package example;

import dev.glissade.Objective;
import dev.glissade.problem.Objectives;
import dev.glissade.problem.RandomProblem;
import java.util.random.RandomGenerator;

/// Least-squares fits of a·exp(−b·t) to 20 noisy measurements.
public final class DecayFits implements RandomProblem {

  @Override
  public String name() {
    return "decay-fits";
  }

  @Override
  public Objective draw(RandomGenerator random) {
    double a = random.nextDouble(0.5, 2);
    double b = random.nextDouble(0.2, 1.5);
    double[] measured = new double[20];
    for (int t = 0; t < measured.length; t++) {
      measured[t] = a * Math.exp(-b * t / 4) + 0.02 * random.nextGaussian();
    }
    return Objectives.of(
        new float[] {1, 0.5f},
        (x, gradient) -> {
          double loss = 0;
          double slopeA = 0;
          double slopeB = 0;
          for (int t = 0; t < measured.length; t++) {
            double decay = Math.exp(-x[1] * t / 4.0);
            double residual = x[0] * decay - measured[t];
            loss += residual * residual;
            slopeA += 2 * residual * decay;
            slopeB -= 2 * residual * x[0] * decay * t / 4;
          }
          gradient[0] = (float) slopeA;
          gradient[1] = (float) slopeB;
          return loss;
        });
  }
}
