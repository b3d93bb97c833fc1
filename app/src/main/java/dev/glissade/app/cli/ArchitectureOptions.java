package dev.glissade.app.cli;

import dev.glissade.BlockFilter;
import dev.glissade.app.catalog.ArchitectureText;
import dev.glissade.app.catalog.ArchitectureText.Form;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.Secants;
import dev.glissade.optimizer.Rule;
import dev.glissade.training.MetaTraining;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/// The options that say what is learned: a network, and what its output is to an update;
/// [TrainingOptions] holds them.
final class ArchitectureOptions {

  /// The text that takes away what the training has, for `--base` and `--groups`.
  private static final String NONE = "none";

  /// The groups of blocks, as [ArchitectureText#parseGroups] reads them, or [#NONE].
  @Option(
      names = "--groups",
      paramLabel = "GROUPS",
      description =
          "An LSTM of its own for blocks whose names match, 'conv=conv.*weights', or a baseline,"
              + " 'offsets=offset$:sgd=0.01', or a baseline that an LSTM corrects,"
              + " 'conv=conv.*weights+nesterov=0.01'; several with ';'; 'none' for one LSTM.")
  private Optional<String> groups = Optional.empty();

  /// The rule to correct, with its rate, or [#NONE].
  @Option(
      names = "--base",
      paramLabel = "RULE=RATE",
      description =
          "Learn to correct a baseline, 'nesterov=0.1', and its rate, in place of the whole"
              + " update; 'none' for the whole update.")
  private Optional<String> base = Optional.empty();

  /// The number of pieces of each schedule, 1 to 24.
  @Option(
      names = "--half-decades",
      paramLabel = "N",
      description =
          "Learn how a baseline's rate changes over 10^(N/2) steps, with a power law for each half"
              + " of a decade (default: 6, 1,000 steps).")
  private Optional<Integer> halfDecades = Optional.empty();

  /// The number of pairs that a quasi-Newton rule keeps, ≥ 1.
  @Option(
      names = "--quasi-newton",
      paramLabel = "PAIRS",
      description =
          "Learn the scales and lengths of quasi-Newton steps from so many past ones, in place of"
              + " the whole update: for functions without noise.")
  private Optional<Integer> quasiNewton = Optional.empty();

  @Option(
      names = "--secants",
      paramLabel = "WHICH",
      description =
          "Which of these pairs bind the inverse Hessian: 'conjugate', all that agree, or 'newest',"
              + " as in L-BFGS (default: conjugate).")
  private Optional<Secants> secants = Optional.empty();

  @Option(
      names = "--smooth",
      paramLabel = "BLOCKS",
      description =
          "Learn the rule in smoothed coordinates of the blocks whose names match, which are grids:"
              + " 'pixels', in which a step of one moves its neighbours along.")
  private Optional<String> smooth = Optional.empty();

  @Option(
      names = "--layers",
      paramLabel = "N",
      description = "LSTM layers; 0 is a linear rule (default: 2).")
  private Optional<Integer> layers = Optional.empty();

  @Option(
      names = "--hidden",
      paramLabel = "N",
      description = "Hidden units in a layer (default: 20).")
  private Optional<Integer> hidden = Optional.empty();

  @Option(
      names = "--preprocessing",
      paramLabel = "P",
      description =
          "What the network sees of a gradient: identity, log-sign:10, adam-like:0.95, or both:"
              + " log-sign:10+adam-like:0.95; each with +time for the time as one more input"
              + " (default: identity; log-sign:10 beyond 1,000 coordinates).")
  private Optional<String> preprocessing = Optional.empty();

  /// The factor from output to update, not 0; a smaller one keeps the first episodes from
  /// diverging.
  @Option(
      names = "--output-scale",
      paramLabel = "X",
      description =
          "Factor from the network's output to the update (default: 1; 0.1 beyond 1,000"
              + " coordinates).")
  private Optional<Double> outputScale = Optional.empty();

