package dev.glissade.torch.art;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;

/// A picture's loss times a factor, with which the gradient of one pixel is as large in a picture
/// of any size as in one of 64×64, of which `pretrained:art-lstm` was trained on.
///
/// The loss means the same at every size, and so is shared among more pixels in a larger picture.
/// What is best does not depend on the factor. But an optimizer that was learned on 64×64 sees
/// gradients as it knows them, and learning rates that were tuned on a small picture fit a large
/// one.
///
/// @param objective the loss
/// @param factor to multiply it by
public record EvenGradients(Objective objective, double factor) implements Objective {

  private static final double COORDINATES = 3 * 64 * 64;

  /// Multiplies a picture's loss by the factor for its size.
  public static EvenGradients of(Objective objective) {
    return new EvenGradients(objective, objective.layout().size() / COORDINATES);
  }

  @Override
  public ParameterLayout layout() {
    return objective.layout();
  }

  @Override
  public float[] initialParameters() {
    return objective.initialParameters();
  }

  @Override
  public double evaluate(float[] parameters, long draw, float[] gradient) {
    double loss = objective.evaluate(parameters, draw, gradient);
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] *= (float) factor;
    }
    return factor * loss;
  }
}
