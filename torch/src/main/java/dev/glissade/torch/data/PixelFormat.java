package dev.glissade.torch.data;

import java.util.Collections;
import java.util.List;

/// The format in which a network sees the bytes of an image: `(byte / 255 − mean) / deviation`,
/// channel by channel.
///
/// @param flat whether an image is one row of numbers, or else `[channels][height][width]`
/// @param mean one number a channel, or one for all
/// @param deviation as long as `mean`, each > 0
public record PixelFormat(boolean flat, List<Double> mean, List<Double> deviation) {

  public PixelFormat {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    if (mean.isEmpty() || mean.size() != deviation.size()) {
      throw new IllegalArgumentException(
          "mean and deviation must be equally long and not empty, got %s and %s"
              .formatted(mean, deviation));
    }
    if (flat && mean.size() > 1) {
      throw new IllegalArgumentException("a flat image has one mean, got " + mean);
    }
    if (Collections.min(deviation) <= 0) {
      throw new IllegalArgumentException("deviation must be > 0, got " + deviation);
    }
  }

  /// The format of one row of numbers from 0 to 1.
  public static PixelFormat rows() {
    return new PixelFormat(true, List.of(0.0), List.of(1.0));
  }

  /// The format of one row of numbers from 0 to 1, of images whose bytes go up to `white` only.
  public static PixelFormat rows(int white) {
    return new PixelFormat(true, List.of(0.0), List.of(white / 255.0));
  }

  /// The format of planes of numbers from 0 to 1.
  public static PixelFormat planes() {
    return new PixelFormat(false, List.of(0.0), List.of(1.0));
  }

  /// Whether there is nothing to do but to divide by 255.
  boolean isPlain() {
    return mean.equals(List.of(0.0)) && deviation.equals(List.of(1.0));
  }
}
