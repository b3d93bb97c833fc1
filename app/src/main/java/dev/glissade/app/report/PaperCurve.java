package dev.glissade.app.report;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/// A curve of one of the paper's figures, as far as it is known. Most values were read from the
/// figure's vector paths, good to about 1 %.
///
/// @param optimizer `LSTM` or `LSTM-sub`, or the name of a baseline
/// @param losses by step, ascending
/// @param lastTen the mean over the last ten steps
/// @param sum over all steps but step 0
public record PaperCurve(
    String optimizer,
    SortedMap<Integer, Double> losses,
    OptionalDouble lastTen,
    OptionalDouble sum) {

  public PaperCurve {
    losses = Collections.unmodifiableSortedMap(new TreeMap<>(losses));
  }

  /// A curve of which nothing is known yet; the other methods add what is.
  public static PaperCurve of(String optimizer) {
    return new PaperCurve(
        optimizer, new TreeMap<>(), OptionalDouble.empty(), OptionalDouble.empty());
  }

  /// The loss at a step, if it is known.
  public OptionalDouble loss(int step) {
    Double loss = losses.get(step);
    return loss == null ? OptionalDouble.empty() : OptionalDouble.of(loss);
  }

  /// This curve with one more loss.
  public PaperCurve at(int step, double loss) {
    SortedMap<Integer, Double> more = new TreeMap<>(losses);
    more.put(step, loss);
    return new PaperCurve(optimizer, more, lastTen, sum);
  }

  /// This curve with its mean over the last ten steps.
  public PaperCurve lastTen(double loss) {
    return new PaperCurve(optimizer, losses, OptionalDouble.of(loss), sum);
  }

  /// This curve with its sum over all steps but step 0.
  public PaperCurve sum(double losses) {
    return new PaperCurve(optimizer, this.losses, lastTen, OptionalDouble.of(losses));
  }
}
