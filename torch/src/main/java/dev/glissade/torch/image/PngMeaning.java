package dev.glissade.torch.image;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.InflaterInputStream;

/// What a PNG file says of its pixels: chunks cICP, iCCP, sRGB, gAMA and cHRM in this order of
/// precedence, tRNS and eXIf. See <https://www.w3.org/TR/png-3/>.
///
/// @param chunks of the file
record PngMeaning(PngChunks chunks) {

  private static final int DEPTH = 8; // where it stands in IHDR
  private static final int COLOUR_TYPE = 9;
  private static final int GREY = 0;
  private static final int RGB = 2;
  private static final double UNIT = 100_000; // of gAMA and cHRM
  private static final double STANDARD_GAMMA = 0.45455;
  private static final double GAMMA_TOLERANCE = 0.05; // that of libpng
  private static final double PRIMARY_TOLERANCE = 0.01;

  /// White, red, green and blue of sRGB, x and y.
  private static final List<Double> PRIMARIES =
      List.of(0.3127, 0.3290, 0.64, 0.33, 0.30, 0.60, 0.15, 0.06);

  /// What a file says.
  static Meaning of(Path file) throws IOException {
    PngMeaning png = new PngMeaning(PngChunks.read(file));
    try {
      return new Meaning(
          png.colours(),
          Orientation.of(png.chunks.find("eXIf").orElse(new byte[0])),
          png.transparent());
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new Refusal("is damaged: a chunk is too short", e);
    }
  }

  private Colours colours() throws IOException {
    Optional<byte[]> code = chunks.find("cICP");
    if (code.isPresent()) {
      return coded(ByteBuffer.wrap(code.get()));
    }
    Optional<byte[]> profile = chunks.find("iCCP");
    if (profile.isPresent()) {
      return Colours.Profiled.of(inflated(profile.get()), isGrey() ? 1 : 3);
    }
    Optional<byte[]> primaries = chunks.find("cHRM");
    Optional<byte[]> gamma = chunks.find("gAMA");
    if (chunks.find("sRGB").isPresent()) {
      return new Colours.Standard();
    }
    if (primaries.isPresent() && !isGrey()) {
      requireStandardPrimaries(ByteBuffer.wrap(primaries.get()));
    }
    return gamma.isPresent() ? power(ByteBuffer.wrap(gamma.get())) : new Colours.Standard();
  }

  /// Understands the codes of sRGB only.
  private static Colours coded(ByteBuffer code) throws Refusal {
    byte primaries = code.get();
    byte transfer = code.get();
    boolean rgb = code.get() == 0;
    boolean full = code.get() == 1;
    if (primaries != 1 || transfer != 13 || !rgb || !full) {
      throw new Refusal(
          "its colours are those of cICP %s, %s: save it as sRGB".formatted(primaries, transfer));
    }
    return new Colours.Standard();
  }

  /// What follows the profile's name, a zero and the method of compression.
  private static byte[] inflated(byte[] chunk) throws IOException {
    int name = 0;
    while (name < chunk.length && chunk[name] != 0) {
      name++;
    }
    int from = Math.min(chunk.length, name + 2);
    try (var in =
        new InflaterInputStream(new ByteArrayInputStream(chunk, from, chunk.length - from))) {
      return in.readNBytes(PngChunks.LARGEST_KEPT);
    } catch (IOException e) {
      throw new Refusal("its colour profile is damaged: save it as sRGB", e);
    }
  }

  private static Colours power(ByteBuffer gamma) throws Refusal {
    double encoding = gamma.getInt() / UNIT;
    if (!(encoding > 0)) {
      throw new Refusal("its gamma is %s: save it as sRGB".formatted(encoding));
    }
    boolean standard = Math.abs(encoding / STANDARD_GAMMA - 1) <= GAMMA_TOLERANCE;
    return standard ? new Colours.Standard() : new Colours.Power(1 / encoding);
  }

  private static void requireStandardPrimaries(ByteBuffer chromaticities) throws Refusal {
    for (double standard : PRIMARIES) {
      if (Math.abs(chromaticities.getInt() / UNIT - standard) > PRIMARY_TOLERANCE) {
        throw new Refusal("its primary colours are not those of sRGB: save it as sRGB");
      }
    }
  }

  /// The transparent colour; that of a palette is ImageIO's to know.
  private List<Float> transparent() {
    Optional<byte[]> chunk = chunks.find("tRNS");
    int type = header()[COLOUR_TYPE];
    if (chunk.isEmpty() || (type != GREY && type != RGB)) {
      return List.of();
    }
    int largest = (1 << header()[DEPTH]) - 1;
    ByteBuffer colour = ByteBuffer.wrap(chunk.get());
    List<Float> transparent = new ArrayList<>();
    for (int i = 0; i < (type == GREY ? 1 : 3); i++) {
      transparent.add((colour.getShort() & largest) / (float) largest);
    }
    return transparent;
  }

  private boolean isGrey() {
    return (header()[COLOUR_TYPE] & RGB) == 0;
  }

  private byte[] header() {
    return chunks.find("IHDR").orElseThrow(BufferUnderflowException::new);
  }
}
