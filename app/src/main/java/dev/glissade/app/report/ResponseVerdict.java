package dev.glissade.app.report;

import dev.glissade.app.terminal.Numbers;
import dev.glissade.evaluation.Responses;
import dev.glissade.evaluation.Responses.History;
import dev.glissade.evaluation.Responses.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sentences on what a learned optimizer does with simple gradients: whether it gathers speed,
/// whether it slows down, whether the size of a gradient counts.
final class ResponseVerdict {

  /// Steps that are longer or shorter by less than this factor are about as long.
  private static final double ABOUT = 1.5;

  private ResponseVerdict() {}

  /// Writes the sentences; none where an optimizer goes up a constant gradient.
  static List<String> of(Responses responses) {
    List<String> sentences = new ArrayList<>();
    change(responses, History.CONSTANT)
        .ifPresent(
            times -> sentences.add("Under the same gradient at every step it " + pace(times)));
    change(responses, History.ALTERNATING)
        .ifPresent(times ->
            sentences.add("Under one that changes its sign at every step it " + pace(times)));
    size(responses).ifPresent(sentences::add);
    return sentences;
  }

  private static String pace(double times) {
    return "%s: step %s is %s times as long as the first."
        .formatted(
            times > ABOUT ? "speeds up" : times < 1 / ABOUT ? "slows down" : "keeps its pace",
            Responses.STEPS,
            Numbers.digits(times, 2));
  }

  /// How much longer the last step is than the first, for the middle one of the magnitudes.
  private static Optional<Double> change(Responses responses, History history) {
    List<Response> all = responses.responses(history);
    List<Double> rates = all.get(all.size() / 2).rates();
    return ratio(rates.getLast(), rates.getFirst());
  }

  /// Whether larger gradients make larger steps.
  private static Optional<String> size(Responses responses) {
    List<Response> all = responses.responses(History.CONSTANT);
    Response small = all.getFirst();
    Response large = all.getLast();
    double gradients = large.magnitude() / small.magnitude();
    return ratio(large.rates().getFirst(), small.rates().getFirst())
        .map(ratio -> gradients * ratio)
        .map(steps ->
            "A gradient %s times as large makes a first step %s."
                .formatted(
                    Numbers.count(Math.round(gradients)),
                    steps > 1 / ABOUT && steps < ABOUT
                        ? "about as long: its sign counts, not its size"
                        : Numbers.digits(steps, 2) + " times as long"));
  }

  /// The ratio of two rates; empty where one of them goes up.
  private static Optional<Double> ratio(double a, double b) {
    return a > 0 && b > 0 ? Optional.of(a / b) : Optional.empty();
  }
}
