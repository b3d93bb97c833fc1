package dev.glissade.torch.image;

import dev.glissade.Fuzz;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pictures that are not what they should be are taken or refused.
class PictureFuzzTest {

  @TempDir private Path folder;

  @Test
  void pictures() throws IOException {
    Path file = folder.resolve("x");
    Fuzz.run(
        1,
        60_000,
        List.of(picture("png", 1), picture("jpg", 1), picture("png", 3), picture("jpg", 3)),
        bytes -> {
          Files.write(file, bytes);
          Picture.read(file);
        });
  }

  private static byte[] picture(String format, int channels) throws IOException {
    BufferedImage image =
        new BufferedImage(
            24, 17, channels == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int y = 0; y < 17; y++) {
      for (int x = 0; x < 24; x++) {
        image.setRGB(x, y, random.nextInt(1 << 24));
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }
}
