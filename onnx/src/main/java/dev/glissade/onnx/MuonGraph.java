package dev.glissade.onnx;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import dev.glissade.optimizer.Muon;

/// The step of Muon. The block is a matrix, whose extents stay open: the graph finds out which is
/// the smaller, so that it multiplies matrices of that size.
final class MuonGraph {

  // of Newton-Schulz iterations, as Muon has them
  private static final int ITERATIONS = 5;
  private static final double A = 3.4445;
  private static final double B = -4.7750;
  private static final double C = 2.0315;

  private static final double EPSILON = 1e-7;

  private MuonGraph() {}

  static Value update(Muon rule, Step step, String prefix) {
    step.requireMatrix();
    Value ahead = DesignedGraph.lookAhead(rule.momentum(), step, prefix);
    Value extents = ahead.shape();
    Value rows = extents.element(0);
    Value columns = extents.element(1);
    Value length = rows.max(columns).as(DataType.DOUBLE).sqrt().times(-rule.learningRate());
    return orthogonal(ahead, rows, columns).times(length.as(DataType.FLOAT));
  }

  private static Value orthogonal(Value matrix, Value rows, Value columns) {
    Value precise = matrix.as(DataType.DOUBLE);
    Value norm = precise.sumOfSquares().sqrt().max(EPSILON);
    Value unit = precise.over(norm).as(DataType.FLOAT);
    Value isTall = rows.isAbove(columns);
    Value x = unit.transposedIf(isTall); // no more rows than columns
    for (int k = 0; k < ITERATIONS; k++) {
      Value gram = x.matrixProduct(x.transposed());
      Value polynomial = gram.times(B).plus(gram.matrixProduct(gram).times(C));
      x = x.times(A).plus(polynomial.matrixProduct(x));
    }
    Value isMore = rows.min(columns).isAbove(1); // one row is orthogonal once its length is 1
    return isMore.choose(x.transposedIf(isTall), unit);
  }
}
