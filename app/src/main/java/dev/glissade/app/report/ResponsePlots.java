package dev.glissade.app.report;

import dev.glissade.app.report.InspectionReport.Rate;
import dev.glissade.app.report.Plot.Axis;
import dev.glissade.app.report.Plot.Kind;
import dev.glissade.app.report.Plot.Role;
import dev.glissade.app.report.Plot.Series;
import dev.glissade.evaluation.Responses;
import dev.glissade.evaluation.Responses.History;
import dev.glissade.evaluation.Responses.Response;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The figures of an inspection: answers to simple gradients, and learned rates.
final class ResponsePlots {

  private static final List<Double> STEPS =
      IntStream.rangeClosed(1, Responses.STEPS).asDoubleStream().boxed().toList();

  private ResponsePlots() {}

  /// A figure for each kind of history.
  static List<Figure> figures(String optimizer, Responses responses) {
    return List.of(
        figure(InspectionReport.NAME, optimizer, responses, History.CONSTANT),
        figure(InspectionReport.NAME + "-alternating", optimizer, responses, History.ALTERNATING));
  }

  private static Figure figure(
      String name, String optimizer, Responses responses, History history) {
    return new Figure(
        name,
        csv(responses.responses(history)),
        () -> ResponseChart.of(optimizer, responses, history),
        List.of(plot(responses, history)));
  }

  /// The effective learning rates over the steps, a line for each magnitude, the darkest for the
  /// largest.
  static Plot plot(Responses responses, History history) {
    List<Response> all = responses.responses(history);
    String title =
        switch (history) {
          case CONSTANT -> "Effective learning rate under the same gradient at every step";
          case ALTERNATING -> "Effective learning rate under a gradient that changes its sign";
        };
    return new Plot(
        title,
        Kind.LINES,
        Axis.linear("step"),
        Axis.logarithmic(
            "−update / gradient",
            all.stream().flatMap(it -> it.rates().stream()).allMatch(rate -> rate > 0)),
        IntStream.range(0, all.size())
            .mapToObj(i ->
                new Series(
                    "gradient " + brief(all.get(i).magnitude()),
                    Role.LEARNED,
                    Charts.code(Charts.shade((double) i / (all.size() - 1))),
                    STEPS,
                    all.get(i).rates()))
            .toList());
  }

  /// A magnitude without zeros at its end.
  static String brief(double magnitude) {
    return BigDecimal.valueOf(magnitude).stripTrailingZeros().toPlainString();
  }

  private static String csv(List<Response> responses) {
    List<String> columns = new ArrayList<>(List.of("step"));
    responses.forEach(response -> columns.add("gradient " + response.magnitude()));
    Csv csv = new Csv(columns);
    for (int t = 0; t < Responses.STEPS; t++) {
      List<Object> row = new ArrayList<>(List.of(t + 1));
      for (Response response : responses) {
        row.add(response.rates().get(t));
      }
      csv.row(row.toArray());
    }
    return csv.text();
  }

  /// The part of the page on rules that are corrected.
  static Section rates(InspectionReport report) {
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < report.rates().size(); i++) {
      Rate rate = report.rates().get(i);
      series.add(
          new Series(
              "%s, %s".formatted(rate.group(), rate.base()),
              Role.LEARNED,
              Charts.code(Charts.shade((i + 1.0) / report.rates().size())),
              rate.atStep().keySet().stream().map(Double::valueOf).toList(),
              List.copyOf(rate.atStep().values())));
    }
    return new Section(
        "Learning rates of the rules that it corrects",
        List.of(
            "Without its network. Fading is the power by which a gradient that shrinks shortens"
                + " the steps."),
        List.of(
            new Plot(
                "Learned rate",
                Kind.LINES,
                Axis.logarithmic("step", true),
                Axis.logarithmic("rate", true),
                series)),
        Optional.of(TableData.of(report.rateTable())));
  }
}
