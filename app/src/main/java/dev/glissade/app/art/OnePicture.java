package dev.glissade.app.art;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.torch.art.EvenGradients;

/// A class of problems with one member, a picture to be painted: what the learning rates of
/// baselines are tuned on. Its gradients are scaled as those of the full picture are, so that rates
/// carry over.
///
/// @param task the picture
/// @param size pixels on its longer side
public record OnePicture(ArtTask task, int size) implements Problem {

  @Override
  public String name() {
    return "picture:%s,size=%s".formatted(task.name(), size);
  }

  @Override
  public Objective sample(Split split, long seed) {
    return EvenGradients.of(task.at(size).objective());
  }
}
