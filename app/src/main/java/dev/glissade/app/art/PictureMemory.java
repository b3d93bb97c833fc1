package dev.glissade.app.art;

import dev.glissade.Optimizer;
import dev.glissade.app.FailureException;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.torch.art.ArtMemory;
import dev.glissade.torch.image.Picture;

/// The memory that a picture takes while it is made.
final class PictureMemory {

  private PictureMemory() {}

  /// Refuses a picture that memory is too small for.
  ///
  /// @throws FailureException with the largest size that fits
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
                  (int) (size * Math.sqrt(most / pixels))));
    }
  }

  private static double pixels(Picture content, int size) {
    double scale = size / (double) Math.max(content.width(), content.height());
    return scale * scale * content.width() * content.height();
  }
}
