package dev.glissade.app.art;

import dev.glissade.Objective;
import dev.glissade.Seeds;
import dev.glissade.torch.art.ArtLoss;
import dev.glissade.torch.art.ArtProblem.Start;
import dev.glissade.torch.art.Stylisation;
import dev.glissade.torch.image.Picture;
import java.util.Arrays;

/// One content in one style, to be painted at any size.
///
/// @param content the photo as it was read
/// @param style the painting as it was read
/// @param loss what makes the picture good
/// @param settings of the loss, as text
/// @param init what the picture starts as
/// @param seed of a start from noise
public record ArtTask(
    Picture content, Picture style, ArtLoss loss, String settings, Start init, long seed) {

  /// Stands for everything that decides the picture but its size.
  public String name() {
    return "content=%08x,style=%08x,%s,init=%s,seed=%d"
        .formatted(
            Arrays.hashCode(content.pixels()),
            Arrays.hashCode(style.pixels()),
            settings,
            init.label(),
            seed);
  }

  /// The task at one size.
  public record Canvas(Stylisation stylisation, Objective objective) {}

  /// A picture with that many pixels on its longer side.
  public Canvas at(int size) {
    Picture small = content.resizeLongerSide(size);
    Stylisation stylisation = new Stylisation(loss, small.width(), small.height());
    Picture start = init.of(small, Seeds.stream(seed, "art/start", 0));
    return new Canvas(stylisation, stylisation.objective(small, stylisation.style(style), start));
  }
}
