package dev.glissade.app.art;

import dev.glissade.Optimizer;
import dev.glissade.app.FailureException;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.torch.art.ArtMemory;
import dev.glissade.torch.image.Picture;

/// A check of the memory that a picture takes while it is made. Without it, an optimizer with a
/// large state would end in the middle of its run, and libtorch's part might end the process.
final class PictureMemory {

  private PictureMemory() {}

  /// Refuses a picture that memory is too small for.
  ///
  /// @param task the picture
  /// @param optimizer that is to make it, whose state counts
  /// @param pictures how many are made, one after the other
  /// @throws FailureException with the largest size that fits
  static void require(ArtTask task, Optimizer<?> optimizer, int pictures) throws FailureException {
    int size = task.settings().size();
    double pixels = pixels(task.content(), size);
    double stylePixels = stylePixels(task, size);
    ArtMemory memory = ArtMemory.of(task.settings().network(), optimizer, pictures);
    if (memory.share(pixels, stylePixels, ArtMemory.Free.now()) > 1) {
      System.gc(); // what reading has left behind may be all that is too much
    }
    ArtMemory.Free free = ArtMemory.Free.now();
    double share = memory.share(pixels, stylePixels, free);
    if (share > 1) {
      throw new FailureException(
          ("a picture of --size %s%s needs %s in Java and %s in libtorch, but %s and %s are free:"
                  + " --size %s is the largest that fits")
              .formatted(
                  size,
                  stylePixels > pixels
                      ? " in a style of %s pixels".formatted((long) stylePixels)
                      : "",
                  Numbers.bytes(memory.heap(pixels, stylePixels)),
                  Numbers.bytes(memory.nativeMemory(pixels, stylePixels)),
                  Numbers.bytes(free.heap()),
                  Numbers.bytes(free.nativeMemory()),
                  (int) (size / Math.sqrt(share))));
    }
  }

  /// The number of pixels at a size, not rounded.
  private static double pixels(Picture content, int size) {
    double scale = size / (double) Math.max(content.width(), content.height());
    return scale * scale * content.width() * content.height();
  }

  /// The pixels of the longest painting when its shorter side is as long as the picture's.
  private static double stylePixels(ArtTask task, int size) {
    double shorter = size * ratio(task.content());
    double ratio =
        task.styles().stream().mapToDouble(style -> ratio(style.painting())).min().orElse(1);
    return shorter * shorter / ratio;
  }

  /// The shorter side as a part of the longer one.
  private static double ratio(Picture picture) {
    return Math.min(picture.width(), picture.height())
        / (double) Math.max(picture.width(), picture.height());
  }
}
