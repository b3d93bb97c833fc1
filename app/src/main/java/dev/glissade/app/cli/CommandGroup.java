package dev.glissade.app.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/// A command that does nothing itself: its commands do the work.
///
/// @param context where its help goes
/// @param name on the command line
/// @param description for its help
/// @param examples whole command lines, for its help
/// @param children its commands
record CommandGroup(
    Context context,
    String name,
    String description,
    List<String> examples,
    List<Callable<Integer>> children) {

  CommandGroup {
    examples = List.copyOf(examples);
    children = List.copyOf(children);
  }

  /// The command with its commands. Without one of them it shows its help.
  CommandLine commandLine() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection((Callable<Integer>) this::help);
    List<String> footer = new ArrayList<>(List.of("", "Examples:"));
    examples.forEach(example -> footer.add("  " + example));
    spec.name(name)
        .usageMessage()
        .description(description)
        .synopsisSubcommandLabel("COMMAND")
        .footer(footer.toArray(String[]::new));
    CommandLine group = new CommandLine(spec);
    children.forEach(group::addSubcommand);
    return group;
  }

  private int help() {
    commandLine().usage(context.console().out());
    return CommandLine.ExitCode.USAGE;
  }
}
