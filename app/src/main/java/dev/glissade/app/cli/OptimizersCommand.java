package dev.glissade.app.cli;

import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Numbers;
import dev.glissade.app.terminal.Table;
import dev.glissade.app.terminal.Table.Column;
import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/// The command `optimizers`: it prints what there is to optimise with, the baselines with their
/// settings and sources, and the pretrained optimizers with the problems that they were trained
/// for. The names in the first column are what other commands take. Exit code 0.
@Command(
    name = "optimizers",
    description = "List the hand-designed optimizers and the pretrained ones.",
    footer = {"", "Example:", "  ./glissade compare quadratic pretrained:quadratic adam=0.1 rprop"})
final class OptimizersCommand implements Callable<Integer> {

  private final Context context;

  OptimizersCommand(Context context) {
    this.context = context;
  }

  /// Prints both tables, and how to go on: with a rate that is fixed, or with an optimizer of one's
  /// own.
  @Override
  public Integer call() {
    Console console = context.console();
    Table baselines =
        new Table(
            Column.text("baseline"),
            Column.text("rule"),
            Column.text("settings", 1),
            Column.text("source", 2));
    for (Baseline baseline : Baselines.all()) {
      String settings =
          baseline.settings().stream()
              .map(setting -> setting.name() + "=" + setting.value())
              .collect(Collectors.joining(" "));
      baselines.add(baseline.name(), baseline.summary(), settings, baseline.source());
    }
    baselines.print(console);
    console.print("");
    Table learned =
        new Table(
            Column.text("learned"),
            Column.text("trained for"),
            Column.text("network", 1),
            Column.number("validation loss", 2));
    for (Pretrained pretrained : Pretrained.values()) {
      TrainedOptimizer trained = pretrained.load();
      learned.add(
          OptimizerName.PRETRAINED + pretrained.label(),
          trained.history().text("problem"),
          trained.architecture().summary(),
          validationLoss(trained));
    }
    learned.print(console);
    console.print("");
    console.print(
        "@|bold %s|@ is the one to begin with: for networks and functions of any kind, untuned."
            .formatted(OptimizerName.PRETRAINED + Pretrained.DEFAULT.label()));
    console.print("Learning rates of baselines are tuned for each problem; adam=0.01 fixes one.");
    console.print("adam+cosine, and so each of them, fades over the run along half a cosine.");
    console.print("Your own: @|bold ./glissade train PROBLEM -o RUN|@, then name the folder RUN.");
    return 0;
  }

  /// The loss that a training was judged by; – where there was none, as after `imitate`.
  private static String validationLoss(TrainedOptimizer trained) {
    return trained.history().has("validationLoss")
        ? Numbers.loss(trained.history().real("validationLoss"))
        : "–";
  }
}
