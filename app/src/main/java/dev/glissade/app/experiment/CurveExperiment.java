package dev.glissade.app.experiment;

import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.report.ComparisonReport;
import dev.glissade.app.report.CurveReport;
import dev.glissade.app.report.PaperCurve;
import dev.glissade.app.report.PaperScale;
import java.io.IOException;
import java.util.List;

/// An experiment that compares learning curves on one problem; most figures of the paper are of
/// this kind.
///
/// @param name on the command line
/// @param figure of the paper, such as `4 left`
/// @param summary what it shows, in a few words
/// @param time that it takes, or `–`
/// @param problem what the optimizers are run on
/// @param design who is compared, and on how much
/// @param training how an optimizer for it is trained
/// @param marks the steps at which losses are reported, ascending, the last one last
/// @param scale of the paper's losses
/// @param paper the figure's curves, as far as they are known
public record CurveExperiment(
    String name,
    String figure,
    String summary,
    String time,
    String problem,
    Design design,
    TrainingRecipe training,
    List<Integer> marks,
    PaperScale scale,
    List<PaperCurve> paper)
    implements Experiment {

  /// Checks that the last mark is the last step: tables show its loss as the final one.
  public CurveExperiment {
    marks = List.copyOf(marks);
    paper = List.copyOf(paper);
    if (marks.getLast() != design.steps()) {
      throw new IllegalArgumentException(
          "%s: the last mark must be step %s, got %s".formatted(name, design.steps(), marks));
    }
  }

  @Override
  public List<String> problems() {
    return List.of(problem);
  }

  @Override
  public CurveExperiment with(Design changed) {
    return new CurveExperiment(
        name, figure, summary, time, problem, changed, training, marks, scale, paper);
  }

  /// The paper's curve to compare an optimizer's with; one without values if there is none.
  ///
  /// @param optimizer our name of it
  public PaperCurve counterpart(String optimizer) {
    String wanted = design.paperName(optimizer);
    return paper.stream()
        .filter(curve -> curve.optimizer().equals(wanted))
        .findFirst()
        .orElse(PaperCurve.of(wanted));
  }

  /// Compares the optimizers, and sets the paper's values next to ours.
  @Override
  public CurveReport measure(ExperimentRun run, List<OptimizerName.Learned> learned)
      throws IOException {
    ComparisonReport comparison = run.compare(learned).getFirst();
    return CurveReport.of(run.origin(), scale, marks, this::counterpart, comparison);
  }
}
