package dev.glissade.torch.problem;

import dev.glissade.Problem;
import dev.glissade.problem.Option;
import dev.glissade.problem.Options;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.torch.art.ArtLoss;
import dev.glissade.torch.art.ArtProblem;
import dev.glissade.torch.art.Masterpiece;
import dev.glissade.torch.art.Photos;
import dev.glissade.torch.art.Stylisation;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.features.FeatureNetworks;
import dev.glissade.torch.image.Picture;
import dev.glissade.torch.image.PictureFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The problem `art`: photos of the folder `content` in the style of a picture of the folder
/// `style`, both in the data folder.
final class NeuralArt {

  private static final int MIN_SIZE = 32; // the most that a feature network asks for

  private static final Option<Integer> SIZE =
      Option.whole("size", 64, MIN_SIZE, 1024, "pixels on a side");

  private static final Option<String> STYLE =
      Option.text(
          "style",
          "van_gogh_starry_night",
          "name of a picture in the data folder's style/, or of one that ships, such as scream");

  private static final Option<FeatureNetworks> WEIGHTS =
      Option.choice("weights", FeatureNetworks.class, "the network that compares pictures");

  private static final Option<Double> ALPHA =
      Option.real("alpha", ArtLoss.ALPHA, 0, 1e6, "weight of the content");

  private static final Option<Double> BETA =
      Option.real("beta", ArtLoss.BETA, 0, 1e6, "weight of the style");

  private static final Option<Double> GAMMA =
      Option.real("gamma", ArtLoss.GAMMA, 0, 1e6, "weight of the total variation");

  private static final Option<ArtProblem.Start> START =
      Option.choice("start", ArtProblem.Start.class, "what the picture starts as");

  private NeuralArt() {}

  static ProblemFactory factory(DataFolder folder) {
    return ProblemFactory.named("art")
        .summary(
            "the content of a photo in the style of a painting, over the pixels of the picture")
        .source("Andrychowicz et al. 2016, section 3.4; Gatys, Ecker, Bethge 2015")
        .steps(128)
        .data("content", "style")
        .options(SIZE, STYLE, WEIGHTS, ALPHA, BETA, GAMMA, START)
        .make((name, options) -> problem(folder, name, options));
  }

  private static Problem problem(DataFolder folder, String name, Options options) {
    var materials = new SharedMaterials(() -> load(folder, options));
    return new ArtProblem(name, options.get(SIZE), options.get(START), materials);
  }

  private static ArtProblem.Loaded load(DataFolder folder, Options options) throws IOException {
    Photos photos = Photos.in(folder.of("content"));
    Picture painting = painting(folder.of("style"), options.get(STYLE));
    ArtLoss loss =
        ArtLoss.load(
            options.get(WEIGHTS),
            folder,
            options.get(ALPHA),
            options.get(BETA),
            options.get(GAMMA));
    int size = options.get(SIZE);
    Stylisation stylisation = new Stylisation(loss, size, size);
    return new ArtProblem.Loaded(photos, stylisation, stylisation.style(painting));
  }

  /// The picture of that name in the folder, or else the one that ships.
  private static Picture painting(Path folder, String name) throws IOException {
    for (String suffix : PictureFolder.SUFFIXES) {
      Path file = folder.resolve(name + suffix);
      if (Files.isRegularFile(file)) {
        return Picture.read(file);
      }
    }
    for (Masterpiece painting : Masterpiece.values()) {
      if (painting.label().equals(name)) {
        return painting.picture();
      }
    }
    throw new IOException(
        "style '%s' is not in %s, which has %s: put %s.jpg there"
            .formatted(name, folder, styles(folder), name));
  }

  private static String styles(Path folder) throws IOException {
    List<String> names = PictureFolder.of(folder).names();
    return names.isEmpty() ? "no pictures" : String.join(", ", names);
  }

  /// Materials that are loaded once, when first asked for; after a failure the next call tries
  /// again.
  private static final class SharedMaterials implements ArtProblem.Materials {
    private final ArtProblem.Materials source;
    private final List<ArtProblem.Loaded> loaded = new ArrayList<>(1);

    SharedMaterials(ArtProblem.Materials source) {
      this.source = source;
    }

    @Override
    public synchronized ArtProblem.Loaded load() throws IOException {
      if (loaded.isEmpty()) {
        loaded.add(source.load());
      }
      return loaded.getFirst();
    }
  }
}
