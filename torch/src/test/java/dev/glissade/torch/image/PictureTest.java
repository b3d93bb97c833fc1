package dev.glissade.torch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pictures: colours survive reading, resizing and writing, and bad files give one clear line.
class PictureTest {

  private static final double LEVEL = 0.5 / 255; // half a level of 8 bits

  @TempDir Path folder;

  private Path png(BufferedImage image) throws IOException {
    Path file = folder.resolve("picture.png");
    ImageIO.write(image, "png", file.toFile());
    return file;
  }

  private static void assertPixel(Picture picture, int x, int y, double... colour) {
    for (int c = 0; c < 3; c++) {
      assertThat((double) picture.pixels()[(c * picture.height() + y) * picture.width() + x])
          .as("colour %d of pixel (%d, %d)", c, x, y)
          .isCloseTo(colour[c], within(LEVEL));
    }
  }

  private static Picture noise(int width, int height) {
    float[] pixels = new float[3 * width * height];
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = random.nextInt(256) / 255f;
    }
    return new Picture(width, height, pixels);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws IOException {
    Path file = folder.resolve("noise.png");
    Picture noise = noise(7, 5);
    noise.writePng(file);
    assertThat(Picture.read(file).pixels()).containsExactly(noise.pixels());
  }

  @Test
  void numbersOutOfRangeAreCutOffOnWriting() throws IOException {
    Path file = folder.resolve("extremes.png");
    new Picture(1, 1, new float[] {-0.5f, 1.5f, Float.NaN}).writePng(file);
    assertPixel(Picture.read(file), 0, 0, 0, 1, 0);
  }

  @Test
  void greyKeepsItsLevels() throws IOException {
    BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
    grey.getRaster().setSample(0, 0, 0, 128);
    Picture picture = Picture.read(png(grey));
    assertPixel(picture, 0, 0, 128 / 255.0, 128 / 255.0, 128 / 255.0);
    assertPixel(picture, 1, 0, 0, 0, 0);
  }

