package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.problem.Option;
import dev.glissade.problem.ProblemFactory;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// The command `problems`: it prints what there is to optimise, each built-in problem with its
/// size, its data and its options. Exit code 0, also where data are missing: `data list` tells
/// that.
@Command(
    name = "problems",
    description = "List the problems that optimizers can be learned for, with their options.",
    footer = {"", "Example:", "  ./glissade train quadratic:dim=20 -o runs/q20"})
final class ProblemsCommand implements Callable<Integer> {

  private final Context context;

  ProblemsCommand(Context context) {
    this.context = context;
  }

  /// Prints the problems one by one. Each is made with its defaults, which reads no data, to know
  /// its size and the length of its episodes.
  @Override
  public Integer call() {
    Console console = context.console();
    for (ProblemFactory factory : Catalog.factories()) {
      Problem problem = factory.create();
      console.print("@|bold %s|@  %s".formatted(factory.name(), factory.summary()));
      console.print(
          "  %s coordinates, episodes of %s steps, data: %s; %s"
              .formatted(
                  Numbers.count(problem.layout().size()),
                  Numbers.count(problem.steps()),
                  factory.data().isEmpty() ? "none" : String.join(", ", factory.data()),
                  factory.source()));
      printOptions(console, factory);
      console.print("");
    }
    console.print("Options follow a colon: @|bold quadratic:dim=20,start=0.1|@");
    console.print(
        "Your own: @|bold ./glissade train com.example.Fits --classpath fits.jar -o RUN|@;"
            + " see docs/bring-your-own-problem.md");
    return 0;
  }

  /// Prints the options of a problem with their defaults and ranges, from which the option list of
  /// a name such as `quadratic:dim=20` is made.
  private static void printOptions(Console console, ProblemFactory factory) {
    Table table =
        new Table(
            Column.text("  option"),
            Column.text("default"),
            Column.text("summary", 1),
            Column.text("range", 2));
    for (Option<?> option : factory.options()) {
      table.add("  " + option.name(), option.defaultText(), option.summary(), option.range());
    }
    table.print(console);
  }
}
