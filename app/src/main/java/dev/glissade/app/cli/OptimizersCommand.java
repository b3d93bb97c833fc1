package dev.glissade.app.cli;

import dev.glissade.app.cli.Table.Column;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.LstmConfiguration;
import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/// `optimizers`: what there is to optimise with.
@Command(
    name = "optimizers",
    description = "List the hand-designed optimizers and the pretrained ones.",
    footer = {"", "Example:", "  ./glissade compare quadratic pretrained:quadratic adam=0.1 rprop"})
final class OptimizersCommand implements Callable<Integer> {

  private final Context context;

  OptimizersCommand(Context context) {
    this.context = context;
  }

  private static String describe(Architecture architecture) {
    LstmConfiguration network = architecture.network();
    String base = architecture.base().map(rule -> rule.baseline() + " + ").orElse("");
    String rule =
        network.layers() == 0
            ? base + "linear"
            : "%sLSTM %d × %d".formatted(base, network.layers(), network.hidden());
    int groups = architecture.groups().size();
    return groups == 0 ? rule : "%s, %d groups".formatted(rule, groups + 1);
  }

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
          baseline.settings().entrySet().stream()
              .map(Object::toString)
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
    for (String name : Pretrained.names()) {
      TrainedOptimizer trained = Pretrained.load(name);
      learned.add(
          OptimizerArgument.PRETRAINED + name,
          trained.history().getOrDefault("problem", "?"),
          describe(trained.architecture()),
          Numbers.loss(
              Double.parseDouble(trained.history().getOrDefault("validationLoss", "NaN"))));
    }
    learned.print(console);
    console.print("");
    console.print("Learning rates of baselines are tuned for each problem; adam=0.01 fixes one.");
    console.print("Your own: @|bold ./glissade train PROBLEM -o RUN|@, then name the folder RUN.");
    return 0;
  }
}
