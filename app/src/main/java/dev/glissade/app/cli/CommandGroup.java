package dev.glissade.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that does nothing itself: its commands do the work.
@Command(synopsisSubcommandLabel = "COMMAND")
final class CommandGroup implements Callable<Integer> {

  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  private CommandGroup(Context context) {
    this.context = context;
  }

  /// A group with its commands.
  ///
  /// @param examples whole command lines, for its help
  static CommandLine of(
      Context context,
      String name,
      String description,
      List<String> examples,
      List<Callable<Integer>> children) {
    List<String> footer = new ArrayList<>(List.of("", "Examples:"));
    examples.forEach(example -> footer.add("  " + example));
    CommandLine group = new CommandLine(new CommandGroup(context)).setCommandName(name);
    group
        .getCommandSpec()
        .usageMessage()
        .description(description)
        .footer(footer.toArray(String[]::new));
    children.forEach(group::addSubcommand);
    return group;
  }

  /// Without a command: the help.
  @Override
  public Integer call() {
    spec.commandLine().usage(context.console().out());
    return CommandLine.ExitCode.USAGE;
  }
}
