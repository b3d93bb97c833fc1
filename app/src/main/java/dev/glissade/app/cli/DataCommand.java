package dev.glissade.app.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/// `data`: what data sets there are, and whether they are here. Its commands do the work.
@Command(
    name = "data",
    description = "List, fetch and verify the data sets that some problems need.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  ./glissade data list",
      "  ./glissade data fetch mnist",
      "  ./glissade data verify"
    })
final class DataCommand implements Callable<Integer> {

  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  private DataCommand(Context context) {
    this.context = context;
  }

  /// The command with its commands.
  static CommandLine tree(Context context) {
    return new CommandLine(new DataCommand(context))
        .addSubcommand(new DataListCommand(context))
        .addSubcommand(new DataFetchCommand(context))
        .addSubcommand(new DataVerifyCommand(context));
  }

  /// Without a command: the help.
  @Override
  public Integer call() {
    spec.commandLine().usage(context.console().out());
    return CommandLine.ExitCode.USAGE;
  }
}
