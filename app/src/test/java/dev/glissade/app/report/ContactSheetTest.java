package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.app.report.ContactSheet.Row;
import dev.glissade.app.report.ContactSheet.Tile;
import dev.glissade.torch.image.Picture;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Where things are on a sheet of pictures.
class ContactSheetTest {

  private static final int WHITE = 0xffffff;

  private static Tile tile(int width, int height, int grey, String caption) {
    float[] pixels = new float[3 * width * height];
    Arrays.fill(pixels, grey / 255f);
    return new Tile(Optional.of(new Picture(width, height, pixels)), caption);
  }

  private static int colour(BufferedImage sheet, int x, int y) {
    return sheet.getRGB(x, y) & WHITE;
  }

  private static boolean hasText(BufferedImage sheet, int left, int top, int width, int height) {
    int[] pixels = sheet.getRGB(left, top, width, height, new int[width * height], 0, width);
    return Arrays.stream(pixels).anyMatch(pixel -> (pixel & 0xff) < 128);
  }

  @Test
  void everyTileIsAtItsPlaceWithItsWords() {
    Tile none = new Tile(Optional.empty(), "diverged");
    ContactSheet sheet =
        new ContactSheet(
            List.of("start", "step 4"),
            List.of(
                new Row("first", List.of(tile(100, 50, 10, "loss 9"), tile(100, 50, 20, ""))),
                new Row("second", List.of(tile(100, 50, 30, "loss 9"), none))));
    BufferedImage image = sheet.image();
    assertThat(image.getWidth()).isEqualTo(10 + 2 * 110);
    assertThat(image.getHeight()).isEqualTo(30 + 2 * 100);
    assertThat(hasText(image, 10, 10, 100, 18)).isTrue();
    assertThat(hasText(image, 120, 10, 100, 18)).isTrue();
    assertThat(hasText(image, 10, 30, 100, 18)).as("the row's title").isTrue();
    assertThat(colour(image, 10, 50)).isEqualTo(0x0a0a0a);
    assertThat(colour(image, 109, 99)).isEqualTo(0x0a0a0a);
    assertThat(colour(image, 120, 50)).isEqualTo(0x141414);
    assertThat(colour(image, 10, 150)).isEqualTo(0x1e1e1e);
    assertThat(colour(image, 120, 150)).isEqualTo(WHITE);
    assertThat(hasText(image, 10, 101, 100, 18)).as("loss 9").isTrue();
    assertThat(hasText(image, 120, 101, 100, 18)).as("no caption").isFalse();
    assertThat(hasText(image, 120, 201, 100, 18)).as("diverged").isTrue();
  }

  @Test
  void largePicturesAreShownSmall() {
    ContactSheet sheet =
        new ContactSheet(
            List.of("start"), List.of(new Row("row", List.of(tile(1024, 512, 0, "loss 1")))));
    assertThat(sheet.image().getWidth()).isEqualTo(10 + 256 + 10);
    assertThat(sheet.image().getHeight()).isEqualTo(30 + 20 + 128 + 20 + 10);
  }
}
