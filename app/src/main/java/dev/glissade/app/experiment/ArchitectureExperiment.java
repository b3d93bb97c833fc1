package dev.glissade.app.experiment;

import static dev.glissade.app.experiment.Experiments.ADAM;
import static dev.glissade.app.experiment.Experiments.LSTM;
import static dev.glissade.app.experiment.Experiments.NAG;

import dev.glissade.app.experiment.SweepExperiment.Point;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The paper's figure 6: the optimizer for MNIST on networks of 5, 10, …, 50 units in one and two
/// layers. The paper's was trained on 20 units in one layer.
final class ArchitectureExperiment {

  /// The number of sizes in each series.
  private static final int SIZES = 10;

  private ArchitectureExperiment() {}

  /// The sweep over all 20 networks, with the paper's values as far as they are known.
  static Experiment architectures() {
    List<Point> points = new ArrayList<>();
    addSeries(
        points,
        1,
        Map.of(
            LSTM,
            new double[] {.595, .349, .282, .245, .231, .212, .207, .192, .178, .194},
            NAG,
            new double[] {.581, .354, .282, .252, .242, .239, .234, .225, .238, .226},
            ADAM,
            firstAndLast(.829, .294)));
    addSeries(
        points,
        2,
        Map.of(
            LSTM,
            new double[] {1.022, .550, .399, .321, .296, .264, .245, .238, .226, .203},
            NAG,
            firstAndLast(.933, .448),
            ADAM,
            firstAndLast(1.552, .554)));
    return new SweepExperiment(
        "fig6-architectures",
        "6",
        "final loss for 20 sizes of the network",
        "–",
        "hidden units",
        points,
        new Design(MnistExperiments.LEARNED, List.of(ADAM, NAG), 100, 32, 16),
        MnistExperiments.TRAINING);
  }

  /// Makes a list of ten values of which two are known; NaN for the others.
  private static double[] firstAndLast(double first, double last) {
    double[] values = new double[SIZES];
    Arrays.fill(values, Double.NaN);
    values[0] = first;
    values[SIZES - 1] = last;
    return values;
  }

  /// Adds the problems with 5, 10, …, 50 units in each of so many layers.
  ///
  /// @param points to which they are added
  /// @param layers 1 or 2
  /// @param paper ten final losses for each optimizer, by the paper's name; NaN where one is not
  ///   known
  private static void addSeries(List<Point> points, int layers, Map<String, double[]> paper) {
    for (int i = 0; i < SIZES; i++) {
      int units = 5 * (i + 1);
      Map<String, Double> losses = new HashMap<>();
      for (Map.Entry<String, double[]> entry : paper.entrySet()) {
        if (!Double.isNaN(entry.getValue()[i])) {
          losses.put(entry.getKey(), entry.getValue()[i]);
        }
      }
      points.add(
          new Point(
              layers == 1 ? "1 layer" : layers + " layers",
              units,
              "mnist:units=%s,layers=%s".formatted(units, layers),
              losses));
    }
  }
}
