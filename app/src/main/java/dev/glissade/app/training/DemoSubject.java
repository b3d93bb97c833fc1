package dev.glissade.app.training;

import dev.glissade.BlockFilter;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Group;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.meta.MetaLoss;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.optimizer.Baselines;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outer;
import dev.glissade.training.Validation;
import java.util.List;
import java.util.function.UnaryOperator;

/// What a demo learns an optimizer for, and how much of everything it takes, so that it is over in
/// one or two minutes on two cores with AVX-512.
public enum DemoSubject {

  /// The class of problems in the text of the paper's section 3.1. A run on ten coordinates costs
  /// little, so `instances` is twice what `compare` takes; `tuningInstances` is what it takes, so
  /// that either finds the rates that the other remembers.
  QUADRATICS(
      "demo",
      "Learn an optimizer for random quadratic functions, here and now, and compare it with"
          + " tuned hand-designed ones on functions that none of them has seen. The report, the"
          + " pictures and the optimizer go to runs/demo, or to --out.",
      "quadratic",
      "random functions",
      "runs/demo",
      700,
      512,
      128,
      UnaryOperator.identity()),

  /// The network that tells handwritten digits apart, whose images ship with Glissade. Two LSTMs
  /// learn to correct Muon and Adam: that takes a hundredth of the episodes of LSTMs that learn all
  /// of an update.
  NETWORKS(
      "networks",
      "Learn an optimizer for a small network that tells handwritten digits apart, here and now,"
          + " and compare it with tuned hand-designed ones on digits of people whose writing"
          + " none of them has seen. Needs no download. The report, the pictures and the optimizer"
          + " go to runs/demo-networks, or to --out.",
      "digits",
      "networks with random weights",
      "runs/demo-networks",
      80,
      32,
      8,
      DemoSubject::correctingMuon);

  private final String command;
  private final String description;
  private final String problem;
  private final String members;
  private final String folder;
  private final long episodes;
  private final int instances;
  private final int tuningInstances;

  @SuppressWarnings("ImmutableEnumChecker") // functions without a state
  private final UnaryOperator<MetaTraining> recipe;

  DemoSubject(
      String command,
      String description,
      String problem,
      String members,
      String folder,
      long episodes,
      int instances,
      int tuningInstances,
      UnaryOperator<MetaTraining> recipe) {
    this.command = command;
    this.description = description;
    this.problem = problem;
    this.members = members;
    this.folder = folder;
    this.episodes = episodes;
    this.instances = instances;
    this.tuningInstances = tuningInstances;
    this.recipe = recipe;
  }

  /// The last word of the command line that shows it.
  public String command() {
    return command;
  }

  /// One paragraph for the help.
  public String description() {
    return description;
  }

  /// What the problem's objectives are, in the plural, for people.
  public String members() {
    return members;
  }

  /// The folder without `--out`.
  public String folder() {
    return folder;
  }

  /// The number of TEST objectives of the comparison.
  public int instances() {
    return instances;
  }

  /// The number of VALIDATION objectives for the baselines' rates.
  public int tuningInstances() {
    return tuningInstances;
  }

  /// A training that starts at Muon for matrices and Adam for biases, and whose losses count by
  /// their logarithms: it is worth as much to end twice as low as to start twice as low.
  private static MetaTraining correctingMuon(MetaTraining training) {
    Preprocessing inputs =
        new Preprocessing.Both(new Preprocessing.LogSign(10), new Preprocessing.AdamLike(0.95));
    Lstm network = new Lstm(2, 20, inputs, 0.3);
    Group matrices =
        new Group(
            "matrices",
            new BlockFilter("weights"),
            new Corrected(network, Baselines.find("muon").rule(0.03)));
    Corrected rest = new Corrected(network, Baselines.find("adam").rule(0.05));
    return training
        .withFamily(new Grouped(List.of(matrices), rest))
        .withEstimator(new TruncatedBptt(training.episodes().steps(), 0.5))
        .withEpisodes(training.episodes().withBatch(2).withLoss(MetaLoss.LOGARITHMS))
        .withOuter(Outer.adam(0.005))
        .withValidation(new Validation(20, 16));
  }

  /// The training, with the usual number of episodes and seed.
  public MetaTraining training() {
    MetaTraining usual = MetaTraining.of(Catalog.builtIn().problem(problem).problem());
    return recipe.apply(usual).withEpisodes(episodes);
  }
}
