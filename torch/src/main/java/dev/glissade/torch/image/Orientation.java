package dev.glissade.torch.image;

import java.io.IOException;
import java.nio.ByteOrder;
import javax.imageio.stream.ImageInputStream;

/// The way in which a camera was held: which way up the picture in a JPEG file is to be shown, from
/// the EXIF data before its first line of pixels. What cannot be understood there counts as
/// upright, for the pixels are all the same.
final class Orientation {

  private static final int UPRIGHT = 1;
  private static final int TAG = 0x0112; // in the first image file directory of TIFF 6.0
  private static final int START_OF_IMAGE = 0xffd8;
  private static final int START_OF_SCAN = 0xffda;
  private static final int APPLICATION_1 = 0xffe1;
  private static final long EXIF = 0x457869660000L; // "Exif", 0, 0

  private Orientation() {}

  /// The code from 1 to 8 of an image file.
  ///
  /// @param in at the start of the file, where it is left
  static int of(ImageInputStream in) throws IOException {
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    int code = read(in);
    in.seek(0);
    in.setByteOrder(ByteOrder.BIG_ENDIAN);
    return code;
  }

  private static int read(ImageInputStream in) {
    try {
      if (in.readUnsignedShort() != START_OF_IMAGE) {
        return UPRIGHT;
      }
      for (int marker = in.readUnsignedShort();
          marker > 0xff00 && marker != START_OF_SCAN;
          marker = in.readUnsignedShort()) {
        long end = in.getStreamPosition() + in.readUnsignedShort();
        if (marker == APPLICATION_1 && in.readBits(48) == EXIF) {
          return fromTiff(in);
        }
        in.seek(end);
      }
    } catch (IOException e) {
      // cut short, or nonsense: whether the pixels can be read is seen when they are
    }
    return UPRIGHT;
  }

  /// @param in at the start of a TIFF header
  private static int fromTiff(ImageInputStream in) throws IOException {
    long start = in.getStreamPosition();
    boolean little = in.readUnsignedShort() == 0x4949; // "II"
    in.setByteOrder(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    in.seek(start + 4);
    in.seek(start + in.readUnsignedInt());
    int entries = in.readUnsignedShort();
    for (int i = 0; i < entries; i++) {
      int tag = in.readUnsignedShort();
      in.skipBytes(6); // type and count
      int value = in.readUnsignedShort();
      in.skipBytes(2);
      if (tag == TAG) {
        return value >= 1 && value <= 8 ? value : UPRIGHT;
      }
    }
    return UPRIGHT;
  }

  /// Turns a picture as it is to be shown: EXIF 2.3, table 6.
  static Picture upright(Picture stored, int code) {
    if (code == UPRIGHT) {
      return stored;
    }
    boolean exchanged = code >= 5; // rows with columns
    boolean columnsTurned = code == 2 || code == 3 || code == 7 || code == 8;
    boolean rowsTurned = code == 3 || code == 4 || code == 6 || code == 7;
    int width = exchanged ? stored.height() : stored.width();
    int height = exchanged ? stored.width() : stored.height();
    float[] from = stored.pixels();
    float[] pixels = new float[from.length];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % width;
      int y = i / width % height;
      int column = exchanged ? y : x;
      int row = exchanged ? x : y;
      int fromX = columnsTurned ? stored.width() - 1 - column : column;
      int fromY = rowsTurned ? stored.height() - 1 - row : row;
      int plane = i / (width * height);
      pixels[i] = from[(plane * stored.height() + fromY) * stored.width() + fromX];
    }
    return new Picture(width, height, pixels);
  }
}
