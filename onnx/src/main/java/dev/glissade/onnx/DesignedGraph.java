package dev.glissade.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.glissade.Optimizer;
import dev.glissade.optimizer.Adagrad;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.CosineDecay;
import dev.glissade.optimizer.Momentum;
import dev.glissade.optimizer.Muon;
import dev.glissade.optimizer.Nesterov;
import dev.glissade.optimizer.RmsProp;
import dev.glissade.optimizer.Rprop;
import dev.glissade.optimizer.Rule;
import dev.glissade.optimizer.Sgd;

/// The steps of hand-designed rules, whose equations are in their records.
final class DesignedGraph {

  /// The largest gradient that is squared.
  private static final double LARGEST_SQUARED = 1e18;

  private DesignedGraph() {}

  /// Adds a step of a rule to a graph.
  ///
  /// @param rule that the optimizer follows, for the message
  /// @param prefix of what it remembers
  /// @throws IllegalArgumentException if it cannot be a graph
  static Value update(Optimizer<?> optimizer, Rule rule, Step step, String prefix) {
    return switch (optimizer) {
      case Sgd(double rate) -> step.gradient().times(-rate);
      case Momentum momentum -> momentum(momentum, step, prefix);
      case Nesterov(double rate, double mu) -> lookAhead(mu, step, prefix).times(-rate);
      case RmsProp rmsProp -> rmsProp(rmsProp, step, prefix);
      case Adagrad adagrad -> adagrad(adagrad, step, prefix);
      case Rprop rprop -> rprop(rprop, step, prefix);
      case Adam adam -> adam(adam, step, prefix);
      case Muon muon -> MuonGraph.update(muon, step, prefix);
      case CosineDecay<?>(var inner, long steps) ->
          update(inner, rule, step, prefix).times(cosine(steps, step.count()));
      default ->
          throw new IllegalArgumentException(
              "the rule '%s' cannot be a graph: the export does not know it"
                  .formatted(rule.baseline().name()));
    };
  }

  private static Value momentum(Momentum rule, Step step, String prefix) {
    Step.Memory velocity = step.memory(prefix + "velocity");
    Value v = velocity.before().times(rule.momentum()).plus(step.gradient()).saturated();
    return velocity.becomes(v).times(-rule.learningRate());
  }

  /// g + μ·v, with the velocity v moved on.
  static Value lookAhead(double mu, Step step, String prefix) {
    Step.Memory velocity = step.memory(prefix + "velocity");
    Value v = velocity.before().times(mu).plus(step.gradient()).saturated();
    return velocity.becomes(v).times(mu).plus(step.gradient()).saturated();
  }

  private static Value rmsProp(RmsProp rule, Step step, String prefix) {
    Value g = squarable(step);
    Step.Memory square = step.memory(prefix + "mean_square");
    Value v =
        square.becomes(
            square.before().times(rule.smoothing()).plus(g.times(1 - rule.smoothing()).times(g)));
    return g.times(-rule.learningRate()).over(v.sqrt().plus(rule.epsilon()));
  }

  private static Value adagrad(Adagrad rule, Step step, String prefix) {
    Value g = squarable(step);
    Step.Memory sum = step.memory(prefix + "sum_of_squares");
    Value s = sum.becomes(sum.before().plus(g.times(g)).saturated());
    return g.times(-rule.learningRate()).over(s.sqrt().plus(rule.epsilon()));
  }

  /// Memory starts at 0, and so step sizes are given their first value in the first step.
  private static Value rprop(Rprop rule, Step step, String prefix) {
    Step.Memory stepSize = step.memory(prefix + "step_size");
    Step.Memory previousSign = step.memory(prefix + "previous_sign");
    Value sign = step.gradient().sign();
    Value agreement = sign.times(previousSign.before());
    Value both = agreement.times(agreement);
    Value kept = both.plus(agreement).times(0.5);
    Value turned = both.minus(agreement).times(0.5);
    Value factor = kept.times(rule.grow() - 1).plus(1).plus(turned.times(rule.shrink() - 1));
    Value first = step.graph().constant(DataType.FLOAT, rule.learningRate());
    Value before = step.count().isAbove(0).choose(stepSize.before(), first);
    Value size = stepSize.becomes(before.times(factor).clamp(rule.minStep(), rule.maxStep()));
    return previousSign.becomes(sign.times(turned.from(1))).times(size).times(-1);
  }

  private static Value adam(Adam rule, Step step, String prefix) {
    Value t = step.count().plus(1);
    Value rate = t.exponentOf(rule.beta1()).from(1).under(-rule.learningRate());
    Value g = squarable(step);
    Step.Memory mean = step.memory(prefix + "mean");
    Step.Memory square = step.memory(prefix + "mean_square");
    Value m = mean.becomes(mean.before().times(rule.beta1()).plus(g.times(1 - rule.beta1())));
    Value v =
        square.becomes(
            square.before().times(rule.beta2()).plus(g.times(1 - rule.beta2()).times(g)));
    Value scale = t.exponentOf(rule.beta2()).from(1).sqrt().under(1);
    Value root = v.sqrt().times(scale.as(DataType.FLOAT));
    return m.times(rate.as(DataType.FLOAT)).over(root.plus(rule.epsilon()));
  }

  /// ½·(1 + cos(π·t/steps)), and 0 after the last of them, as 1 − sin²(½π·t/steps): runtimes have a
  /// sine of doubles, and not always a cosine.
  private static Value cosine(long steps, Value count) {
    Value sine = count.over((double) steps).min(1).times(Math.PI / 2).sin();
    return sine.times(sine).from(1).as(DataType.FLOAT);
  }

  /// The gradient as it is squared, so that squares stay finite.
  private static Value squarable(Step step) {
    return step.gradient().clamp(-LARGEST_SQUARED, LARGEST_SQUARED);
  }
}
