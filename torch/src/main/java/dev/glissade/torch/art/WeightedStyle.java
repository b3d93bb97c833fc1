package dev.glissade.torch.art;

import dev.glissade.torch.image.Picture;

/// A painting whose style a picture takes on, perhaps with those of others.
///
/// @param painting of any size
/// @param weight > 0, compared with that of the others
public record WeightedStyle(Picture painting, double weight) {

  public WeightedStyle {
    if (!(weight > 0 && Double.isFinite(weight))) {
      throw new IllegalArgumentException(
          "the weight of a style must be > 0 and finite, got " + weight);
    }
  }
}
