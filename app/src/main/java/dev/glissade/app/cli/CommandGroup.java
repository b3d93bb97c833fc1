package dev.glissade.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// A command that does nothing itself, such as `data`: its commands do the work. [Glissade] makes
/// the groups; name, description and children are all that differs between them.
@Command(synopsisSubcommandLabel = "COMMAND")
final class CommandGroup implements Callable<Integer> {

  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create();

  private CommandGroup(Context context) {
    this.context = context;
  }

  /// Makes a group with its commands.
  ///
  /// @param context where the help is printed
  /// @param name as it stands on the command line
  /// @param description one sentence for its help
  /// @param examples whole command lines, for its help
  /// @param children its commands, in the order of the help
  /// @return the group, to be added to the root
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

  /// Prints the help where no command of the group was named; the exit code is that of a wrong
  /// argument, 2.
  @Override
  public Integer call() {
    spec.commandLine().usage(context.console().out());
    return CommandLine.ExitCode.USAGE;
  }
}
