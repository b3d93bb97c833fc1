package dev.glissade.torch.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What files say of their pixels is done or refused, never passed over.
class PictureFilesTest {

  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;

  /// What half of the light is in sRGB.
  private static final double HALF_LIGHT = 0.7354;

  @TempDir Path folder;

  /// A chunk of a PNG file.
  @SuppressWarnings("ArrayRecordComponent") // written and forgotten
  private record Chunk(String name, byte[] content) {
    static Chunk of(String name, String hexadecimal) {
      return new Chunk(name, HexFormat.of().parseHex(hexadecimal));
    }
  }

  /// The bytes of a PNG file.
  ///
  /// @param rows each after the number of its filter, 0
  private static byte[] png(int type, int depth, int width, String rows, Chunk... chunks) {
    byte[] lines = HexFormat.of().parseHex(rows);
    int height = lines.length / (1 + (width * depth * (type == RGB ? 3 : 1) + 7) / 8);
    ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
    header.put((byte) depth).put((byte) type);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(HexFormat.of().parseHex("89504e470d0a1a0a"));
    write(out, new Chunk("IHDR", header.array()));
    for (Chunk chunk : chunks) {
      write(out, chunk);
    }
    write(out, new Chunk("IDAT", deflated(lines)));
    write(out, new Chunk("IEND", new byte[0]));
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, Chunk chunk) {
    byte[] name = chunk.name.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(name);
    sum.update(chunk.content);
    out.writeBytes(ByteBuffer.allocate(4).putInt(chunk.content.length).array());
    out.writeBytes(name);
    out.writeBytes(chunk.content);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private static byte[] deflated(byte[] bytes) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var out = new DeflaterOutputStream(packed)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static Chunk profile(byte[] profile) {
    byte[] packed = deflated(profile);
    return new Chunk(
        "iCCP",
        ByteBuffer.allocate(3 + packed.length)
            .put((byte) 'x')
            .put(new byte[2])
            .put(packed)
            .array());
  }

  private static byte[] standard(int space) {
    return ICC_Profile.getInstance(space).getData();
  }

  private float[] read(byte[] file) throws IOException {
    return Picture.read(Files.write(folder.resolve("picture"), file)).pixels();
  }

  private void assertRefused(byte[] file, String reason) throws IOException {
    Path path = Files.write(folder.resolve("refused"), file);
    assertThatThrownBy(() -> Picture.read(path))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(path + ": ")
        .hasMessageContaining(reason)
        .hasMessageNotContaining("\n");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PictureFilesTest.class.getResourceAsStream(name))) {
      return in.readAllBytes();
    }
  }

  /// The numbers are those of LittleCMS, relative colorimetric. The same pixels and the same
  /// profile, whose primaries are those of Adobe RGB, in both formats.
  @ParameterizedTest
  @ValueSource(strings = {"adobe.png", "adobe.jpg"})
  void profilesOfColourAreApplied(String name) throws IOException {
    float[] pixels = read(resource(name));
    int size = pixels.length / 3;
    double[] means = {119.0, 112.1, 134.5};
    int[] tenth = {255, 35, 24};
    for (int c = 0; c < 3; c++) {
      double sum = 0;
      for (int i = 0; i < size; i++) {
        sum += pixels[c * size + i];
      }
      assertThat(255 * sum / size).isCloseTo(means[c], within(0.3));
      assertThat(255 * pixels[c * size + 10 * 64 + 10]).isCloseTo(tenth[c], within(1.01f));
    }
  }

  /// Half of the light by a linear profile, in every kind of PNG that can have one.
  @Test
  void profilesAreAppliedToEveryKindOfPng() throws IOException {
    Chunk linear = profile(standard(ColorSpace.CS_LINEAR_RGB));
    Chunk grey = profile(standard(ColorSpace.CS_GRAY));
    Chunk palette = Chunk.of("PLTE", "000000808080");
    for (byte[] file :
        List.of(
            png(RGB, 8, 1, "00808080", linear),
            png(RGB, 16, 1, "00800080008000", linear),
            png(PALETTE, 8, 1, "0001", linear, palette),
            png(GREY, 8, 1, "0080", linear),
            png(GREY, 8, 1, "0080", grey),
            png(GREY, 16, 1, "008000", grey),
            png(GREY, 4, 1, "0080", grey))) {
      for (float value : read(file)) {
        assertThat((double) value).isCloseTo(HALF_LIGHT, within(0.025)); // 8/15 is more
      }
    }
  }

  @Test
  void greyJpegsHaveProfilesToo() throws IOException {
    BufferedImage grey = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    int[] half = new int[64];
    Arrays.fill(half, 128);
    grey.getRaster().setPixels(0, 0, 8, 8, half);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(grey, "jpg", out);
    byte[] plain = out.toByteArray();
    assertThat((double) read(plain)[0]).isCloseTo(128 / 255.0, within(1e-6));
    byte[] profile = standard(ColorSpace.CS_GRAY);
    ByteBuffer marked = ByteBuffer.allocate(plain.length + 18 + profile.length);
    marked.put(plain, 0, 2).putShort((short) 0xffe2).putShort((short) (16 + profile.length));
    marked.put("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII)).put(profile);
    byte[] file = marked.put(plain, 2, plain.length - 2).array();
    assertThat((double) read(file)[0]).isCloseTo(HALF_LIGHT, within(0.005));
  }

  @Test
  void profilesThatMakeNoSenseAreRefused() throws IOException {
    Chunk grey = profile(standard(ColorSpace.CS_GRAY));
    assertRefused(png(RGB, 8, 1, "00808080", grey), "its colour profile is for other colours");
    Chunk xyz = profile(standard(ColorSpace.CS_CIEXYZ));
    assertRefused(png(RGB, 8, 1, "00808080", xyz), "its colour profile");
    Chunk nonsense = profile("no profile at all".getBytes(StandardCharsets.US_ASCII));
    assertRefused(png(RGB, 8, 1, "00808080", nonsense), "cannot be understood");
    assertRefused(png(RGB, 8, 1, "00808080", Chunk.of("iCCP", "7800001234")), "damaged");
  }

  /// gAMA, cHRM, sRGB and cICP, by the rules of PNG.
  @Test
  void coloursWithoutAProfileAreUnderstoodOrRefused() throws IOException {
    String pixel = "00808080";
    float plain = 128 / 255f;
    Chunk linear = Chunk.of("gAMA", "000186a0"); // 1
    Chunk usual = Chunk.of("gAMA", "0000b18f"); // 1 / 2.2
    assertThat((double) read(png(RGB, 8, 1, pixel, linear))[0])
        .isCloseTo(HALF_LIGHT, within(0.005));
    assertThat(read(png(RGB, 8, 1, pixel, usual))[0]).isEqualTo(plain);
    assertThat(read(png(RGB, 8, 1, pixel, Chunk.of("sRGB", "00"), linear))[0]).isEqualTo(plain);
    Chunk standard = new Chunk("cHRM", chromaticities("0.64 0.33 0.30 0.60"));
    assertThat(read(png(RGB, 8, 1, pixel, usual, standard))[0]).isEqualTo(plain);
    Chunk adobe = new Chunk("cHRM", chromaticities("0.64 0.33 0.21 0.71"));
    assertRefused(png(RGB, 8, 1, pixel, usual, adobe), "its primary colours are not those of sRGB");
    assertThat(read(png(RGB, 8, 1, pixel, Chunk.of("cICP", "010d0001"), linear))[0])
        .isEqualTo(plain);
    assertRefused(png(RGB, 8, 1, pixel, Chunk.of("cICP", "09100001")), "cICP 9, 16");
    assertRefused(png(RGB, 8, 1, pixel, Chunk.of("gAMA", "00000000")), "gamma");
    assertRefused(png(RGB, 8, 1, pixel, Chunk.of("gAMA", "00")), "too short");
  }

  /// White of D65, the red and green that are given, and the blue of sRGB.
  private static byte[] chromaticities(String redAndGreen) {
    ByteBuffer chunk = ByteBuffer.allocate(32);
    for (String number : "0.3127 0.3290 %s 0.15 0.06".formatted(redAndGreen).split(" ", -1)) {
      chunk.putInt((int) Math.round(100_000 * Double.parseDouble(number)));
    }
    return chunk.array();
  }

  /// One colour is not seen: PNG 11.3.2.1. The first pixel is of it, the second is not.
  @ParameterizedTest
  @CsvSource({
    "0, 1, 0080, 0001, 0",
    "0, 2, 0060, 0001, 0.6666667",
    "0, 4, 0054, 0005, 0.26666668",
    "0, 8, 005554, 0055, 0.32941177",
    "0, 16, 0012341235, 1234, 0.07112230",
    "2, 8, 00102030102031, 001000200030, 0.0627451",
    "2, 16, 00100020003000100020003001, 100020003000, 0.0625010"
  })
  void theTransparentColourBecomesWhite(
      int type, int depth, String row, String colour, double second) throws IOException {
    float[] pixels = read(png(type, depth, 2, row, Chunk.of("tRNS", colour)));
    for (int c = 0; c < 3; c++) {
      assertThat(pixels[2 * c]).isEqualTo(1);
    }
    assertThat((double) pixels[1]).isCloseTo(second, within(1e-5));
  }

  @Test
  void palettesWithTransparencyBecomeWhite() throws IOException {
    Chunk palette = Chunk.of("PLTE", "ff0000ff0000ff0000");
    Chunk alpha = Chunk.of("tRNS", "0080");
    float[] pixels = read(png(PALETTE, 2, 3, "0018", palette, alpha)); // 0, 1, 2
    assertThat(pixels).startsWith(1, 1, 1);
    assertThat(pixels[3]).isEqualTo(1);
    assertThat(pixels[4]).isCloseTo(127 / 255f, within(1e-6f));
    assertThat(pixels[5]).isZero();
  }

  /// An orientation of type LONG, big-endian, in the chunk that PNG has for it.
  @Test
  void pngsAreTurnedToo() throws IOException {
    String exif = "4d4d002a00000008" + "0001" + "0112000400000001" + "00000006" + "00000000";
    Path file =
        Files.write(folder.resolve("x.png"), png(GREY, 8, 2, "0000ff", Chunk.of("eXIf", exif)));
    Picture shown = Picture.read(file);
    assertThat(shown.width()).isEqualTo(1);
    assertThat(shown.pixels()).startsWith(0, 1);
  }

  private static byte[] jpeg(boolean progressive) throws IOException {
    BufferedImage image = new BufferedImage(64, 64, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 4096; i++) {
      image.setRGB(i % 64, i / 64, i * 7919);
    }
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var parameters = writer.getDefaultWriteParam();
    if (progressive) {
      parameters.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), parameters);
    }
    return bytes.toByteArray();
  }

  /// ImageIO makes the rest grey and tells only those who listen.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void jpegsThatAreCutOffAreRefused(boolean progressive) throws IOException {
    byte[] whole = jpeg(progressive);
    assertThat(read(whole)).hasSize(3 * 64 * 64);
    for (int length = 20; length < whole.length; length += 101) {
      assertRefused(Arrays.copyOf(whole, length), "");
    }
    assertRefused(Arrays.copyOf(whole, whole.length - 2), "is damaged or cut off");
    byte[] closed = Arrays.copyOf(whole, whole.length / 2 + 2);
    closed[closed.length - 2] = (byte) 0xff;
    closed[closed.length - 1] = (byte) 0xd9;
    assertRefused(closed, progressive ? "" : "is damaged or cut off");
  }

  /// ImageIO does not look at checksums.
  @Test
  void pngsWithAFlippedBitAreRefused() throws IOException {
    byte[] whole = png(GREY, 8, 2, "0000ff0010ee", Chunk.of("tEXt", "6100"));
    assertThat(read(whole)).hasSize(12);
    for (int i = 8; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 4;
      assertRefused(damaged, "");
    }
  }

  /// Their colours, transparency and frames are nothing that is looked into here.
  @ParameterizedTest
  @ValueSource(strings = {"tif", "bmp", "gif"})
  void otherFormatsAreRefusedByName(String format) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertThat(ImageIO.write(image, format, out)).isTrue();
    assertRefused(
        out.toByteArray(), "is of the format %s: JPEG and PNG can be read".formatted(format));
  }

  /// What operating systems leave in folders of pictures.
  @Test
  void foldersOfPicturesHoldOtherThingsToo() throws IOException {
    for (String name :
        List.of(
            "b.jpg", "a.PNG", "._b.jpg", ".DS_Store", "Thumbs.db", "desktop.ini", "notes.txt")) {
      Files.writeString(folder.resolve(name), "");
    }
    Files.createDirectory(folder.resolve("album.jpg"));
    assertThat(PictureFolder.of(folder).names()).containsExactly("a", "b");
  }
}
