package dev.glissade.torch.problem;

import dev.glissade.problem.Labelled;

/// Images of 28×28 pixels in ten classes: MNIST's digits, and the sets that are made like it.
enum Digits implements Labelled {
  MNIST("mnist"),
  FASHION("fashion-mnist"),
  KMNIST("kmnist");

  private final String dataSet;

  Digits(String dataSet) {
    this.dataSet = dataSet;
  }

  /// The name of the data set.
  String dataSet() {
    return dataSet;
  }
}
