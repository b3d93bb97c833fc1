package dev.glissade.torch.problem;

import dev.glissade.problem.Labelled;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// The precision in which the convolutions of a network compute.
enum Precision implements Labelled {
  /// The precision of the parameters.
  FLOAT,

  /// bfloat16: 8 bits of significand in place of 24. Fast where the processor multiplies such
  /// numbers itself (AMX, AVX-512 with BF16), slow elsewhere.
  BFLOAT16;

  /// Rounds numbers to this precision.
  Tensor round(Tensor x) {
    return switch (this) {
      case FLOAT -> x;
      case BFLOAT16 -> x.to(torch.ScalarType.BFloat16);
    };
  }
}