  @Option(
      names = "--output",
      paramLabel = "FUNCTION",
      description =
          "What becomes of the network's output before it is scaled: linear, or tanh, so that no"
              + " update is larger than the scale (default: linear).")
  private Optional<Lstm.Output> output = Optional.empty();

  /// The number of cells of each layer, 0 to `--hidden`.
  @Option(
      names = "--global-cells",
      paramLabel = "N",
      description =
          "Average so many cells of each layer over all coordinates at each step; beyond 1,000"
              + " coordinates with --estimator bptt:coordinateFraction=1 (default: 0).")
  private Optional<Integer> globalCells = Optional.empty();

  /// The training with the architecture that was asked for. Where no option was given it keeps its
  /// own, be it one that these options cannot describe.
  ///
  /// @param training any; it is not changed
  /// @throws IllegalArgumentException if its architecture is not of one kind of LSTM, or options
  ///   exclude each other
  MetaTraining applyTo(MetaTraining training) {
    return givesAny()
        ? training.withFamily(changed(training.architecture()).architecture())
        : training;
  }

  private boolean givesAny() {
    return Stream.of(
            groups,
            base,
            halfDecades,
            quasiNewton,
            secants,
            smooth,
            layers,
            hidden,
            preprocessing,
            outputScale,
            output,
            globalCells)
        .anyMatch(Optional::isPresent);
  }

  /// The architecture with what was given, by way of the description that the command line has for
  /// it.
  private ArchitectureText changed(Architecture<?> architecture) {
    if (base.isPresent() && quasiNewton.isPresent()) {
      throw new IllegalArgumentException("--base and --quasi-newton exclude each other");
    }
    ArchitectureText old = ArchitectureText.of(architecture);
    ArchitectureText changed = old.withNetwork(network(old.network())).withForm(form(old.form()));
    if (groups.isPresent()) {
      String given = groups.get().equals(NONE) ? "" : groups.get();
      changed = changed.withGroups(ArchitectureText.parseGroups(given));
    }
    if (halfDecades.isPresent() && !changed.corrects()) {
      throw new IllegalArgumentException(
          "--half-decades is for rules that are corrected: name one with --base or --groups");
    }
    return halfDecades.map(changed::withHalfDecades).orElse(changed);
  }

  private Lstm network(Lstm old) {
    return new Lstm(
        layers.orElse(old.layers()),
        hidden.orElse(old.hidden()),
        preprocessing.map(Preprocessing::parse).orElse(old.inputs()),
        outputScale.orElse(old.outputScale()),
        output.orElse(old.output()),
        globalCells.orElse(old.globalCells()));
  }

  private Form form(Form old) {
    Form form = base.map(ArchitectureOptions::correction).orElse(old);
    if (quasiNewton.isPresent() || secants.isPresent()) {
      form = curvature(old);
    }
    return smooth.isPresent() ? smooth(form, new BlockFilter(smooth.get())) : form;
  }

  /// The form that `--base` says.
  private static Form correction(String text) {
    return text.equals(NONE)
        ? new ArchitectureText.Whole()
        : new ArchitectureText.Correction(Rule.parse(text));
  }

  /// The quasi-Newton rule of a training with what was given.
  private Form curvature(Form old) {
    if (old instanceof ArchitectureText.Smooth(Form rule, BlockFilter blocks)) {
      return new ArchitectureText.Smooth(curvature(rule), blocks);
    }
    if (old instanceof ArchitectureText.Curvature(int memory, Secants which)) {
      return new ArchitectureText.Curvature(quasiNewton.orElse(memory), secants.orElse(which));
    }
    if (quasiNewton.isEmpty()) {
      throw new IllegalArgumentException("--secants is for quasi-Newton rules: add --quasi-newton");
    }
    return new ArchitectureText.Curvature(quasiNewton.get(), secants.orElse(Secants.CONJUGATE));
  }

  private static Form smooth(Form form, BlockFilter grids) {
    return form instanceof ArchitectureText.Smooth(Form rule, _)
        ? new ArchitectureText.Smooth(rule, grids)
        : new ArchitectureText.Smooth(form, grids);
  }
}
