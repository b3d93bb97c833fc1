package dev.glissade.optimizer;

import dev.glissade.internal.Suggestions;
import dev.glissade.optimizer.Baseline.Setting;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The hand-designed optimizers by name. To add one, write its record and add it to the list here:
/// the tests, the searches and the reports go through the list.
public final class Baselines {

  private static final List<Baseline> ALL =
      List.of(
          sgd(), momentum(), nesterov(), rmsProp(), adagrad(), rprop(), adam(), muon(), lbfgs());

  private static final List<Baseline> STANDARD =
      Stream.concat(ALL.stream(), Stream.of(adam().fading())).toList();

  /// Rules that are there to be corrected, found by their names like all others. What they are good
  /// for alone is what a baseline is good for already.
  private static final List<Baseline> BASES = List.of(spectral());

  private Baselines() {}

  /// All baselines, the plainest first; each can be had with a rate that fades, too
  /// ([Baseline#fading]).
  public static List<Baseline> all() {
    return ALL;
  }

  /// The baselines of a comparison for which nobody chose any: all, and Adam with a rate that
  /// fades. Who knows when a run ends should not be compared only with rules that do not.
  public static List<Baseline> standard() {
    return STANDARD;
  }

  /// The baseline of that name, such as `adam`, or `adam+cosine` for one whose rate fades.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public static Baseline find(String name) {
    return named(name)
        .orElseThrow(() -> {
          List<String> known = ALL.stream().map(Baseline::name).toList();
          return new IllegalArgumentException(Suggestions.unknown("optimizer", name, known));
        });
  }

  /// The baseline of that name, as [#find], if there is one.
  public static Optional<Baseline> named(String name) {
    if (name.endsWith(Baseline.FADING)) {
      String constant = name.substring(0, name.length() - Baseline.FADING.length());
      return listed(constant).map(Baseline::fading);
    }
    return listed(name);
  }

  private static Optional<Baseline> listed(String name) {
    return Stream.concat(ALL.stream(), BASES.stream())
        .filter(baseline -> baseline.name().equals(name))
        .findFirst();
  }

  private static Baseline sgd() {
    return new Baseline(
        "sgd",
        "plain gradient descent",
        "Robbins and Monro 1951",
        List.of(),
        (rate, _) -> new Sgd(rate));
  }

  private static Baseline momentum() {
    return new Baseline(
        "momentum",
        "gradient descent with a heavy ball",
        "Polyak 1964",
        List.of(new Setting("momentum", new Momentum(1).momentum())),
        (rate, s) -> new Momentum(rate, s[0]));
  }

  private static Baseline nesterov() {
    return new Baseline(
        "nesterov",
        "Nesterov's accelerated gradient (NAG)",
        "Nesterov 1983; Sutskever et al. 2013",
        List.of(new Setting("momentum", new Nesterov(1).momentum())),
        (rate, s) -> new Nesterov(rate, s[0]));
  }

  private static Baseline rmsProp() {
    RmsProp defaults = new RmsProp(1);
    return new Baseline(
        "rmsprop",
        "gradient over its running root mean square",
        "Tieleman and Hinton 2012",
        List.of(
            new Setting("smoothing", defaults.smoothing()),
            new Setting("epsilon", defaults.epsilon())),
        (rate, s) -> new RmsProp(rate, s[0], s[1]));
  }

  private static Baseline adagrad() {
    return new Baseline(
        "adagrad",
        "gradient over the root of its summed squares",
        "Duchi, Hazan and Singer 2011",
        List.of(new Setting("epsilon", new Adagrad(1).epsilon())),
        (rate, s) -> new Adagrad(rate, s[0]));
  }

  private static Baseline rprop() {
    Rprop defaults = new Rprop(1);
    return new Baseline(
        "rprop",
        "step sizes from the signs of gradients alone",
        "Riedmiller and Braun 1993",
        List.of(
            new Setting("shrink", defaults.shrink()),
            new Setting("grow", defaults.grow()),
            new Setting("minStep", defaults.minStep()),
            new Setting("maxStep", defaults.maxStep())),
        (rate, s) -> new Rprop(rate, s[0], s[1], s[2], s[3]));
  }

  private static Baseline adam() {
    Adam defaults = new Adam(1);
    return new Baseline(
        "adam",
        "momentum over root mean square, bias-corrected",
        "Kingma and Ba 2015",
        List.of(
            new Setting("beta1", defaults.beta1()),
            new Setting("beta2", defaults.beta2()),
            new Setting("epsilon", defaults.epsilon())),
        (rate, s) -> new Adam(rate, s[0], s[1], s[2]));
  }

  private static Baseline muon() {
    return new Baseline(
        "muon",
        "momentum, orthogonalised matrix by matrix",
        "Jordan et al. 2024",
        List.of(new Setting("momentum", new Muon(1).momentum())),
        (rate, s) -> new Muon(rate, s[0]));
  }

  private static Baseline spectral() {
    return new Baseline(
        "spectral",
        "Muon with steps of one length, whatever a matrix's size",
        "Bernstein, Newhouse 2024",
        List.of(new Setting("momentum", new Spectral(1).momentum())),
        (rate, s) -> new Spectral(rate, s[0]));
  }

  private static Baseline lbfgs() {
    return new Baseline(
        "lbfgs",
        "inverse Hessian from the last steps, no line search",
        "Nocedal 1980; Liu and Nocedal 1989",
        List.of(new Setting("memory", new Lbfgs(1).memory())),
        (rate, s) -> new Lbfgs(rate, Math.toIntExact(Math.round(s[0]))));
  }
}
