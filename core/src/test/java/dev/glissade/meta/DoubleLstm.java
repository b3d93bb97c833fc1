package dev.glissade.meta;

import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import java.util.Arrays;

/// An independent LSTM optimizer in double precision, forward only, written straight from the
/// equations: c' = σ(f + 1)·c + σ(i)·tanh(j), h' = σ(o)·tanh(c').
final class DoubleLstm {

  private final Lstm network;
  private final double[] weights;
  private final double[][][] hidden; // [N][L][H]
  private final double[][][] cell; // [N][L][H]
  private final double[] mean; // [N], of gradients
  private final double[] square; // [N], of their squares
  private final int[] steps; // [N]
  private long made; // steps of all coordinates

  DoubleLstm(Lstm network, double[] weights, int coordinates) {
    this.network = network;
    this.weights = weights;
    this.hidden = new double[coordinates][network.layers()][network.hidden()];
    this.cell = new double[coordinates][network.layers()][network.hidden()];
    this.mean = new double[coordinates];
    this.square = new double[coordinates];
    this.steps = new int[coordinates];
  }

  /// The updates of all coordinates.
  double[] update(double[] gradient) {
    double[][] x = new double[gradient.length][];
    for (int n = 0; n < x.length; n++) {
      x[n] = preprocess(n, gradient[n]);
    }
    made++;
    int position = 0;
    int size = network.hidden();
    for (int l = 0; l < network.layers(); l++) {
      for (int n = 0; n < x.length; n++) {
        step(position, x[n], hidden[n][l], cell[n][l]);
      }
      average(l);
      position += 4 * size * (x[0].length + size + 1);
      for (int n = 0; n < x.length; n++) {
        x[n] = hidden[n][l].clone();
      }
    }
    double[] update = new double[x.length];
    for (int n = 0; n < x.length; n++) {
      double output = weights[position + x[n].length];
      for (int k = 0; k < x[n].length; k++) {
        output += weights[position + k] * x[n][k];
      }
      double squashed =
          switch (network.output()) {
            case LINEAR -> output;
            case TANH -> Math.tanh(output);
          };
      update[n] = network.outputScale() * squashed;
    }
    return update;
  }

  /// Moves h and c of one layer of one coordinate on.
  private void step(int position, double[] x, double[] h, double[] c) {
    int size = h.length;
    int width = x.length + size;
    int bias = position + 4 * size * width;
    double[] z = new double[4 * size];
    for (int r = 0; r < z.length; r++) {
      z[r] = weights[bias + r];
      for (int k = 0; k < width; k++) {
        z[r] += weights[position + r * width + k] * (k < x.length ? x[k] : h[k - x.length]);
      }
    }
    for (int u = 0; u < size; u++) {
      double forget = sigmoid(z[2 * size + u] + 1);
      c[u] = forget * c[u] + sigmoid(z[u]) * Math.tanh(z[size + u]);
      h[u] = sigmoid(z[3 * size + u]) * Math.tanh(c[u]);
    }
  }

  /// The global cells are the first ones.
  private void average(int layer) {
    for (int u = 0; u < network.globalCells(); u++) {
      double sum = 0;
      for (double[][] own : hidden) {
        sum += own[layer][u];
      }
      for (double[][] own : hidden) {
        own[layer][u] = sum / hidden.length;
      }
    }
  }

  private double[] preprocess(int coordinate, double gradient) {
    return preprocess(network.inputs(), coordinate, gradient);
  }

  private double[] preprocess(Preprocessing preprocessing, int coordinate, double gradient) {
    return switch (preprocessing) {
      case Preprocessing.Identity _ -> new double[] {gradient};
      case Preprocessing.LogSign(double p) ->
          Math.abs(gradient) >= Math.exp(-p)
              ? new double[] {Math.log(Math.abs(gradient)) / p, Math.signum(gradient)}
              : new double[] {-1, Math.exp(p) * gradient};
      case Preprocessing.AdamLike(double beta) -> {
        mean[coordinate] = beta * mean[coordinate] + (1 - beta) * gradient;
        square[coordinate] = beta * square[coordinate] + (1 - beta) * gradient * gradient;
        double correction = 1 - Math.pow(beta, ++steps[coordinate]);
        double deviation = Math.sqrt(square[coordinate] / correction) + 1e-8;
        yield new double[] {mean[coordinate] / correction / deviation, gradient / deviation};
      }
      case Preprocessing.Both(var logSign, var adamLike) -> {
        double[] first = preprocess(logSign, coordinate, gradient);
        double[] second = preprocess(adamLike, coordinate, gradient);
        yield new double[] {first[0], first[1], second[0], second[1]};
      }
      case Preprocessing.Timed(var untimed) -> {
        double[] others = preprocess(untimed, coordinate, gradient);
        double[] all = Arrays.copyOf(others, others.length + 1);
        all[others.length] = 2 * Math.log10(1.0 + made) - 4;
        yield all;
      }
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
