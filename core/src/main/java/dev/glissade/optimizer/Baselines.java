package dev.glissade.optimizer;

import dev.glissade.internal.Suggestions;
import dev.glissade.optimizer.Baseline.Setting;
import java.util.List;

/// The hand-designed optimizers by name. To add one, write its record and add it to the list here:
/// the tests, the searches and the reports go through the list.
public final class Baselines {

  private static final List<Baseline> ALL =
      List.of(
          sgd(), momentum(), nesterov(), rmsProp(), adagrad(), rprop(), adam(), muon(), lbfgs());

  private Baselines() {}

  /// All baselines, the plainest first.
  public static List<Baseline> all() {
    return ALL;
  }

  /// The baseline of that name.
  ///
  /// @throws IllegalArgumentException if there is none; the message lists those that there are
  public static Baseline find(String name) {
    for (Baseline baseline : ALL) {
      if (baseline.name().equals(name)) {
        return baseline;
      }
    }
    List<String> known = ALL.stream().map(Baseline::name).toList();
    throw new IllegalArgumentException(Suggestions.unknown("optimizer", name, known));
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

  private static Baseline lbfgs() {
    return new Baseline(
        "lbfgs",
        "inverse Hessian from the last steps, no line search",
        "Nocedal 1980; Liu and Nocedal 1989",
        List.of(new Setting("memory", new Lbfgs(1).memory())),
        (rate, s) -> new Lbfgs(rate, Math.toIntExact(Math.round(s[0]))));
  }
}
