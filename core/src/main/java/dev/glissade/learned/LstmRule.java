package dev.glissade.learned;

import dev.glissade.LearnedOptimizer.DifferentiableRule;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.internal.kernel.LstmKernels;
import dev.glissade.internal.kernel.LstmShape;
import dev.glissade.internal.kernel.LstmState;
import java.util.Optional;
import java.util.stream.IntStream;

/// An [LstmOptimizer] bound to its weights.
///
/// The kernels are given the gradient, or channels `float[C][N]` that are made of it here: the
/// gradient where C = 3, then the two that the running means make.
///
/// @param moments the running means, where the network sees some
record LstmRule(Optional<Moments> moments, LstmShape shape, LstmKernels kernels)
    implements DifferentiableRule<LstmMemory> {

  private static final float[] NONE = {};

  @Override
  public LstmMemory start(ParameterLayout layout) {
    int count = layout.size();
    LstmState lstm = LstmState.zero(shape, count);
    return moments.isPresent()
        ? new LstmMemory(lstm, Moments.start(count), new float[shape.channels() * count])
        : new LstmMemory(lstm, NONE, NONE);
  }

  @Override
  public void update(Point at, LstmMemory state, float[] update) {
    float[] channels = channels(at.gradient(), state.moments(), state.channels());
    kernels.forward(channels, state.lstm(), update);
  }

  /// What the kernels are given for a gradient.
  ///
  /// @param means moved on
  /// @param space for it, where it is not the gradient
  private float[] channels(float[] gradient, float[] means, float[] space) {
    if (moments.isEmpty()) {
      return gradient;
    }
    System.arraycopy(gradient, 0, space, 0, gradient.length); // overwritten where C = 2
    moments.get().forward(gradient, means, space);
    return space;
  }

  @Override
  public void backward(
      LstmMemory start,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient) {
    backward(start, gradients, gradients, multipliers, coordinates, weightGradient);
  }

  /// As the other, where the derivative of the meta-loss by the output of step t is `Σ_{k>t}
  /// multipliers[k]·slopes[k]`.
  void backward(
      LstmMemory start,
      float[][] gradients,
      float[][] slopes,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient) {
    float[] means = start.moments().clone();
    float[][] channels = new float[gradients.length - 1][];
    for (int t = 0; t < channels.length; t++) {
      channels[t] = channels(gradients[t], means, new float[start.channels().length]);
    }
    kernels.backward(
        start.lstm(), channels, slopes, multipliers, coordinates, weightGradient, null, null);
  }

  @Override
  public void backwardStep(
      LstmMemory start,
      float[] gradient,
      float[] updateGradient,
      LstmMemory stateGradient,
      float[] weightGradient,
      float[] gradientGradient) {
    float[] space = new float[start.channels().length];
    float[] channels = channels(gradient, start.moments().clone(), space);
    float[] channelGradient = new float[channels.length];
    kernels.backward(
        start.lstm(),
        new float[][] {channels},
        new float[][] {gradient, updateGradient},
        new float[] {0, 1},
        IntStream.range(0, gradient.length).toArray(),
        weightGradient,
        stateGradient.lstm(),
        channelGradient);
    toGradient(gradient, start, channelGradient, stateGradient, gradientGradient);
  }

  /// From the derivatives by the channels and by the means after a step to those by the gradient
  /// and by the means before it.
  private void toGradient(
      float[] gradient,
      LstmMemory start,
      float[] channelGradient,
      LstmMemory stateGradient,
      float[] gradientGradient) {
    moments.ifPresent(it ->
        it.backward(
            gradient, start.moments(), channelGradient, stateGradient.moments(), gradientGradient));
    if (moments.isEmpty()) {
      System.arraycopy(channelGradient, 0, gradientGradient, 0, gradient.length);
    } else if (shape.channels() > 2) {
      for (int n = 0; n < gradient.length; n++) {
        gradientGradient[n] += channelGradient[n];
      }
    }
  }
}
