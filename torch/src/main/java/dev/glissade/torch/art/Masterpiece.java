package dev.glissade.torch.art;

import dev.glissade.problem.Labelled;
import dev.glissade.torch.image.Picture;
import dev.glissade.torch.internal.ShippedFile;

/// The paintings that ship with Glissade, at most 512 pixels on a side, for pictures in their
/// style. Their painters died more than 70 years ago.
public enum Masterpiece implements Labelled {
  /// Van Gogh's view from his window.
  STARRY_NIGHT("The Starry Night", "Vincent van Gogh, 1889"),

  /// Hokusai's wave with three boats, and Mount Fuji behind it.
  GREAT_WAVE("The Great Wave off Kanagawa", "Katsushika Hokusai, about 1831"),

  /// Munch's figure on a bridge under a red sky.
  SCREAM("The Scream", "Edvard Munch, 1893"),

  /// Kandinsky's largest abstract painting.
  COMPOSITION_VII("Composition VII", "Wassily Kandinsky, 1913");

  private final String title;
  private final String source;

  Masterpiece(String title, String source) {
    this.title = title;
    this.source = source;
  }

  /// The title of the painting.
  public String title() {
    return title;
  }

  /// The painter and the year.
  public String source() {
    return source;
  }

  /// Reads the painting from the jar.
  public Picture picture() {
    return Picture.ofJpeg(new ShippedFile("art/" + label() + ".jpg").bytes());
  }

  /// A picture to try a style on, which ships too: a lake between mountains, 480×320. It is no
  /// photo but was computed, ray by ray.
  public static Picture landscape() {
    return Picture.ofJpeg(new ShippedFile("art/landscape.jpg").bytes());
  }
}
