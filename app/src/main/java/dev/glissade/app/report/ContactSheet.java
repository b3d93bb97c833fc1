package dev.glissade.app.report;

import dev.glissade.torch.image.Picture;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/// A sheet of small pictures in rows and columns, with captions: `art --compare` shows with it what
/// becomes of a picture under several optimizers.
///
/// @param columns what stands above each column
/// @param rows at least one
public record ContactSheet(List<String> columns, List<Row> rows) {

  private static final int LONGEST_SIDE = 256; // of a picture, in pixels
  private static final int NARROWEST = 96; // tile, so that its words have room
  private static final int GAP = 10;
  private static final int LINE = 20; // of text

  private static final Font PLAIN = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  private static final Font BOLD = PLAIN.deriveFont(Font.BOLD);

  public ContactSheet {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /// A row of the sheet.
  ///
  /// @param title stands above it
  /// @param tiles one for each column
  public record Row(String title, List<Tile> tiles) {
    public Row {
      tiles = List.copyOf(tiles);
    }
  }

  /// A tile: a place in the sheet.
  ///
  /// @param picture empty where there is none, for example because the run has diverged
  /// @param caption stands below it
  public record Tile(Optional<Picture> picture, String caption) {}

  /// The picture as small as it is drawn, at most 256 pixels on its longer side. Keep that rather
  /// than a large one: a sheet may have dozens.
  public static Picture thumbnail(Picture picture) {
    boolean fits = Math.max(picture.width(), picture.height()) <= LONGEST_SIDE;
    return fits ? picture : picture.resizeLongerSide(LONGEST_SIDE);
  }

  /// The sheet as PNG, black on white.
  ///
  /// @throws IOException never in practice: it is written to memory
  public byte[] png() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image(), "png", bytes);
    return bytes.toByteArray();
  }

  /// The sheet as an image. All tiles are as large as the largest thumbnail, so that columns line
  /// up.
  BufferedImage image() {
    BufferedImage image =
        new BufferedImage(
            GAP + columns.size() * (tileWidth() + GAP),
            GAP + LINE + rows.size() * rowHeight(),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(Color.WHITE);
    g.fillRect(0, 0, image.getWidth(), image.getHeight());
    g.setColor(Color.BLACK);
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setFont(BOLD);
    for (int c = 0; c < columns.size(); c++) {
      write(g, columns.get(c), left(c), GAP);
    }
    for (int r = 0; r < rows.size(); r++) {
      draw(g, rows.get(r), GAP + LINE + r * rowHeight());
    }
    g.dispose();
    return image;
  }

  private void draw(Graphics2D g, Row row, int top) {
    g.setFont(BOLD);
    write(g, row.title, GAP, top);
    g.setFont(PLAIN);
    for (int c = 0; c < row.tiles.size(); c++) {
      Tile tile = row.tiles.get(c);
      int x = left(c);
      tile.picture.ifPresent(p -> g.drawImage(thumbnail(p).image(), x, top + LINE, null));
      write(g, tile.caption, x, top + LINE + tileHeight());
    }
  }

  /// Writes a line of text whose top left corner is given.
  private static void write(Graphics2D g, String text, int left, int top) {
    g.drawString(text, left, top + g.getFontMetrics().getAscent());
  }

  private int left(int column) {
    return GAP + column * (tileWidth() + GAP);
  }

  private int rowHeight() {
    return LINE + tileHeight() + LINE + GAP;
  }

  private int tileWidth() {
    return Math.max(NARROWEST, thumbnails().mapToInt(Picture::width).max().orElse(0));
  }

  private int tileHeight() {
    return thumbnails().mapToInt(Picture::height).max().orElse(0);
  }

  private Stream<Picture> thumbnails() {
    return rows.stream()
        .flatMap(row -> row.tiles.stream())
        .flatMap(tile -> tile.picture.stream())
        .map(ContactSheet::thumbnail);
  }
}
