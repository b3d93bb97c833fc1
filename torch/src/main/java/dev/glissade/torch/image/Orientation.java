package dev.glissade.torch.image;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifDirectoryBase;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import java.util.Arrays;

/// Which way up a picture is to be shown: EXIF 2.3, table 6.
///
/// @param code from 1, upright, to 8
record Orientation(int code) {

  private static final int UPRIGHT = 1;
  private static final int LAST = 8;

  /// What EXIF data say. What cannot be understood there counts as upright, for the pixels are all
  /// the same.
  ///
  /// @param tiff from the header of TIFF on; may be empty
  static Orientation of(byte[] tiff) {
    // some writers leave out what only says that nothing follows
    byte[] padded = Arrays.copyOf(tiff, tiff.length + Integer.BYTES);
    Metadata exif = new Metadata();
    new ExifReader().extract(new ByteArrayReader(padded), exif);
    return exif.getDirectoriesOfType(ExifIFD0Directory.class).stream()
        .map(directory -> directory.getInteger(ExifDirectoryBase.TAG_ORIENTATION))
        .filter(code -> code != null && code >= UPRIGHT && code <= LAST)
        .findFirst()
        .map(Orientation::new)
        .orElse(new Orientation(UPRIGHT));
  }

  private boolean exchanged() { // rows with columns
    return code >= 5;
  }

  private boolean columnsTurned() {
    return code == 2 || code == 3 || code == 7 || code == 8;
  }

  private boolean rowsTurned() {
    return code == 3 || code == 4 || code == 6 || code == 7;
  }

  /// The width as shown of a picture of this size as stored.
  int width(int width, int height) {
    return exchanged() ? height : width;
  }

  /// Where the pixel that is stored at (x, y) of width · height is shown, row by row from the top.
  int index(int x, int y, int width, int height) {
    int column = columnsTurned() ? width - 1 - x : x;
    int row = rowsTurned() ? height - 1 - y : y;
    return exchanged() ? column * height + row : row * width + column;
  }
}
