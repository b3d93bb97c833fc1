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
  /// @param channels the last two receive m̂/√v̂ and ∇/√v̂; `float[C][N]`, flat
  void forward(float[] gradient, float[] moments, float[] channels) {
    int count = gradient.length;
    int direct = channels.length - count;
    int mean = direct - count;
    float weight = beta * moments[2 * count] + (1 - beta);
    moments[2 * count] = weight;
    for (int n = 0; n < count; n++) {
      float g = Math.clamp(gradient[n], -LARGEST, LARGEST);
      float m = beta * moments[n] + (1 - beta) * g;
      float v = beta * moments[count + n] + (1 - beta) * g * g;
      float root = (float) Math.sqrt(v / weight) + EPSILON;
      moments[n] = m;
      moments[count + n] = v;
      channels[mean + n] = m / weight / root;
      channels[direct + n] = g / root;
    }
  }

  /// Goes back through one step.
  ///
  /// @param gradient ∇ of the step
  /// @param before the moments before it
  /// @param channelGradient the derivative by the channels, `float[C][N]`, flat
  /// @param momentGradient the derivative by the moments after the step on entry, by those before
  ///   it on return
  /// @param gradientGradient receives the derivative by ∇ by way of the last two channels,
  ///   `float[N]`
  void backward(
      float[] gradient,
      float[] before,
      float[] channelGradient,
      float[] momentGradient,
      float[] gradientGradient) {
    int count = gradient.length;
    int direct = channelGradient.length - count;
    int mean = direct - count;
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
