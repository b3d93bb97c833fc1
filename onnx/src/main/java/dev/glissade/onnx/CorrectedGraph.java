package dev.glissade.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.glissade.learned.Architecture;
import dev.glissade.optimizer.Rule;

/// The step of a corrected rule: `exp(ρ(t) + α·r + network(∇))·base(∇)`.
///
/// What is one number for the whole block is computed in double precision, as it starts with
/// differences of numbers near 1; what is one for each coordinate, in single precision.
///
/// @param prefix of states and weights
record CorrectedGraph(Architecture<?> network, Rule base, NamedWeights weights, String prefix) {

  /// Logarithms of factors lie within this: their exponentials are finite floats.
  private static final double LEAST = -110;

  private static final double LARGEST = 88.7;

  private static final double PIECES_PER_DECADE = 2;

  // of the running means of squared norms
  private static final double SHORT = 0.95;
  private static final double LONG = 0.999;
  private static final double LEAST_QUOTIENT = 1e-12;
  private static final double LARGEST_SQUARES = 1e37;

  Value update(Step step) {
    Value block = schedule(step.count()).plus(fading(step)).as(DataType.FLOAT);
    Value said = Rules.update(network, weights, step, prefix + "network_");
    Value factor = said.plus(block).clamp(LEAST, LARGEST).exp();
    Value update = DesignedGraph.update(base.optimizer(), base, step, prefix + "base_");
    return factor.times(update).saturated();
  }

  /// ρ(t) = r + Σ_k s_k·min(1, max(0, 2·log₁₀(1 + t) − k))
  private Value schedule(Value count) {
    float[] schedule = weights.of("base/log-rate");
    Value halfDecades = count.plus(1).log().over(Math.log(10) / PIECES_PER_DECADE);
    Value sum = halfDecades.graph().constant(DataType.DOUBLE, schedule[0]);
    for (int k = 0; k < schedule.length - 1; k++) {
      sum = sum.plus(halfDecades.plus(-k).clamp(0, 1).times(schedule[k + 1]));
    }
    return sum;
  }

  /// α·r with r = ½·log min(1, short/long), of running means of the squared norm.
  private Value fading(Step step) {
    float alpha = weights.of("base/fading")[0];
    Value squares = step.gradient().as(DataType.DOUBLE).sumOfSquares().min(LARGEST_SQUARES);
    Value lately = mean(SHORT, squares, step, "fading_short");
    Value before = mean(LONG, squares, step, "fading_long");
    Value isKnown = before.isAbove(0);
    Value one = before.graph().constant(DataType.DOUBLE, 1);
    Value quotient = isKnown.choose(lately, one).over(isKnown.choose(before, one));
    return quotient.clamp(LEAST_QUOTIENT, 1).log().times(0.5 * alpha);
  }

  private Value mean(double beta, Value squares, Step step, String name) {
    Step.Memory memory = step.number(prefix + name);
    Value sum = memory.before().as(DataType.DOUBLE).times(beta).plus(squares.times(1 - beta));
    Value kept = memory.becomes(sum.as(DataType.FLOAT)).as(DataType.DOUBLE);
    return kept.over(step.count().plus(1).exponentOf(beta).from(1));
  }
}
