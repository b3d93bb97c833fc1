package dev.glissade.app.cli;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.catalog.FirstLook;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.app.terminal.Progress;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Readout;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Imitated;
import dev.glissade.training.MetaTraining;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `imitate`: it fits LSTMs that correct a rule to another optimizer, as [Readout]
/// does. Exit code 0.
@Command(
    name = "imitate",
    description =
        "Teach LSTMs that correct a rule (--base, --groups) what another optimizer of its kind does."
            + " Their gates are drawn; their outputs are fitted by least squares, in one pass over"
            + " its runs.",
    footer = {
      "",
      "Example:",
      "  ./glissade imitate muon+cosine=0.02,steps=100 digits -o faded.safetensors --base muon=0.01"
          + " --preprocessing log-sign:10+time"
    })
final class ImitateCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "TEACHER",
      description = "A baseline with its rate, 'muon+cosine=0.02,steps=100', or pretrained:NAME.")
  private String teacher = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "PROBLEM",
      completionCandidates = Candidates.OfProblems.class,
      description = ProblemName.FORMS + "; several for runs on each.")
  private List<String> problems = List.of();

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "Runs of the teacher on each problem, on TRAIN instances (default: 1).")
  private int runs = 1;

  @Option(
      names = "--steps",
      paramLabel = "N",
      description = "Steps of a run (default: the first problem's).")
  private Optional<Integer> steps = Optional.empty();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "Where to write the optimizer, a .safetensors file.")
  private Path out = Path.of("");

  @Mixin private final ArchitectureOptions architecture = new ArchitectureOptions();
  @Mixin private final ProblemOptions options;
  @Mixin private final RunOptions run = new RunOptions();

  ImitateCommand(Context context) {
    this.context = context;
    this.options = new ProblemOptions(context);
  }

  /// Makes the runs, fits, writes the file and says what is in it.
  @Override
  public Integer call() throws IOException, FailureException {
    if (runs < 1) {
      throw new IllegalArgumentException("--runs must be >= 1, got " + runs);
    }
    Imitated imitated = Imitated.parse(teacher);
    Catalog catalog = options.catalog();
    List<ProblemName> names = problems.stream().map(catalog::problem).toList();
    Problem first = names.getFirst().problem();
    int count = steps.orElse(first.steps());
    Architecture<?> pupil = architecture.applyTo(MetaTraining.of(first)).architecture();
    Readout.check(pupil);
    Outputs.requireFile(out);
    for (ProblemName name : names) {
      FirstLook.at(name, Problem.Split.TRAIN, context.console());
    }
    TrainedOptimizer learned =
        new TrainedOptimizer(pupil, fit(pupil, imitated, names, count), history(names, count));
    learned.save(out);
    context.console().print(pupil.summary() + ", after " + imitated);
    context.console().note("Wrote " + out);
    return 0;
  }

  private float[] fit(
      Architecture<?> pupil, Imitated imitated, List<ProblemName> names, int count) {
    List<Objective> objectives = new ArrayList<>();
    for (ProblemName name : names) {
      for (int i = 0; i < runs; i++) {
        long seed = Seeds.derive(run.seed(), "imitation", i);
        objectives.add(name.problem().sample(Problem.Split.TRAIN, seed));
      }
    }
    long total = (long) count * objectives.size();
    try (Progress progress = new Progress(context.console(), "imitation", 0, total)) {
      return Readout.fit(
          pupil,
          run.seed(),
          imitated.optimizer(),
          objectives,
          count,
          made -> progress.update(made, ""));
    }
  }

  private JsonObject history(List<ProblemName> names, int count) {
    List<String> all = names.stream().map(name -> name.problem().name()).toList();
    return JsonObject.empty()
        .with("problem", all.getFirst())
        .with("mix", all.subList(1, all.size()))
        .with("imitated", teacher)
        .with("steps", count)
        .with("runs", runs)
        .with("seed", run.seed());
  }
}
