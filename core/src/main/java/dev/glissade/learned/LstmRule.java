package dev.glissade.learned;

import dev.glissade.LearnedOptimizer.DifferentiableRule;
import dev.glissade.ParameterLayout;
import dev.glissade.internal.kernel.LstmKernels;
import dev.glissade.internal.kernel.LstmShape;
import dev.glissade.internal.kernel.LstmState;
import dev.glissade.learned.Preprocessing.AdamLike;
import java.util.stream.IntStream;

/// An [LstmOptimizer] bound to its weights.
///
/// @param preprocessing makes what the kernels do not make of the gradient themselves
record LstmRule(Preprocessing preprocessing, LstmShape shape, LstmKernels kernels)
    implements DifferentiableRule<LstmMemory> {

  @Override
  public LstmMemory start(ParameterLayout layout) {
    int count = layout.size();
    LstmState lstm = LstmState.zero(shape, count);
    return switch (preprocessing) {
      case Preprocessing.Identity _, Preprocessing.LogSign _ ->
          new LstmMemory(lstm, new float[0], new float[0]);
      case AdamLike _ -> new LstmMemory(lstm, Moments.start(count), new float[2 * count]);
    };
  }

  @Override
  public void update(float[] gradient, LstmMemory state, float[] update) {
    float[] channels = channels(gradient, state.moments(), state.channels());
    kernels.forward(channels, state.lstm(), update);
  }

  /// What the kernels are given for a gradient.
  ///
  /// @param moments moved on
  /// @param space for it, where it is not the gradient
  private float[] channels(float[] gradient, float[] moments, float[] space) {
    return switch (preprocessing) {
      case Preprocessing.Identity _, Preprocessing.LogSign _ -> gradient;
      case AdamLike(double beta) -> {
        new Moments((float) beta).forward(gradient, moments, space);
        yield space;
      }
    };
  }

  @Override
  public void backward(
      LstmMemory start,
      float[][] gradients,
      float[] multipliers,
      int[] coordinates,
      float[] weightGradient) {
    float[] moments = start.moments().clone();
    float[][] channels = new float[gradients.length - 1][];
    for (int t = 0; t < channels.length; t++) {
      channels[t] = channels(gradients[t], moments, new float[start.channels().length]);
    }
    kernels.backward(
        start.lstm(), channels, gradients, multipliers, coordinates, weightGradient, null, null);
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
    switch (preprocessing) {
      case Preprocessing.Identity _, Preprocessing.LogSign _ ->
          System.arraycopy(channelGradient, 0, gradientGradient, 0, gradient.length);
      case AdamLike(double beta) ->
          new Moments((float) beta)
              .backward(
                  gradient,
                  start.moments(),
                  channelGradient,
                  stateGradient.moments(),
                  gradientGradient);
    }
  }
}
