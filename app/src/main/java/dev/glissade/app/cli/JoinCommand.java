package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.terminal.Markup;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.learned.Probing;
import dev.glissade.learned.TrainedOptimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `join`: it puts two learned optimizers into one file, as [Probing] does. Exit code
/// 0.
@Command(
    name = "join",
    description =
        "Join two learned optimizers into one that finds out by a step whether a function has"
            + " noise, such as that of minibatches, and from there on is the one for that.",
    footer = {
      "",
      "Example:",
      "  ./glissade join runs/noisy pretrained:smooth --out general.safetensors"
    })
final class JoinCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "NOISY",
      completionCandidates = Candidates.OfPretrained.class,
      description =
          "The one for functions with noise: a .safetensors file, a run folder or pretrained:NAME.")
  private String noisy = "";

  @Parameters(
      index = "1",
      paramLabel = "SMOOTH",
      completionCandidates = Candidates.OfPretrained.class,
      description = "The one for functions without, likewise.")
  private String smooth = "";

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "Where to write it, a .safetensors file.")
  private Path out = Path.of("");

  JoinCommand(Context context) {
    this.context = context;
  }

  /// Reads both, tries the file, writes it and prints what is in it.
  @Override
  public Integer call() throws IOException, FailureException {
    OptimizerName.Learned first = OptimizerName.parseLearned(noisy);
    OptimizerName.Learned second = OptimizerName.parseLearned(smooth);
    Outputs.requireApart(OptimizerName.files(List.of(noisy, smooth)), List.of(out));
    Outputs.requireFile(out);
    TrainedOptimizer joined = Probing.join(first.trained(), second.trained());
    joined.save(out);
    context
        .console()
        .print(
            "with noise %s, without %s: %s"
                .formatted(
                    Markup.literal(first.name()),
                    Markup.literal(second.name()),
                    joined.architecture().summary()));
    context.console().note("Wrote " + out);
    return 0;
  }
}
