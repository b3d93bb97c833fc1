package dev.glissade.learned;

/// Adam's view of a gradient as the inputs of a network: (m̂/√v̂, ∇/√v̂), with m = β·m + (1 − β)·∇,
/// v = β·v + (1 − β)·∇², and the hats for the division by 1 − βᵗ. They do not change when the loss
/// is multiplied by a constant.
///
/// Reference: K. Lv, S. Jiang, J. Li, *Learning gradient descent: better generalization and longer
/// horizons*, ICML 2017, section 4.1 (RNNprop).
///
/// What is remembered is `float[2N + 1]`: m, v and 1 − βᵗ.
///
/// @param beta β, in (0, 1)
record Moments(float beta) {

  /// What is added to √v̂, as Adam does, to keep the quotients finite.
  private static final float EPSILON = 1e-8f;

  /// The largest gradient: those beyond count as this, so that their squares stay finite.
  private static final float LARGEST = 1e15f;

  /// So many coordinates at a time are computed from copies, each kind in an array of its own: the
  /// compiler makes vectors of loops over several arrays, but not of those over several parts of
  /// one.
  private static final int STRETCH = 1024;

  /// Copies of some coordinates.
  @SuppressWarnings("ArrayRecordComponent") // room to work in
  private record Stretch(
      float[] gradient, float[] mean, float[] square, float[] relativeMean, float[] relative) {

    Stretch(int length) {
      this(
          new float[length],
          new float[length],
          new float[length],
          new float[length],
          new float[length]);
    }
  }

  static float[] start(int coordinates) {
    return new float[2 * coordinates + 1];
  }

  /// The moments of some coordinates, copied.
  ///
  /// @param coordinates of which those from `from` on are taken
  static float[] select(float[] moments, int[] coordinates, int from, int count) {
    int all = moments.length / 2;
    float[] selected = start(count);
    for (int i = 0; i < count; i++) {
      selected[i] = moments[coordinates[from + i]];
      selected[count + i] = moments[all + coordinates[from + i]];
    }
    selected[2 * count] = moments[2 * all];
    return selected;
  }

  /// Makes one step of all coordinates.
  ///
  /// @param gradient ∇, `float[N]`
  /// @param moments moved on
  /// @param channels two of them receive m̂/√v̂ and ∇/√v̂; `float[C][N]`, flat
  /// @param mean where the first of the two begins
  void forward(float[] gradient, float[] moments, float[] channels, int mean) {
    int count = gradient.length;
    int direct = mean + count;
    float weight = beta * moments[2 * count] + (1 - beta);
    moments[2 * count] = weight;
    Stretch stretch = new Stretch(Math.min(count, STRETCH));
    for (int from = 0; from < count; from += STRETCH) {
      int length = Math.min(STRETCH, count - from);
      System.arraycopy(gradient, from, stretch.gradient, 0, length);
      System.arraycopy(moments, from, stretch.mean, 0, length);
      System.arraycopy(moments, count + from, stretch.square, 0, length);
      means(stretch.gradient, stretch.mean, stretch.square, beta, length);
      quotients(stretch, weight, length);
      System.arraycopy(stretch.mean, 0, moments, from, length);
      System.arraycopy(stretch.square, 0, moments, count + from, length);
      System.arraycopy(stretch.relativeMean, 0, channels, mean + from, length);
      System.arraycopy(stretch.relative, 0, channels, direct + from, length);
    }
  }

  /// Takes in a gradient, which is clamped first.
  private static void means(
      float[] gradient, float[] mean, float[] square, float beta, int length) {
    for (int n = 0; n < length; n++) {
      float g = Math.min(Math.max(gradient[n], -LARGEST), LARGEST);
      gradient[n] = g;
      mean[n] = beta * mean[n] + (1 - beta) * g;
      square[n] = beta * square[n] + (1 - beta) * g * g;
    }
  }

  private static void quotients(Stretch stretch, float weight, int length) {
    quotients(
        stretch.gradient,
        stretch.mean,
        stretch.square,
        weight,
        stretch.relativeMean,
        stretch.relative,
        length);
  }

  /// Computes m̂/√v̂ and ∇/√v̂.
  private static void quotients(
      float[] gradient,
      float[] mean,
      float[] square,
      float weight,
      float[] relativeMean,
      float[] relative,
      int length) {
    for (int n = 0; n < length; n++) {
      float root = (float) Math.sqrt(square[n] / weight) + EPSILON;
      relativeMean[n] = mean[n] / weight / root;
      relative[n] = gradient[n] / root;
    }
  }

  /// Goes back through one step.
  ///
  /// @param gradient ∇ of the step
  /// @param before the moments before it
  /// @param channelGradient the derivative by the channels, `float[C][N]`, flat
  /// @param mean where the first of the two channels begins
  /// @param momentGradient the derivative by the moments after the step on entry, by those before
  ///   it on return
  /// @param gradientGradient receives the derivative by ∇ by way of the two channels, `float[N]`
  void backward(
      float[] gradient,
      float[] before,
      float[] channelGradient,
      int mean,
      float[] momentGradient,
      float[] gradientGradient) {
    int count = gradient.length;
    int direct = mean + count;
    float weight = beta * before[2 * count] + (1 - beta);
    for (int n = 0; n < count; n++) {
      float g = Math.clamp(gradient[n], -LARGEST, LARGEST);
      float m = beta * before[n] + (1 - beta) * g;
      float v = beta * before[count + n] + (1 - beta) * g * g;
      float deviation = (float) Math.sqrt(v / weight);
      float root = deviation + EPSILON;
      float dMean = channelGradient[mean + n] / root; // by m̂
      float dDirect = channelGradient[direct + n] / root; // by ∇, where it stands itself
      float dDeviation = -(dMean * m / weight + dDirect * g) / root;
      float dSquare = deviation > 0 ? dDeviation / (2 * deviation) : 0; // by v̂
      float dm = momentGradient[n] + dMean / weight;
      float dv = momentGradient[count + n] + dSquare / weight;
      gradientGradient[n] =
          g == gradient[n]
              ? dDirect + (1 - beta) * (dm + 2 * g * dv)
              : 0; // no slope beyond LARGEST
      momentGradient[n] = beta * dm;
      momentGradient[count + n] = beta * dv;
    }
  }
}
