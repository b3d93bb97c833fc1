package dev.glissade.meta;

import dev.glissade.Objective;
import dev.glissade.ParameterLayout;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.internal.Vectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// B objectives side by side as one wide objective of ΣN coordinates, so that a coordinatewise
/// optimizer sees them all at once.
///
/// Its loss is the *sum* of the parts, so that each part keeps its own gradient, with no factor
/// 1/B. A part whose loss or gradient is not finite counts as 0 at that evaluation, which is
/// counted, and leaves the others alone. One thread at a time.
final class Batch implements TwiceDifferentiable {

  private final List<Objective> parts;
  private final ParameterLayout layout;
  private final float[][] partParameters; // [B][N_b]
  private final float[][] partGradient; // [B][N_b]
  private long nonFiniteCount;

  Batch(List<Objective> parts) {
    this.parts = List.copyOf(parts);
    List<ParameterLayout.Block> blocks = new ArrayList<>();
    this.partParameters = new float[parts.size()][];
    this.partGradient = new float[parts.size()][];
    for (int b = 0; b < parts.size(); b++) {
      ParameterLayout part = parts.get(b).layout();
      blocks.addAll(part.blocks());
      partParameters[b] = new float[part.size()];
      partGradient[b] = new float[part.size()];
    }
    this.layout = new ParameterLayout(blocks);
  }

  /// The number of parts, B.
  int size() {
    return parts.size();
  }

  /// How many evaluations of parts gave NaN or infinity so far.
  long nonFiniteCount() {
    return nonFiniteCount;
  }

  /// Whether every part offers Hessian-vector products.
  boolean isTwiceDifferentiable() {
    return parts.stream().allMatch(TwiceDifferentiable.class::isInstance);
  }

  /// The layout of all parts in turn, whose names repeat.
  @Override
  public ParameterLayout layout() {
    return layout;
  }

  @Override
  public float[] initialParameters() {
    float[] parameters = new float[layout.size()];
    int offset = 0;
    for (Objective part : parts) {
      float[] initial = part.initialParameters();
      System.arraycopy(initial, 0, parameters, offset, initial.length);
      offset += initial.length;
    }
    return parameters;
  }

  @Override
  public double evaluate(float[] parameters, long draw, float[] gradient) {
    double sum = 0;
    int offset = 0;
    for (int b = 0; b < parts.size(); b++) {
      float[] own = partParameters[b];
      float[] ownGradient = partGradient[b];
      System.arraycopy(parameters, offset, own, 0, own.length);
      double loss = parts.get(b).evaluate(own, draw, ownGradient);
      if (Double.isFinite(loss) && Vectors.allFinite(ownGradient)) {
        sum += loss;
        System.arraycopy(ownGradient, 0, gradient, offset, own.length);
      } else {
        nonFiniteCount++;
        Arrays.fill(gradient, offset, offset + own.length, 0);
      }
      offset += own.length;
    }
    return sum;
  }

  @Override
  public void hessianTimes(float[] parameters, long draw, float[] vector, float[] product) {
    int offset = 0;
    for (int b = 0; b < parts.size(); b++) {
      float[] own = partParameters[b];
      float[] ownProduct = partGradient[b];
      System.arraycopy(parameters, offset, own, 0, own.length);
      float[] ownVector = Arrays.copyOfRange(vector, offset, offset + own.length);
      ((TwiceDifferentiable) parts.get(b)).hessianTimes(own, draw, ownVector, ownProduct);
      if (Vectors.allFinite(ownProduct)) {
        System.arraycopy(ownProduct, 0, product, offset, own.length);
      } else {
        Arrays.fill(product, offset, offset + own.length, 0);
      }
      offset += own.length;
    }
  }
}
