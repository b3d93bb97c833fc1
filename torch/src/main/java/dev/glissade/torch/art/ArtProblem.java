package dev.glissade.torch.art;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.problem.Labelled;
import dev.glissade.torch.image.Picture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/// Pictures of photos in one style. A content is a random square of a photo of the split, half to
/// all of its shorter side long, mirrored or not: a few photos give many contents.
///
/// @param name what [Problem#name] returns
/// @param size pixels on a side
/// @param start what θ starts as
/// @param materials what is read when the first objective is sampled
public record ArtProblem(String name, int size, Start start, Materials materials)
    implements Problem {

  private static final double MIN_CROP = 0.5; // of the shorter side

  /// The picture that an optimizer starts from.
  public enum Start implements Labelled {
    /// The picture starts as the photo itself.
    CONTENT,

    /// The picture starts as noise: independent numbers, uniform from 0 to 1.
    NOISE;

    /// The start θ₀ for a content.
    public Picture of(Picture content, RandomGenerator random) {
      return switch (this) {
        case CONTENT -> content;
        case NOISE -> Picture.noise(content.width(), content.height(), random);
      };
    }
  }

  /// The loader of photos, style and network.
  @FunctionalInterface
  public interface Materials {

    /// Loads the materials, the same at each call.
    ///
    /// @throws IOException with one line that says which file is missing or wrong
    Loaded load() throws IOException;
  }

  /// What objectives are made of.
  ///
  /// @param photos the contents
  /// @param stylisation of the problem's size
  /// @param style as `stylisation` gave it
  public record Loaded(Photos photos, Stylisation stylisation, List<Tensor> style) {}

  @Override
  public Objective sample(Split split, long seed) {
    try {
      Loaded loaded = materials.load();
      RandomGenerator random = Seeds.stream(seed, "art/" + split, 0);
      List<Path> photos = loaded.photos.of(split);
      Picture photo = Picture.read(photos.get(random.nextInt(photos.size())));
      Picture content = square(photo, random).resize(size, size);
      return loaded.stylisation.objective(content, loaded.style, start.of(content, random));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public ParameterLayout layout() {
    return Stylisation.layout(size, size);
  }

  @Override
  public boolean isTwiceDifferentiable() {
    return true;
  }

  private static Picture square(Picture photo, RandomGenerator random) {
    int longest = Math.min(photo.width(), photo.height());
    int side = random.nextInt((int) Math.ceil(MIN_CROP * longest), longest + 1);
    int left = random.nextInt(photo.width() - side + 1);
    int top = random.nextInt(photo.height() - side + 1);
    Picture square = photo.crop(left, top, side, side);
    return random.nextBoolean() ? square.mirrored() : square;
  }
}
