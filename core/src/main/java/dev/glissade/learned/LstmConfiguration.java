package dev.glissade.learned;

import dev.glissade.internal.kernel.LstmShape;
import dev.glissade.learned.Preprocessing.AdamLike;
import dev.glissade.learned.Preprocessing.LogSign;
import java.util.Optional;

/// The architecture of an LSTM optimizer.
///
/// @param layers L, 0 to 8; 0 is a linear rule
/// @param hidden H, hidden units in a layer, 1 to 256
/// @param preprocessing what the network sees of a gradient
/// @param outputScale s, by which the network's output is multiplied to give the update; finite,
///   not 0
public record LstmConfiguration(
    int layers, int hidden, Preprocessing preprocessing, double outputScale) {

  public LstmConfiguration {
    if (layers < 0 || layers > 8) {
      throw new IllegalArgumentException("layers must be from 0 to 8, got " + layers);
    }
    if (hidden < 1 || hidden > 256) {
      throw new IllegalArgumentException("hidden must be from 1 to 256, got " + hidden);
    }
    if (!Double.isFinite(outputScale) || outputScale == 0) {
      throw new IllegalArgumentException(
          "outputScale must be finite and not 0, got " + outputScale);
    }
  }

  /// The paper's network for quadratics: 2 layers of 20, the gradient as it is, updates as they
  /// are.
  public static LstmConfiguration forQuadratics() {
    return new LstmConfiguration(2, 20, new Preprocessing.Identity(), 1);
  }

  /// The paper's network for neural networks: log/sign inputs with p = 10, updates × 0.1.
  public static LstmConfiguration forNetworks() {
    return new LstmConfiguration(2, 20, new LogSign(10), 0.1);
  }

  LstmShape shape() {
    float scale = (float) outputScale;
    return switch (preprocessing) {
      case Preprocessing.Identity _ -> new LstmShape(layers, hidden, 1, 0, scale);
      case LogSign(double p) -> new LstmShape(layers, hidden, 1, (float) p, scale);
      case AdamLike _ -> new LstmShape(layers, hidden, 2, 0, scale);
      case Preprocessing.Both(LogSign(double p), AdamLike _) ->
          new LstmShape(layers, hidden, 3, (float) p, scale);
    };
  }

  /// The running means that make the last two channels; empty if there are none.
  Optional<Moments> moments() {
    return switch (preprocessing) {
      case Preprocessing.Identity _, LogSign _ -> Optional.empty();
      case AdamLike(double beta) -> Optional.of(new Moments((float) beta));
      case Preprocessing.Both(LogSign _, AdamLike(double beta)) ->
          Optional.of(new Moments((float) beta));
    };
  }
}
