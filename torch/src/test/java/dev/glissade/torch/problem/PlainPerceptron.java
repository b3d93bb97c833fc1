package dev.glissade.torch.problem;

/// The perceptron with one hidden layer of sigmoid units once more, in plain Java and double
/// precision, written without a look at the other.
final class PlainPerceptron {

  final int inputs;
  final int units;
  final int classes;
  final double[] gradient; // weights0 [in][units], bias0, weights1 [units][classes], bias1

  PlainPerceptron(int inputs, int units, int classes) {
    this.inputs = inputs;
    this.units = units;
    this.classes = classes;
    this.gradient = new double[inputs * units + units + units * classes + classes];
  }

  /// The loss of one image; adds `weight` times its gradient to [#gradient].
  double add(float[] theta, double[] pixels, int label, double weight) {
    int bias0 = inputs * units;
    int weights1 = bias0 + units;
    int bias1 = weights1 + units * classes;
    double[] hidden = new double[units];
    for (int u = 0; u < units; u++) {
      double sum = theta[bias0 + u];
      for (int i = 0; i < inputs; i++) {
        sum += pixels[i] * theta[i * units + u];
      }
      hidden[u] = 1 / (1 + Math.exp(-sum));
    }
    double[] logits = new double[classes];
    double total = 0;
    for (int c = 0; c < classes; c++) {
      logits[c] = theta[bias1 + c];
      for (int u = 0; u < units; u++) {
        logits[c] += hidden[u] * theta[weights1 + u * classes + c];
      }
      total += Math.exp(logits[c]);
    }
    double[] hiddenSlope = new double[units];
    for (int c = 0; c < classes; c++) {
      double slope = weight * (Math.exp(logits[c]) / total - (c == label ? 1 : 0));
      gradient[bias1 + c] += slope;
      for (int u = 0; u < units; u++) {
        gradient[weights1 + u * classes + c] += slope * hidden[u];
        hiddenSlope[u] += slope * theta[weights1 + u * classes + c];
      }
    }
    for (int u = 0; u < units; u++) {
      double slope = hiddenSlope[u] * hidden[u] * (1 - hidden[u]);
      gradient[bias0 + u] += slope;
      for (int i = 0; i < inputs; i++) {
        gradient[i * units + u] += slope * pixels[i];
      }
    }
    return Math.log(total) - logits[label];
  }
}
