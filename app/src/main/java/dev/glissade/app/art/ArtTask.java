package dev.glissade.app.art;

import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.Seeds;
import dev.glissade.app.FailureException;
import dev.glissade.torch.art.ArtLoss;
import dev.glissade.torch.art.Stylisation;
import dev.glissade.torch.art.WeightedStyle;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.image.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// A task for an optimizer: one content in the style of one painting or of several, to be painted
/// at any size.
///
/// @param content the photo as it was read
/// @param styles the paintings as they were read, at least one
/// @param loss what makes the picture good
/// @param settings what picture is to be made
/// @param seed of a start from noise
public record ArtTask(
    Picture content, List<WeightedStyle> styles, ArtLoss loss, ArtSettings settings, long seed) {

  public ArtTask {
    styles = List.copyOf(styles);
  }

  /// Reads the network, and checks the content's size.
  ///
  /// @param name of the content, for people
  /// @param photo the content, of at least 32×32 pixels
  /// @param styles at least one
  /// @param folder where the weights of networks are
  /// @throws IllegalArgumentException if the picture would be too small for the network
  /// @throws IOException with one line that says what is missing or wrong, and what to do
  public static ArtTask of(
      String name,
      Picture photo,
      List<WeightedStyle> styles,
      ArtSettings settings,
      DataFolder folder,
      long seed)
      throws IOException {
    ArtLoss loss =
        ArtLoss.load(
            settings.network(), folder, settings.alpha(), settings.beta(), settings.gamma());
    int smallest = ArtSettings.smallestSize(photo, loss.network().minExtent());
    if (settings.size() < smallest) {
      throw new IllegalArgumentException(
          "%s is %s x %s pixels: --size must be >= %s, so that the shorter side has %s; or crop it"
              .formatted(
                  name, photo.width(), photo.height(), smallest, loss.network().minExtent()));
    }
    return new ArtTask(photo, styles, loss, settings, seed);
  }

  /// Reads a picture, and refuses one that is smaller than any network can see.
  ///
  /// @param file JPEG or PNG
  /// @throws IOException with one line that says what is wrong
  public static Picture picture(Path file) throws IOException {
    Picture picture = Picture.read(file);
    if (Math.min(picture.width(), picture.height()) < ArtSettings.SMALLEST) {
      throw new IOException(
          "%s: is %s x %s pixels, too few to see anything in: %s x %s are needed"
              .formatted(
                  file,
                  picture.width(),
                  picture.height(),
                  ArtSettings.SMALLEST,
                  ArtSettings.SMALLEST));
    }
    return picture;
  }

  /// Refuses a picture that memory is too small for. Networks and optimizers differ in what they
  /// need for a pixel.
  ///
  /// @param optimizer that is to make it
  /// @param pictures how many are made, one after the other
  /// @throws FailureException with the largest size that fits
  public void requireMemory(Optimizer<?> optimizer, int pictures) throws FailureException {
    PictureMemory.require(this, optimizer, pictures);
  }

  /// The name of the task: a text that stands for everything that decides the picture but its size.
  /// Tuned rates are remembered by it, so the pictures are in it by their content and not by their
  /// paths.
  String name() {
    return String.format(
        Locale.ROOT,
        "content=%08x,style=%s,%s,init=%s,seed=%s",
        Arrays.hashCode(content.pixels()),
        styles.stream().map(ArtTask::name).collect(Collectors.joining("+")),
        settings.loss(),
        settings.init().label(),
        seed);
  }

  private static String name(WeightedStyle style) {
    String picture = HexFormat.of().toHexDigits(Arrays.hashCode(style.painting().pixels()));
    return style.weight() == 1 ? picture : picture + "*" + style.weight();
  }

  /// A task at one size.
  ///
  /// @param stylisation knows the size
  /// @param objective of the picture's pixels
  public record Canvas(Stylisation stylisation, Objective objective) {}

  /// The task at the size that was asked for.
  public Canvas canvas() {
    return at(settings.size());
  }

  /// The task in small, as the problem on which learning rates are tuned: what is best for 64
  /// pixels is good for all.
  public OnePicture small() {
    return new OnePicture(this, settings.tuningSize(content));
  }

  /// The task for a picture with that many pixels on its longer side. A start from noise is the
  /// same for the same seed and size.
  Canvas at(int size) {
    Picture small = content.resizeLongerSide(size);
    Stylisation stylisation = new Stylisation(loss, small.width(), small.height());
    Picture start = settings.init().of(small, Seeds.stream(seed, "art/start", 0));
    return new Canvas(stylisation, stylisation.objective(small, stylisation.style(styles), start));
  }
}
