package dev.glissade.app.cli;

import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.experiment.Experiment;
import dev.glissade.app.experiment.Experiments;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.torch.data.DataCatalog;
import dev.glissade.torch.data.DataSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The words that a shell offers in the place of an argument. Each kind is a class, because that is
/// how picocli takes them.
final class Candidates {

  private Candidates() {}

  /// The names of the built-in problems.
  static final class OfProblems extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    OfProblems() {
      super(Catalog.factories().stream().map(ProblemFactory::name).toList());
    }
  }

  /// The names of the hand-designed optimizers.
  static final class OfBaselines extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    OfBaselines() {
      super(Baselines.all().stream().map(Baseline::name).toList());
    }
  }

  /// The names of the pretrained optimizers.
  static final class OfPretrained extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    OfPretrained() {
      super(pretrained());
    }
  }

  /// The names of all optimizers that ship.
  static final class OfOptimizers extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    OfOptimizers() {
      super(pretrained());
      addAll(new OfBaselines());
      add("baselines");
    }
  }

  /// The names of the experiments, and all of them.
  static final class OfExperiments extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    OfExperiments() {
      super(Experiments.standard().all().stream().map(Experiment::name).toList());
      add("all");
    }
  }

  /// The names of the data sets.
  static final class OfData extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    OfData() {
      super(DataCatalog.all().stream().map(DataSet::name).toList());
    }
  }

  private static List<String> pretrained() {
    return Arrays.stream(Pretrained.values())
        .map(pretrained -> OptimizerName.PRETRAINED + pretrained.label())
        .toList();
  }
}
