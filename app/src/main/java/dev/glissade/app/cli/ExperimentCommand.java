package dev.glissade.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/// `experiment`: the paper's figures. Its commands do the work.
@Command(
    name = "experiment",
    description =
        "Run the experiments of Andrychowicz et al. 2016, figure by figure, and put the results"
            + " beside the paper's.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  ./glissade experiment list",
      "  ./glissade experiment run fig4-quadratic"
    })
final class ExperimentCommand implements Callable<Integer> {

  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  private ExperimentCommand(Context context) {
    this.context = context;
  }

  /// The command with its commands.
  static CommandLine tree(Context context) {
    return new CommandLine(new ExperimentCommand(context))
        .addSubcommand(new ExperimentListCommand(context))
        .addSubcommand(new ExperimentRunCommand(context));
  }

  /// Without a command: the help.
  @Override
  public Integer call() {
    spec.commandLine().usage(context.console().out());
    return CommandLine.ExitCode.USAGE;
  }
}
