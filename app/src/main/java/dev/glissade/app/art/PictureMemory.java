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
  /// @throws FailureException with what is needed, what is free, and the largest size that fits
  static void require(ArtTask task, Optimizer<?> optimizer) throws FailureException {
    int size = task.settings().size();
    double pixels = pixels(task.content(), size);
    ArtMemory memory = ArtMemory.of(task.settings().network(), optimizer);
    if (pixels > memory.mostPixels(ArtMemory.Free.now())) {
      System.gc(); // what reading has left behind may be all that is too much
    }
    ArtMemory.Free free = ArtMemory.Free.now();
    long most = memory.mostPixels(free);
    if (pixels > most) {
      throw new FailureException(
          ("a picture of --size %s needs %s in Java and %s in libtorch, but %s and %s are free:"
                  + " --size %s is the largest that fits")
              .formatted(
                  size,
                  Numbers.bytes((long) (pixels * memory.heap())),
                  Numbers.bytes((long) (pixels * memory.nativeMemory())),
                  Numbers.bytes(free.heap()),
                  Numbers.bytes(free.nativeMemory()),
                  // memory goes with the area, the size is a length
                  (int) (size * Math.sqrt(most / pixels))));
    }
  }

  /// The number of pixels at a size, not rounded.
  private static double pixels(Picture content, int size) {
    double scale = size / (double) Math.max(content.width(), content.height());
    return scale * scale * content.width() * content.height();
  }
}
