package dev.glissade.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.Preprocessing.AdamLike;
import dev.glissade.learned.Preprocessing.Both;
import dev.glissade.learned.Preprocessing.Identity;
import dev.glissade.learned.Preprocessing.LogSign;
import dev.glissade.learned.Preprocessing.Timed;
import java.util.List;
import java.util.stream.Stream;

/// What a network sees of a gradient.
final class NetworkInputs {

  /// The largest gradient that running means take in.
  private static final double LARGEST = 1e15;

  private static final double EPSILON = 1e-8;

  private NetworkInputs() {}

  /// The inputs for each coordinate.
  ///
  /// @param prefix of running means, where there are some
  static List<Value> of(Preprocessing inputs, Step step, String prefix) {
    return switch (inputs) {
      case Identity _ -> List.of(step.gradient());
      case LogSign(double p) -> logSign((float) p, step.gradient());
      case AdamLike(double beta) -> moments((float) beta, step, prefix);
      case Both(LogSign(double p), AdamLike(double beta)) ->
          joined(logSign((float) p, step.gradient()), moments((float) beta, step, prefix));
      case Timed(Preprocessing untimed) -> joined(of(untimed, step, prefix), List.of(time(step)));
    };
  }

  private static List<Value> joined(List<Value> first, List<Value> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /// 2·log₁₀(1 + t) − 4, for each coordinate.
  private static Value time(Step step) {
    Value time = step.count().plus(1).log().times(2 / Math.log(10)).plus(-4).as(DataType.FLOAT);
    return step.gradient().abs().isAtLeast(0).choose(time, time);
  }

  private static List<Value> logSign(float p, Value gradient) {
    float threshold = (float) Math.exp(-p);
    Value size = gradient.abs();
    Value isLarge = size.isAtLeast(threshold);
    Value logarithm = size.max(threshold).log().over(p);
    return List.of(
        isLarge.choose(logarithm, logarithm.graph().constant(logarithm.type(), -1)),
        isLarge.choose(gradient.sign(), gradient.times(Math.exp(p))));
  }

  /// m̂/√v̂ and ∇/√v̂, with m, v and their weight 1 − βᵗ remembered.
  private static List<Value> moments(float beta, Step step, String prefix) {
    float rest = 1 - beta;
    Value g = step.gradient().clamp(-LARGEST, LARGEST);
    Step.Memory mean = step.memory(prefix + "moments_mean");
    Step.Memory square = step.memory(prefix + "moments_square");
    Step.Memory weight = step.number(prefix + "moments_weight");
    Value m = mean.becomes(mean.before().times(beta).plus(g.times(rest)));
    Value v = square.becomes(square.before().times(beta).plus(g.times(rest).times(g)));
    Value w = weight.becomes(weight.before().times(beta).plus(rest));
    Value root = v.over(w).sqrt().plus(EPSILON);
    return List.of(m.over(w).over(root), g.over(root));
  }
}
