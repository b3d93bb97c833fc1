package dev.glissade.app.cli;

import dev.glissade.Problem;
import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.problem.ProblemFactory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `problems`: it prints what there is to optimise, each built-in problem with its
/// size, its data and its options. Exit code 0, also where data are missing: `data list` tells
/// that.
@Command(
    name = "problems",
    description = "List the problems that optimizers can be learned for, with their options.",
    footer = {"", "Example:", "  ./glissade train quadratic:dim=20 -o runs/q20"})
final class ProblemsCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private final JsonOption json = new JsonOption();

  /// The entry of an option in what `--json` writes.
  ///
  /// @param name as in `name=value`
  /// @param defaultValue what it is if nothing is said
  /// @param range what it may be, for people
  /// @param summary what it means
  private record OptionEntry(String name, String defaultValue, String range, String summary) {}

  /// The entry of a problem in what `--json` writes.
  ///
  /// @param name with the default options
  /// @param summary what it is
  /// @param source where it comes from
  /// @param coordinates of an objective
  /// @param steps of an episode
  /// @param data sets that must be in place
  /// @param options all there are
  private record Entry(
      String name,
      String summary,
      String source,
      int coordinates,
      int steps,
      List<String> data,
      List<OptionEntry> options) {

    static Entry of(ProblemFactory factory) {
      Problem problem = factory.create();
      return new Entry(
          factory.name(),
          factory.summary(),
          factory.source(),
          problem.layout().size(),
          problem.steps(),
          factory.data(),
          factory.options().stream()
              .map(it -> new OptionEntry(it.name(), it.defaultText(), it.range(), it.summary()))
              .toList());
    }
  }

  /// The result that `--json` writes.
  private record Report(List<Entry> problems) {}

  ProblemsCommand(Context context) {
    this.context = context;
  }

  /// Prints the problems one by one. Each is made with its defaults, which reads no data, to know
  /// its size and the length of its episodes.
  @Override
  public Integer call() throws IOException, FailureException {
    json.check(context);
    Console console = context.console();
    List<Entry> entries = Catalog.factories().stream().map(Entry::of).toList();
    for (Entry entry : entries) {
      console.print("@|bold %s|@  %s".formatted(entry.name, entry.summary));
      console.print(
          "  %s coordinates, episodes of %s steps, data: %s; %s"
              .formatted(
                  Numbers.count(entry.coordinates),
                  Numbers.count(entry.steps),
                  entry.data.isEmpty() ? "none" : String.join(", ", entry.data),
                  entry.source));
      printOptions(console, entry.options);
      console.print("");
    }
    console.print("Options follow a colon: @|bold quadratic:dim=20,start=0.1|@");
    console.print(
        "Your own: @|bold ./glissade train com.example.Fits --classpath fits.jar -o RUN|@;"
            + " see docs/bring-your-own-problem.md");
    json.write(context, new Report(entries));
    return 0;
  }

  /// Prints the options of a problem with their defaults and ranges, from which the option list of
  /// a name such as `quadratic:dim=20` is made.
  private static void printOptions(Console console, List<OptionEntry> options) {
    Table table =
        new Table(
            Column.text("  option"),
            Column.text("default"),
            Column.text("summary", 1),
            Column.text("range", 2));
    for (OptionEntry option : options) {
      table.add("  " + option.name, option.defaultValue, option.summary, option.range);
    }
    table.print(console);
  }
}
