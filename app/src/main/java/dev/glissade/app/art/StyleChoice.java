package dev.glissade.app.art;

import dev.glissade.app.terminal.Table;
import dev.glissade.torch.art.Masterpiece;
import dev.glissade.torch.art.WeightedStyle;
import dev.glissade.torch.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A style as named on the command line: a painting that ships, such as `starry-night`, or a file;
/// with `=2` behind it, it counts twice as much as others.
///
/// @param text as the user wrote it
/// @param painting by its name, or by its file without the weight
/// @param weight 1 unless another was given
public record StyleChoice(String text, String painting, double weight) {

  /// The forms that a style can have, in the words of help texts.
  public static final String FORMS =
      "A painting: one that ships (--styles lists them), or a JPEG or PNG. Several give a blend;"
          + " NAME=2 counts twice.";

  private static final Pattern WEIGHTED = Pattern.compile("(.+)=([0-9.eE+-]+)");

  /// Takes a text apart. The name of a file goes before what could be a weight.
  ///
  /// @throws IllegalArgumentException if the weight is not > 0
  public static StyleChoice parse(String text) {
    Matcher weighted = WEIGHTED.matcher(text);
    if (Files.exists(Path.of(text)) || !weighted.matches()) {
      return new StyleChoice(text, text, 1);
    }
    return new StyleChoice(text, weighted.group(1), weight(text, weighted.group(2)));
  }

  private static double weight(String text, String number) {
    double weight;
    try {
      weight = Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "the weight in '%s' is no number: write it like 2 or 0.5".formatted(text), e);
    }
    if (weight > 0 && Double.isFinite(weight)) {
      return weight;
    }
    throw new IllegalArgumentException("the weight in '%s' must be > 0 and finite".formatted(text));
  }

  /// The file that is named, if it is not a painting that ships.
  public Optional<Path> file() {
    return shipped().isPresent() ? Optional.empty() : Optional.of(Path.of(painting));
  }

  private Optional<Masterpiece> shipped() {
    return Arrays.stream(Masterpiece.values())
        .filter(known -> known.label().equals(painting))
        .findFirst();
  }

  /// Reads the painting.
  ///
  /// @throws IOException with one line that says what is missing or wrong, and what to do
  public WeightedStyle load() throws IOException {
    return new WeightedStyle(picture(), weight);
  }

  private Picture picture() throws IOException {
    Optional<Masterpiece> shipped = shipped();
    if (shipped.isPresent()) {
      return shipped.get().picture();
    }
    if (!Files.exists(Path.of(painting))) {
      throw new IOException(
          "%s: no such file, and no painting that ships; those are %s"
              .formatted(
                  painting,
                  Arrays.stream(Masterpiece.values())
                      .map(Masterpiece::label)
                      .collect(Collectors.joining(", "))));
    }
    return ArtTask.picture(Path.of(painting));
  }

  /// The paintings that ship, as a table.
  public static Table shippedTable() {
    Table table =
        new Table(
            Table.Column.text("style"), Table.Column.text("title"), Table.Column.text("painter"));
    for (Masterpiece painting : Masterpiece.values()) {
      table.add(painting.label(), painting.title(), painting.source());
    }
    return table;
  }

  /// The names of several styles, for people.
  public static String names(List<StyleChoice> styles) {
    return styles.stream().map(StyleChoice::text).collect(Collectors.joining(" and "));
  }
}