  @Test
  void sixteenBitsAreNotCutToEight() throws IOException {
    ColorSpace sRgb = ColorSpace.getInstance(ColorSpace.CS_sRGB);
    ComponentColorModel model =
        new ComponentColorModel(sRgb, false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(1, 1);
    raster.setPixel(0, 0, new int[] {1000, 40_000, 65_535});
    float[] pixels = Picture.read(png(new BufferedImage(model, raster, false, null))).pixels();
    assertThat(pixels).containsExactly(1000 / 65_535f, 40_000 / 65_535f, 1f);
  }

  @Test
  void transparencyBecomesWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00ff0000);
    image.setRGB(1, 0, 0x80ff0000);
    image.setRGB(2, 0, 0xffff0000);
    Picture picture = Picture.read(png(image));
    assertPixel(picture, 0, 0, 1, 1, 1);
    assertPixel(picture, 1, 0, 1, 127 / 255.0, 127 / 255.0);
    assertPixel(picture, 2, 0, 1, 0, 0);
  }

  @Test
  void palettesAreLookedUp() throws IOException {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    image.setRGB(0, 0, 0xff00ff00);
    image.setRGB(1, 0, 0xff0000ff);
    Picture picture = Picture.read(png(image));
    assertPixel(picture, 0, 0, 0, 1, 0);
    assertPixel(picture, 1, 0, 0, 0, 1);
  }

  @Test
  void jpegsAreRead() throws IOException {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 256; i++) {
      image.setRGB(i % 16, i / 16, 0x4080c0);
    }
    Path file = folder.resolve("flat.jpg");
    ImageIO.write(image, "jpg", file.toFile());
    float[] pixels = Picture.read(file).pixels();
    assertThat(pixels[0]).isCloseTo(0x40 / 255f, within(0.02f));
    assertThat(pixels[256]).isCloseTo(0x80 / 255f, within(0.02f));
    assertThat(pixels[512]).isCloseTo(0xc0 / 255f, within(0.02f));
  }

  /// A photo with one white quarter, at the top left as it is stored, marked with each code of EXIF
  /// 2.3 in both byte orders: which quarter is white as it is shown.
  @ParameterizedTest
  @CsvSource({
    "1, 32, 0",
    "2, 32, 1",
    "3, 32, 3",
    "4, 32, 2",
    "5, 16, 0",
    "6, 16, 1",
    "7, 16, 3",
    "8, 16, 2",
    "0, 32, 0",
    "9, 32, 0"
  })
  void photosAreShownTheWayTheCameraWasHeld(int code, int width, int white) throws IOException {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    image.createGraphics().fillRect(0, 0, 16, 8);
    Path file = folder.resolve("photo.jpg");
    for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
      ImageIO.write(image, "jpg", file.toFile());
      Files.write(file, marked(Files.readAllBytes(file), code, order));
      Picture shown = Picture.read(file);
      assertThat(shown.width()).isEqualTo(width);
      assertThat(shown.height()).isEqualTo(32 * 16 / width);
      float[] quarters = shown.resize(2, 2).pixels();
      for (int i = 0; i < 4; i++) {
        assertThat(quarters[i] > 0.5).as("quarter " + i).isEqualTo(i == white);
      }
    }
  }

  /// With EXIF data of two entries, of which the second is the orientation.
  private static byte[] marked(byte[] jpeg, int code, ByteOrder order) {
    ByteBuffer out = ByteBuffer.allocate(jpeg.length + 44);
    out.put(jpeg, 0, 2).putInt(0xffe1002a).put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    out.put((order == ByteOrder.BIG_ENDIAN ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
    out.order(order).putShort((short) 42).putInt(8).putShort((short) 2);
    out.putShort((short) 0x010f).putShort((short) 2).putInt(4).putInt(0);
    out.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    out.putShort((short) code).putShort((short) 0);
    return out.put(jpeg, 2, jpeg.length - 2).array();
  }

  @Test
  void exifDataThatLeadNowhereAreNoReasonToFail() throws IOException {
    BufferedImage image = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    Path file = folder.resolve("photo.jpg");
    ImageIO.write(image, "jpg", file.toFile());
    byte[] marked = marked(Files.readAllBytes(file), 6, ByteOrder.BIG_ENDIAN);
    ByteBuffer.wrap(marked).putInt(16, 30); // where the directory is
    Files.write(file, marked);
    assertThat(Picture.read(file).width()).isEqualTo(32);
  }

  @Test
  void aJpegInCmykIsRefusedWithAWord() throws IOException {
    Path file = folder.resolve("print.jpg");
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
      writer.setOutput(out);
      Raster cmyk = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
      writer.write(new IIOImage(cmyk, null, null));
    }
    String refusal = file + ": is a JPEG in CMYK, which is for printing: convert it to RGB";
    assertThatThrownBy(() -> Picture.read(file)).hasMessage(refusal);
    byte[] plain = Files.readAllBytes(file);
    ByteBuffer marked = ByteBuffer.allocate(plain.length + 16).put(plain, 0, 2);
    marked.putInt(0xffee000e).put("Adobe".getBytes(StandardCharsets.US_ASCII)).put(new byte[7]);
    Files.write(file, marked.put(plain, 2, plain.length - 2).array());
    assertThatThrownBy(() -> Picture.read(file)).hasMessage(refusal);
  }

  @ParameterizedTest
  @CsvSource({"'', is not a picture", "'hello, this is text', is not a picture"})
  void whatIsNoPictureIsRefused(String content, String reason) throws IOException {
    Path file = Files.writeString(folder.resolve("text.jpg"), content);
    assertThatThrownBy(() -> Picture.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file + ": " + reason);
  }

  @Test
  void damagedPicturesAreRefused() throws IOException {
    Path whole = folder.resolve("whole.png");
    noise(40, 40).writePng(whole);
    byte[] bytes = Files.readAllBytes(whole);
    Path file = folder.resolve("damaged.png");
    for (int length = 8; length < bytes.length; length += 97) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> Picture.read(file))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(file.toString())
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aFileThatIsNotThereAndAFolderAreNamed() {
    Path file = folder.resolve("nothing.png");
    assertThatThrownBy(() -> Picture.read(file)).hasMessage(file + ": no such file");
    assertThatThrownBy(() -> Picture.read(folder))
        .hasMessage(folder + ": is a folder, not a picture");
  }

  @Test
  void aPictureThatDoesNotFitIsRefusedBeforeItIsRead() throws IOException {
    byte[] header = pngHeader(100_000_000, 20);
    Path file = Files.write(folder.resolve("huge.png"), Arrays.copyOf(header, 1_000_000));
    assertThatThrownBy(() -> Picture.read(file))
        .hasMessageMatching(
            ".*huge.png: 100000000 x 20 pixels need 68664 MB of memory, \\d+ MB are free: .*");
  }

  /// Where there is memory for them, too.
  @Test
  void pixelsThatAFileCannotHoldAreRefusedBeforeItIsRead() throws IOException {
    Path file = Files.write(folder.resolve("short.png"), pngHeader(1_000, 1_000));
    assertThatThrownBy(() -> Picture.read(file))
        .hasMessage(file + ": is damaged: 33 bytes cannot hold 1000 x 1000 pixels");
  }

  /// A PNG whose header announces many pixels, and no more.
  private static byte[] pngHeader(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(17).putInt(0x49484452); // IHDR
    header.putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
    CRC32 sum = new CRC32();
    sum.update(header.array());
    ByteBuffer png = ByteBuffer.allocate(8 + 4 + 17 + 4).putLong(0x89504e470d0a1a0aL);
    return png.putInt(13).put(header.array()).putInt((int) sum.getValue()).array();
  }

  @Test
  void aSinglePixelCanBeEnlarged() {
    Picture one = new Picture(1, 1, new float[] {0.2f, 0.4f, 0.6f});
    Picture large = one.resize(5, 3);
    for (int i = 0; i < 15; i++) {
      assertPixel(large, i % 5, i / 5, 0.2, 0.4, 0.6);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 7", "10, 8", "23, 40"})
  void flatColourStaysFlat(int width, int height) {
    float[] pixels = new float[3 * 10 * 9];
    Arrays.fill(pixels, 0.3f);
    for (float value : new Picture(10, 9, pixels).resize(width, height).pixels()) {
      assertThat(value).isCloseTo(0.3f, within(1e-5f));
    }
  }

  /// Half of the light is 0.735 in sRGB.
  @Test
  void fineLinesMergeIntoHalfTheLight() {
    float[] lines = new float[3 * 64 * 64];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = i % 2;
    }
    Picture small = new Picture(64, 64, lines).resize(8, 8);
    assertPixel(small, 4, 4, 0.735, 0.735, 0.735);
  }

  @Test
  void gradientsAreResizedWithoutShift() {
    float[] ramp = new float[3 * 64 * 2];
    for (int i = 0; i < ramp.length; i++) {
      ramp[i] = Srgb.fromLight((i % 64 + 0.5f) / 64);
    }
    Picture small = new Picture(64, 2, ramp).resize(16, 2);
    for (int x = 2; x < 14; x++) {
      double light = (x + 0.5) / 16;
      assertPixel(
          small,
          x,
          0,
          Srgb.fromLight((float) light),
          Srgb.fromLight((float) light),
          Srgb.fromLight((float) light));
    }
  }

  @Test
  void rowsAndColumnsAreNotExchanged() {
    Picture tall = noise(4, 8);
    Picture resized = tall.resizeShorterSide(2);
    assertThat(resized.width()).isEqualTo(2);
    assertThat(resized.height()).isEqualTo(4);
    float[] halves = new float[3 * 4 * 8];
    for (int i = 0; i < halves.length; i++) {
      halves[i] = i % 32 < 16 ? 1 : 0; // the upper half is white
    }
    Picture small = new Picture(4, 8, halves).resize(2, 4);
    assertPixel(small, 0, 0, 1, 1, 1);
    assertPixel(small, 1, 0, 1, 1, 1);
    assertPixel(small, 1, 3, 0, 0, 0);
  }

  @Test
  void cropsAndMirrorImages() {
    Picture noise = noise(5, 4);
    Picture part = noise.crop(1, 2, 3, 2);
    for (int c = 0; c < 3; c++) {
      assertThat(part.pixels()[c * 6 + 4]).isEqualTo(noise.pixels()[c * 20 + 3 * 5 + 2]);
      assertThat(noise.mirrored().pixels()[c * 20 + 5]).isEqualTo(noise.pixels()[c * 20 + 9]);
    }
    assertThat(noise.mirrored().mirrored().pixels()).containsExactly(noise.pixels());
    assertThatThrownBy(() -> noise.crop(3, 0, 3, 2))
        .hasMessage("3 x 2 pixels at (3, 0) are not all inside a picture of 5 x 4");
  }
}
