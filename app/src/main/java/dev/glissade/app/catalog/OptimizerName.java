package dev.glissade.app.catalog;

import dev.glissade.Optimizer;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Entrant;
import dev.glissade.evaluation.RateSource;
import dev.glissade.internal.Suggestions;
import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Guarded;
import dev.glissade.training.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// An optimizer as named on the command line: `adam`, `adam=0.01`, `adam+cosine`,
/// `pretrained:NAME`, a `.safetensors` file, or the folder of a run.
public sealed interface OptimizerName {

  /// The forms that a name can have, in the words of help texts.
  String FORMS =
      "a baseline (adam; adam=0.01 fixes its rate; adam+cosine lets it fade), pretrained:NAME, a"
          + " .safetensors file, or a run folder; guarded:OPTIMIZER[,fallback=NAME] watches one";

  /// The prefix of optimizers that are watched, and what comes before the one to fall back to.
  String GUARDED = "guarded:";

  /// What stands before the optimizer that a guard falls back to.
  String FALLBACK = ",fallback=";

  /// The optimizer that a guard falls back to if that is not said.
  String USUAL_FALLBACK = "adam";

  /// The word for all baselines of [Baselines#standard].
  String BASELINES = "baselines";

  /// The prefix of optimizers that ship with Glissade.
  String PRETRAINED = "pretrained:";

  /// The name in tables and plots.
  String name();

  /// The optimizer, at some learning rate if it is yet to be tuned. It shows what the optimizer
  /// needs, such as memory, which does not depend on the rate.
  Optimizer<?> sample();

  /// The optimizer as it takes part in a comparison.
  ///
  /// @param steps of a run: a rate that fades does so over all of them
  Entrant entrant(int steps);

  /// A hand-designed rule, with or without a rate.
  ///
  /// @param name as the user wrote it, the rate included
  /// @param baseline the rule without its rate
  /// @param rate its learning rate; empty if that is to be tuned
  record Named(String name, Baseline baseline, Optional<Double> rate) implements OptimizerName {
    @Override
    public Optimizer<?> sample() {
      return baseline.rule(rate.orElse(1.0), 1).optimizer();
    }

    @Override
    public Entrant entrant(int steps) {
      return rate.<Entrant>map(given ->
              new Entrant.Ready(
                  new Contender.Designed(name, baseline.rule(given, steps), RateSource.GIVEN)))
          .orElseGet(() -> new Entrant.Untuned(name, baseline));
    }
  }

  /// A learned optimizer, as a rule read from its file.
  ///
  /// @param name in tables and plots: for a file, `pretrained:NAME` or the last part of the path
  /// @param trained its weights, architecture and history
  record Learned(String name, TrainedOptimizer trained) implements OptimizerName {
    @Override
    public Optimizer<?> sample() {
      return trained.optimizer();
    }

    @Override
    public Entrant entrant(int steps) {
      return new Entrant.Ready(
          new Contender.Learned(name, trained.architecture().summary(), trained.optimizer()));
    }
  }

  /// An optimizer that is watched, and the one that goes on where it fails.
  ///
  /// @param name as the user wrote it
  record Guard(String name, OptimizerName inner, OptimizerName fallback) implements OptimizerName {
    @Override
    public Optimizer<?> sample() {
      return new Guarded<>(inner.sample(), fallback.sample());
    }

    @Override
    public Entrant entrant(int steps) {
      return new Entrant.Watched(name, inner.entrant(steps), fallback.entrant(steps));
    }
  }

  /// The two names in that of an optimizer that is watched.
  ///
  /// @param watched the optimizer inside of the guard
  /// @param fallback the one that goes on where it fails
  record Guarding(String watched, String fallback) {

    /// The names in a text; empty if it is not that of an optimizer that is watched.
    static Optional<Guarding> of(String text) {
      if (!text.startsWith(GUARDED)) {
        return Optional.empty();
      }
      int end = text.lastIndexOf(FALLBACK);
      return Optional.of(
          end < 0
              ? new Guarding(text.substring(GUARDED.length()), USUAL_FALLBACK)
              : new Guarding(
                  text.substring(GUARDED.length(), end), text.substring(end + FALLBACK.length())));
    }
  }

  /// A learned optimizer that is watched, and tuned Adam to fall back to.
  static OptimizerName guarded(Learned learned) {
    return new Guard(GUARDED + learned.name(), learned, parseNamed(USUAL_FALLBACK));
  }

