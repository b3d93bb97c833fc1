package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.report.InspectionReport;
import dev.glissade.app.report.InspectionText;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `inspect`: it prints what a learned optimizer is, how it was trained, how large its
/// weights are, which learning rates it has learned, and what it answers to simple gradients.
///
/// With `--out` it writes that as data, pictures and a page. Exit code 0.
@Command(
    name = "inspect",
    description =
        "Show what a learned optimizer is, how it came to be, and what it has learned: its update"
            + " as a function of the gradients it has seen.",
    footer = {"", "Example:", "  ./glissade inspect pretrained:quadratic --out ."})
final class InspectCommand implements Callable<Integer> {

  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "OPTIMIZER",
      completionCandidates = Candidates.OfPretrained.class,
      description = "A .safetensors file, a run folder or pretrained:NAME.")
  private String optimizer = "";

  @Mixin private final JsonOption json = new JsonOption();
  @Mixin private final OutOption out = new OutOption();

  InspectCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() throws IOException, FailureException {
    OptimizerName.Learned learned = OptimizerName.parseLearned(optimizer);
    json.check(context, OptimizerName.files(List.of(optimizer)), out.files(InspectionReport.NAME));
    out.check();
    InspectionReport report =
        InspectionReport.of(learned.name(), learned.trained(), RunOptions.command(spec));
    InspectionText.print(report, context.console());
    json.write(context, report);
    out.write(context, report);
    return 0;
  }
}
