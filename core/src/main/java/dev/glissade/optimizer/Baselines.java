package dev.glissade.optimizer;

import dev.glissade.internal.Suggestions;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The hand-designed optimizers by name. To add one, write its record and add it to the list here:
/// the tests, the searches and the reports go through the list.
public final class Baselines {

  private static final List<Baseline> ALL =
      List.of(sgd(), momentum(), nesterov(), rmsProp(), adagrad(), rprop(), adam(), muon());

  private Baselines() {}

  /// All of them, the plainest first.
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
        "sgd", "plain gradient descent", "Robbins and Monro 1951", Map.of(), Sgd::new);
  }

  private static Baseline momentum() {
    Momentum defaults = new Momentum(1);
    return new Baseline(
        "momentum",
        "gradient descent with a heavy ball",
        "Polyak 1964",
        settings("momentum", defaults.momentum()),
        Momentum::new);
  }

  private static Baseline nesterov() {
    Nesterov defaults = new Nesterov(1);
    return new Baseline(
        "nesterov",
        "Nesterov's accelerated gradient (NAG)",
        "Nesterov 1983; Sutskever et al. 2013",
        settings("momentum", defaults.momentum()),
        Nesterov::new);
  }

  private static Baseline rmsProp() {
    RmsProp defaults = new RmsProp(1);
    return new Baseline(
        "rmsprop",
        "gradient over its running root mean square",
        "Tieleman and Hinton 2012",
        settings("smoothing", defaults.smoothing(), "epsilon", defaults.epsilon()),
        RmsProp::new);
  }

  private static Baseline adagrad() {
    Adagrad defaults = new Adagrad(1);
    return new Baseline(
        "adagrad",
        "gradient over the root of its summed squares",
        "Duchi, Hazan and Singer 2011",
        settings("epsilon", defaults.epsilon()),
        Adagrad::new);
  }

  private static Baseline rprop() {
    Rprop defaults = new Rprop(1);
    return new Baseline(
        "rprop",
        "step sizes from the signs of gradients alone",
        "Riedmiller and Braun 1993",
        settings(
            "shrink", defaults.shrink(),
            "grow", defaults.grow(),
            "minStep", defaults.minStep(),
            "maxStep", defaults.maxStep()),
        Rprop::new);
  }

  private static Baseline adam() {
    Adam defaults = new Adam(1);
    return new Baseline(
        "adam",
        "momentum over root mean square, bias-corrected",
        "Kingma and Ba 2015",
        settings(
            "beta1", defaults.beta1(), "beta2", defaults.beta2(), "epsilon", defaults.epsilon()),
        Adam::new);
  }

  private static Baseline muon() {
    Muon defaults = new Muon(1);
    return new Baseline(
        "muon",
        "momentum, orthogonalised matrix by matrix",
        "Jordan et al. 2024",
        settings("momentum", defaults.momentum()),
        Muon::new);
  }

  /// A map in the order given, from alternating names and values.
  private static Map<String, String> settings(Object... namesAndValues) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i].toString(), namesAndValues[i + 1].toString());
    }
    return Collections.unmodifiableMap(settings);
  }
}
