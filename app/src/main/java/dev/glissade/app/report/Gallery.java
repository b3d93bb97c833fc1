package dev.glissade.app.report;

import dev.glissade.torch.image.Picture;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;

/// Pictures that change from step to step, next to each other, to be followed by a slider.
///
/// @param moments the words for each place of the slider, such as `step 8`, at least one
/// @param strips what is shown
public record Gallery(List<String> moments, List<Strip> strips) {

  /// A picture on its way.
  ///
  /// @param name of who makes it
  /// @param frames one for each moment
  public record Strip(String name, List<Frame> frames) {

    public Strip {
      frames = List.copyOf(frames);
    }
  }

  /// A picture at one moment.
  ///
  /// @param caption stands below it
  /// @param image a JPEG as a `data:` address; empty where there is none to see
  public record Frame(String caption, Optional<String> image) {}

  /// The pictures of a sheet.
  public static Gallery of(ContactSheet sheet) {
    return new Gallery(
        sheet.columns(),
        sheet.rows().stream()
            .map(row ->
                new Strip(
                    row.title(),
                    row.tiles().stream()
                        .map(tile -> new Frame(tile.caption(), tile.picture().map(Gallery::jpeg)))
                        .toList()))
            .toList());
  }

  private static String jpeg(Picture picture) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ImageIO.write(ContactSheet.thumbnail(picture).image(), "jpg", bytes);
      return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
  }

  public Gallery {
    moments = List.copyOf(moments);
    strips = List.copyOf(strips);
  }
}
