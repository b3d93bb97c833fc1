package dev.glissade.meta;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.internal.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// B objectives side by side as one wide objective of ΣN coordinates, so that an optimizer that
/// does not mix them sees them all at once.
///
/// Its loss is the *sum* of the parts, so that each part keeps its own gradient, with no factor
/// 1/B. A part whose loss or gradient is not finite stands still at that evaluation, which is
/// counted, and leaves the others alone: it has no gradient, and the loss of its last one that was
/// finite, since 0 would be a reward. One thread at a time.
final class Batch implements TwiceDifferentiable {

  private final List<Part> parts;
  private final ParameterLayout layout;
  private final double[] losses; // of each part, the last one that was finite
  private long nonFiniteCount;

  /// An objective, where its coordinates begin, and room for them.
  ///
  /// @param parameters `float[N_b]`
  /// @param result a gradient or a product, `float[N_b]`
  @SuppressWarnings("ArrayRecordComponent") // room to work in
  private record Part(Objective objective, int offset, float[] parameters, float[] result) {

    /// The part's coordinates of a wide vector. The only part of a batch has them all, and needs no
    /// copy.
    float[] of(float[] wide) {
      if (wide.length == parameters.length) {
        return wide;
      }
      System.arraycopy(wide, offset, parameters, 0, parameters.length);
      return parameters;
    }

    /// Where a result is to be written: into the wide one itself if that is as long.
    float[] resultIn(float[] wide) {
      return wide.length == result.length ? wide : result;
    }

    /// Puts a result into the wide one, or zeros if there is none that counts.
    void deliver(boolean counts, float[] own, float[] wide) {
      if (!counts) {
        Arrays.fill(wide, offset, offset + own.length, 0);
      } else if (own.length < wide.length) {
        System.arraycopy(own, 0, wide, offset, own.length);
      }
    }
  }

  Batch(List<Objective> objectives) {
    List<ParameterLayout.Block> blocks = new ArrayList<>();
    List<Part> made = new ArrayList<>();
    int offset = 0;
    for (Objective objective : objectives) {
      int size = objective.layout().size();
      blocks.addAll(objective.layout().blocks());
      made.add(new Part(objective, offset, new float[size], new float[size]));
      offset = Math.addExact(offset, size);
    }
    this.parts = List.copyOf(made);
    this.layout = new ParameterLayout(blocks);
    this.losses = new double[made.size()];
  }

  /// How many evaluations of parts gave NaN or infinity so far.
  long nonFiniteCount() {
    return nonFiniteCount;
  }

  /// Whether every part offers Hessian-vector products.
  boolean isTwiceDifferentiable() {
    return parts.stream().allMatch(part -> part.objective instanceof TwiceDifferentiable);
  }

  /// The blocks of all parts in turn; their names repeat.
  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public float[] initialParameters() {
    float[] parameters = new float[layout.size()];
    for (Part part : parts) {
      float[] initial = part.objective.initialParameters();
      System.arraycopy(initial, 0, parameters, part.offset, initial.length);
    }
    return parameters;
  }

  @Override
  public double evaluate(float[] parameters, long draw, float[] gradient) {
    double sum = 0;
    for (int p = 0; p < losses.length; p++) {
      Part part = parts.get(p);
      float[] own = part.resultIn(gradient);
      double loss = part.objective.evaluate(part.of(parameters), draw, own);
      boolean finite = Double.isFinite(loss) && Vectors.allFinite(own);
      part.deliver(finite, own, gradient);
      if (finite) {
        losses[p] = loss;
      } else {
        nonFiniteCount++;
      }
      sum += losses[p];
    }
    return sum;
  }

  @Override
  public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
    for (Part part : parts) {
      float[] own = part.resultIn(product);
      float[] ownVector =
          Arrays.copyOfRange(vector, part.offset, part.offset + part.parameters.length);
      ((TwiceDifferentiable) part.objective)
          .hessianTimes(part.of(parameters), draw, ownVector, own);
      part.deliver(Vectors.allFinite(own), own, product);
    }
  }
}
