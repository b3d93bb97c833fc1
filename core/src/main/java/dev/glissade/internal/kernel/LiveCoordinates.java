package dev.glissade.internal.kernel;

import java.util.Arrays;

/// The coordinates that a meta-gradient depends on, those that live longest first, otherwise in
/// their order.
///
/// The derivative λₜ of the meta-loss by an update is a sum over the steps that follow, so a
/// coordinate without a gradient from some step on has none from there on: there is nothing to go
/// back through. On MNIST a fifth of all coordinates never live in an unroll of 20 steps: they
/// belong to pixels that are black in all of its minibatches.
///
/// @param coordinates which
/// @param steps for each, the number of steps until the last one whose λ is not negligible, ≥ 1
@SuppressWarnings("ArrayRecordComponent") // inside this package only, and never changed
record LiveCoordinates(int[] coordinates, int[] steps) {

  /// Derivatives by an update below this count as 0: far above the denormals (10⁻³⁸), so that
  /// products of them are normal still, and far below anything that could move a weight.
  static final float NEGLIGIBLE = 1e-20f;

  /// All of these coordinates, for all steps.
  static LiveCoordinates all(int[] coordinates, int steps) {
    int[] lives = new int[coordinates.length];
    Arrays.fill(lives, steps);
    return new LiveCoordinates(coordinates, lives);
  }

  /// The coordinates, among these, that live at all, and how long.
  ///
  /// @param gradients `float[T + 1][N]`, of which the first is not used
  /// @param multipliers `float[T + 1]`
  static LiveCoordinates of(int[] coordinates, float[][] gradients, float[] multipliers) {
    int[] lives = new int[coordinates.length];
    int[] starts = new int[gradients.length]; // how many live that long, then where they go
    for (int i = 0; i < lives.length; i++) {
      lives[i] = life(coordinates[i], gradients, multipliers);
      starts[lives[i]]++;
    }
    int live = 0;
    for (int life = starts.length - 1; life > 0; life--) {
      int count = starts[life];
      starts[life] = live;
      live += count;
    }
    LiveCoordinates sorted = new LiveCoordinates(new int[live], new int[live]);
    for (int i = 0; i < lives.length; i++) {
      if (lives[i] > 0) {
        int to = starts[lives[i]]++;
        sorted.coordinates[to] = coordinates[i];
        sorted.steps[to] = lives[i];
      }
    }
    return sorted;
  }

  private static int life(int coordinate, float[][] gradients, float[] multipliers) {
    float lambda = 0;
    for (int t = multipliers.length - 1; t > 0; t--) {
      lambda += multipliers[t] * gradients[t][coordinate];
      if (!(Math.abs(lambda) < NEGLIGIBLE)) { // NaN lives
        return t;
      }
    }
    return 0;
  }
}