  /// Reads an argument, and the file it names. The name of a baseline goes before a file of that
  /// name.
  ///
  /// @throws IllegalArgumentException if there is no such optimizer
  /// @throws IOException if the file cannot be read
  static OptimizerName parse(String text) throws IOException {
    Optional<Guarding> guarding = Guarding.of(text);
    if (guarding.isPresent()) {
      return new Guard(text, parse(guarding.get().watched()), parse(guarding.get().fallback()));
    }
    return isLearned(text) ? parseLearned(text) : parseNamed(text);
  }

  /// Reads arguments, of which one may be [#BASELINES].
  ///
  /// @throws IllegalArgumentException if there is no optimizer of a name
  /// @throws IOException if a file cannot be read
  static List<OptimizerName> parseAll(List<String> texts) throws IOException {
    List<OptimizerName> names = new ArrayList<>();
    for (String text : texts) {
      if (text.equals(BASELINES)) {
        Baselines.standard().forEach(it -> names.add(new Named(it.name(), it, Optional.empty())));
      } else {
        names.add(parse(text));
      }
    }
    return names;
  }

  /// Reads an argument that must be a learned optimizer. Of the folder of a run it takes the best
  /// one so far; the run may still be going on.
  ///
  /// @throws IllegalArgumentException if there is no such file, or no optimizer in the folder yet
  /// @throws IOException if the file cannot be read
  static Learned parseLearned(String text) throws IOException {
    if (text.startsWith(PRETRAINED)) {
      return new Learned(text, Pretrained.named(text.substring(PRETRAINED.length())).load());
    }
    Path path = Path.of(text);
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "%s: no such file or folder; a learned optimizer is a .safetensors file, a run folder or"
                  .formatted(text)
              + " pretrained:NAME");
    }
    if (Files.isDirectory(path)) {
      return new Learned(label(path), TrainedOptimizer.load(best(path)));
    }
    return new Learned(label(path), TrainedOptimizer.load(path));
  }

  /// The files that arguments name, so that none is written over.
  ///
  /// @param texts as [#parse] reads them
  static List<Path> files(Collection<String> texts) {
    return texts.stream()
        .map(text -> Guarding.of(text).map(Guarding::watched).orElse(text))
        .filter(text -> isLearned(text) && !text.startsWith(PRETRAINED))
        .map(Path::of)
        .map(path -> Files.isDirectory(path) ? RunFolder.best(path) : path)
        .toList();
  }

  private static boolean isLearned(String text) {
    return Baselines.named(text).isEmpty()
        && !text.equals(BASELINES)
        && (text.startsWith(PRETRAINED)
            || text.endsWith(".safetensors")
            || text.contains("/")
            || Files.exists(Path.of(text)));
  }

  /// The file of the best optimizer in the folder of a run.
  ///
  /// @throws IllegalArgumentException if there is none
  private static Path best(Path folder) {
    Path best = RunFolder.best(folder);
    if (!Files.exists(best)) {
      throw new IllegalArgumentException(
          "%s: holds no best.safetensors; the run has not reached its first validation, or this is"
                  .formatted(folder)
              + " no run folder");
    }
    return best;
  }

  /// The name of a file for tables: `runs/a`, `runs/a/best.safetensors` and `a.safetensors` are all
  /// called `a`.
  private static String label(Path path) {
    Path normal = path.toAbsolutePath().normalize();
    Path named = normal.endsWith("best.safetensors") ? normal.getParent() : normal;
    return Optional.ofNullable(named)
        .map(Path::getFileName)
        .map(last -> last.toString().replaceFirst("\\.safetensors$", ""))
        .orElse(path.toString());
  }

  /// Reads the name of a baseline with its rate, if it has one.
  ///
  /// @throws IllegalArgumentException if there is no such baseline, or the rate is not > 0
  private static Named parseNamed(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    Baseline baseline = Baselines.named(name).orElseThrow(() -> unknown(name));
    return equals < 0
        ? new Named(name, baseline, Optional.empty())
        : new Named(text, baseline, Optional.of(rate(text, text.substring(equals + 1))));
  }

  private static IllegalArgumentException unknown(String name) {
    List<String> known = Baselines.all().stream().map(Baseline::name).toList();
    return new IllegalArgumentException(
        Suggestions.unknown("optimizer", name, known)
            + "; or a .safetensors file, a run folder, pretrained:NAME");
  }

  private static double rate(String text, String rate) {
    String what = "the learning rate in '%s' ".formatted(text);
    double value;
    try {
      value = Double.parseDouble(rate);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(what + "is no number: write it like 0.01 or 1e-2", e);
    }
    if (value > 0 && Double.isFinite(value)) {
      return value;
    }
    throw new IllegalArgumentException(
        what + (value > 0 ? "must be finite and at most 1.8e308" : "must be > 0"));
  }
}
