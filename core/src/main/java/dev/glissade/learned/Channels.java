package dev.glissade.learned;

import dev.glissade.learned.Preprocessing.AdamLike;
import dev.glissade.learned.Preprocessing.Both;
import dev.glissade.learned.Preprocessing.Identity;
import dev.glissade.learned.Preprocessing.LogSign;
import dev.glissade.learned.Preprocessing.Timed;
import java.util.Arrays;
import java.util.Optional;

/// What the kernels are given for a gradient, as channels `float[C][N]` in this order: the gradient
/// itself, of which they may make two inputs, the two that the running means make, and the time; of
/// these, what the network sees.
///
/// @param direct whether the gradient is one of them
/// @param moments the running means, where the network sees some
/// @param time whether the time is one of them
record Channels(boolean direct, Optional<Moments> moments, boolean time) {

  /// The channels of a preprocessing.
  static Channels of(Preprocessing inputs) {
    return switch (inputs) {
      case Identity _, LogSign _ -> new Channels(true, Optional.empty(), false);
      case AdamLike(double beta) -> new Channels(false, moments(beta), false);
      case Both(LogSign _, AdamLike(double beta)) -> new Channels(true, moments(beta), false);
      case Timed(Preprocessing untimed) -> {
        Channels others = of(untimed);
        yield new Channels(others.direct, others.moments, true);
      }
    };
  }

  private static Optional<Moments> moments(double beta) {
    return Optional.of(new Moments((float) beta));
  }

  /// The number C of channels.
  int count() {
    return (direct ? 1 : 0) + (moments.isPresent() ? 2 : 0) + (time ? 1 : 0);
  }

  /// Whether the gradient is all that the kernels are given, so that nothing need be made.
  boolean isGradient() {
    return count() == 1 && direct;
  }

  /// The time as the network sees it, in half decades: −4 before the first step, 0 after a hundred,
  /// 4 after ten thousand.
  static float time(long steps) {
    return (float) (2 * Math.log10(1.0 + steps) - 4);
  }

  /// Makes the channels of a step.
  ///
  /// @param gradient ∇, `float[N]`
  /// @param step how many steps were made before
  /// @param means moved on
  /// @param space for them, where they are not the gradient, `float[C·N]`
  /// @return the channels, `float[C·N]`
  float[] make(float[] gradient, long step, float[] means, float[] space) {
    if (isGradient()) {
      return gradient;
    }
    int count = gradient.length;
    if (direct) {
      System.arraycopy(gradient, 0, space, 0, count);
    }
    moments.ifPresent(it -> it.forward(gradient, means, space, mean(count)));
    if (time) {
      Arrays.fill(space, space.length - count, space.length, time(step));
    }
    return space;
  }

  /// Where the first channel of the running means begins.
  private int mean(int coordinates) {
    return direct ? coordinates : 0;
  }

  /// Goes back from the derivatives by the channels and by the means after a step to those by the
  /// gradient and by the means before it.
  ///
  /// @param gradient ∇ of the step
  /// @param means before it
  /// @param byChannels the derivative by the channels, `float[C·N]`
  /// @param byMeans the derivative by the means after the step on entry, by those before it on
  ///   return
  /// @param byGradient receives the derivative by ∇, `float[N]`
  void backward(
      float[] gradient, float[] means, float[] byChannels, float[] byMeans, float[] byGradient) {
    Arrays.fill(byGradient, 0);
    int mean = mean(gradient.length);
    moments.ifPresent(it -> it.backward(gradient, means, byChannels, mean, byMeans, byGradient));
    if (direct) {
      for (int n = 0; n < gradient.length; n++) {
        byGradient[n] += byChannels[n];
      }
    }
  }
}
