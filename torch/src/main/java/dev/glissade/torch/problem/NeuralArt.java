package dev.glissade.torch.problem;

import dev.glissade.Problem;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.problem.ProblemOption;
import dev.glissade.problem.ProblemOptions;
import dev.glissade.torch.art.ArtLoss;
import dev.glissade.torch.art.ArtProblem;
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
import java.util.Locale;

/// The problem `art`: photos of the folder `content` in the style of a picture of the folder
/// `style`, both in the data folder.
final class NeuralArt {

  private static final int MIN_SIZE = 32; // the most that a feature network asks for

  private NeuralArt() {}

  static ProblemFactory factory(DataFolder folder) {
    return new ProblemFactory(
        "art",
        "the content of a photo in the style of a painting, over the pixels of the picture",
        "Andrychowicz et al. 2016, section 3.4; Gatys, Ecker, Bethge 2015",
        3 * 64 * 64,
        128,
        List.of("vgg19", "content", "style"),
        List.of(
            ProblemOption.whole("size", 64, MIN_SIZE, 1024, "pixels on a side"),
            ProblemOption.text(
                "style", "van_gogh_starry_night", "name of a picture in the data folder's style/"),
            ProblemOption.choice(
                "weights", FeatureNetworks.labels(), "the network that compares pictures"),
            ProblemOption.real("alpha", ArtLoss.ALPHA, 0, 1e6, "weight of the content"),
            ProblemOption.real("beta", ArtLoss.BETA, 0, 1e6, "weight of the style"),
            ProblemOption.real("gamma", ArtLoss.GAMMA, 0, 1e6, "weight of the total variation"),
            ProblemOption.choice(
                "start", List.of("content", "noise"), "what the picture starts as")),
        (name, options) -> problem(folder, name, options));
  }

  private static Problem problem(DataFolder folder, String name, ProblemOptions options) {
    var start = ArtProblem.Start.valueOf(options.text("start").toUpperCase(Locale.ROOT));
    var materials = new SharedMaterials(() -> load(folder, options));
    return new ArtProblem(name, options.whole("size"), start, materials);
  }

  private static ArtProblem.Loaded load(DataFolder folder, ProblemOptions options)
      throws IOException {
    FeatureNetworks which = FeatureNetworks.labelled(options.text("weights"));
    Photos photos = Photos.in(folder.of("content"));
    Picture painting = Picture.read(style(folder.of("style"), options.text("style")));
    ArtLoss loss =
        ArtLoss.load(
            which, folder, options.real("alpha"), options.real("beta"), options.real("gamma"));
    int size = options.whole("size");
    Stylisation stylisation = new Stylisation(loss, size, size);
    return new ArtProblem.Loaded(photos, stylisation, stylisation.style(painting));
  }

  private static Path style(Path folder, String name) throws IOException {
    for (String suffix : PictureFolder.SUFFIXES) {
      Path file = folder.resolve(name + suffix);
      if (Files.isRegularFile(file)) {
        return file;
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

  /// Loads once, when first asked; after a failure it tries again.
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
