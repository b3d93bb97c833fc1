package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.LiveCoordinates.NEGLIGIBLE;
import static dev.glissade.internal.kernel.LstmState.BLOCK;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromArray;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.UMIN;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/// The [Lanes] of the Vector API.
///
/// Every loop is a method of its own, and no method takes or returns a vector: on purpose. The
/// compiler stops inlining in a method that grows too large; vectors that cross a call then live on
/// the heap, and the method runs three to five times slower. (The allocation counter of the
/// benchmarks tells: it must read 0.) Only the Vector API's own methods are exempt from that limit.
final class VectorLanes implements Lanes {

  /// At most 512 bits, so that four vectors fit in a row.
  static final VectorSpecies<Float> FLOATS =
      FloatVector.SPECIES_PREFERRED.length() > 16
          ? FloatVector.SPECIES_512
          : FloatVector.SPECIES_PREFERRED;

  private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

  /// The number of lanes in a vector.
  static final int WIDTH = FLOATS.length();

  /// The size of the vectors, for reports.
  static String describe() {
    return FLOATS.vectorBitSize() + "-bit";
  }

  /// In the bits of a `float`, read as an integer, the positive numbers ascend, and the negative
  /// ones descend from the sign bit on: that is how y is clamped. (`FloatVector.max` and `min`
  /// would take care of NaN and −0, at three times the price.)
  ///
  /// Two vectors in a turn, because each waits for itself; and because the method is then too large
  /// to be inlined: in the loop over layers its nine constants would have to share 16 registers
  /// with those of the other loops, which took a forward step up to a sixth longer.
  @Override
  public void exponentials(float[] rows, int from, int count) {
    FloatVector rounder = broadcast(FLOATS, ROUNDER);
    for (int i = from; i < from + count * BLOCK; i += 2 * WIDTH) {
      IntVector bits = fromArray(FLOATS, rows, i).reinterpretAsInts();
      IntVector bits2 = fromArray(FLOATS, rows, i + WIDTH).reinterpretAsInts();
      bits = bits.min(MAX_EXPONENT_BITS).lanewise(UMIN, MIN_EXPONENT_BITS);
      bits2 = bits2.min(MAX_EXPONENT_BITS).lanewise(UMIN, MIN_EXPONENT_BITS);
      FloatVector y = bits.reinterpretAsFloats();
      FloatVector y2 = bits2.reinterpretAsFloats();
      FloatVector rounded = y.add(rounder);
      FloatVector rounded2 = y2.add(rounder);
      FloatVector r = y.sub(rounded.sub(rounder));
      FloatVector r2 = y2.sub(rounded2.sub(rounder));
      FloatVector p = r.fma(broadcast(FLOATS, EXP_5), broadcast(FLOATS, EXP_4));
      FloatVector p2 = r2.fma(broadcast(FLOATS, EXP_5), broadcast(FLOATS, EXP_4));
      p = p.fma(r, broadcast(FLOATS, EXP_3));
      p2 = p2.fma(r2, broadcast(FLOATS, EXP_3));
      p = p.fma(r, broadcast(FLOATS, EXP_2));
      p2 = p2.fma(r2, broadcast(FLOATS, EXP_2));
      p = p.fma(r, broadcast(FLOATS, EXP_1));
      p2 = p2.fma(r2, broadcast(FLOATS, EXP_1));
      p = p.fma(r, broadcast(FLOATS, 1));
      p2 = p2.fma(r2, broadcast(FLOATS, 1));
      bits = p.reinterpretAsInts().add(rounded.reinterpretAsInts().lanewise(LSHL, 23));
      bits2 = p2.reinterpretAsInts().add(rounded2.reinterpretAsInts().lanewise(LSHL, 23));
      bits.reinterpretAsFloats().intoArray(rows, i);
      bits2.reinterpretAsFloats().intoArray(rows, i + WIDTH);
    }
  }

  @Override
  public void cells(float[] rows, int e, float[] state, int c, int units) {
    FloatVector one = broadcast(FLOATS, 1);
    int gate = units * BLOCK;
    for (int i = 0; i < gate; i += WIDTH) {
      int g = e + i;
      FloatVector ej = fromArray(FLOATS, rows, g + gate);
      FloatVector f1 = fromArray(FLOATS, rows, g + 2 * gate).add(one);
      FloatVector ij1 = fromArray(FLOATS, rows, g).add(one).mul(ej.add(one));
      FloatVector before = fromArray(FLOATS, state, c + i);
      FloatVector numerator = before.fma(ij1, one.sub(ej).mul(f1));
      FloatVector d = ij1.mul(f1);
      FloatVector minus = d.neg();
      IntVector guess = IntVector.broadcast(INTS, RECIPROCAL).sub(d.reinterpretAsInts());
      FloatVector r = guess.reinterpretAsFloats();
      FloatVector error = minus.fma(r, one);
      r = error.fma(error, error).fma(r, r);
      r = minus.fma(r, one).fma(r, r);
      FloatVector after = numerator.mul(r);
      after.intoArray(state, c + i);
      after.mul(-2 * LOG2_E).intoArray(rows, g);
    }
  }

  @Override
  public void hidden(float[] rows, int ec, int eo, int above, float[] state, int h, int units) {
    FloatVector one = broadcast(FLOATS, 1);
    for (int i = 0; i < units * BLOCK; i += WIDTH) {
      FloatVector e = fromArray(FLOATS, rows, ec + i);
      FloatVector o1 = fromArray(FLOATS, rows, eo + i).add(one);
      FloatVector d = e.add(one).mul(o1);
      FloatVector minus = d.neg();
      IntVector guess = IntVector.broadcast(INTS, RECIPROCAL).sub(d.reinterpretAsInts());
      FloatVector r = guess.reinterpretAsFloats();
      FloatVector error = minus.fma(r, one);
      r = error.fma(error, error).fma(r, r);
      r = minus.fma(r, one).fma(r, r);
      FloatVector hidden = one.sub(e).mul(r);
      hidden.intoArray(rows, above + i);
      hidden.intoArray(state, h + i);
    }
  }

  @Override
  public void recordCells(float[] rows, int e, int c, int next, int tanh, int units) {
    FloatVector one = broadcast(FLOATS, 1);
    int gate = units * BLOCK;
    for (int i = 0; i < gate; i += WIDTH) {
      int g = e + i;
      FloatVector ej = fromArray(FLOATS, rows, g + gate);
      FloatVector i1 = fromArray(FLOATS, rows, g).add(one);
      FloatVector j1 = ej.add(one);
      FloatVector f1 = fromArray(FLOATS, rows, g + 2 * gate).add(one);
      FloatVector ij1 = i1.mul(j1);
      FloatVector d = ij1.mul(f1);
      FloatVector minus = d.neg();
      IntVector guess = IntVector.broadcast(INTS, RECIPROCAL).sub(d.reinterpretAsInts());
      FloatVector r = guess.reinterpretAsFloats();
      FloatVector error = minus.fma(r, one);
      r = error.fma(error, error).fma(r, r);
      r = minus.fma(r, one).fma(r, r);
      FloatVector forget = ij1.mul(r);
      FloatVector rf1 = r.mul(f1);
      FloatVector input = j1.mul(rf1);
      FloatVector candidate = one.sub(ej).mul(i1.mul(rf1));
      input.intoArray(rows, g);
      candidate.intoArray(rows, g + gate);
      forget.intoArray(rows, g + 2 * gate);
      FloatVector after = fromArray(FLOATS, rows, c + i).fma(forget, input.mul(candidate));
      after.intoArray(rows, next + i);
      after.mul(-2 * LOG2_E).intoArray(rows, tanh + i);
    }
  }

  @Override
  public void recordHidden(float[] rows, int tanh, int o, int above, int next, int units) {
    FloatVector one = broadcast(FLOATS, 1);
    for (int i = 0; i < units * BLOCK; i += WIDTH) {
      FloatVector e = fromArray(FLOATS, rows, tanh + i);
      FloatVector o1 = fromArray(FLOATS, rows, o + i).add(one);
      FloatVector c1 = e.add(one);
      FloatVector d = c1.mul(o1);
      FloatVector minus = d.neg();
      IntVector guess = IntVector.broadcast(INTS, RECIPROCAL).sub(d.reinterpretAsInts());
      FloatVector r = guess.reinterpretAsFloats();
      FloatVector error = minus.fma(r, one);
      r = error.fma(error, error).fma(r, r);
      r = minus.fma(r, one).fma(r, r);
      FloatVector output = c1.mul(r);
      FloatVector tanhCell = one.sub(e).mul(o1.mul(r));
      output.intoArray(rows, o + i);
      tanhCell.intoArray(rows, tanh + i);
      FloatVector hidden = output.mul(tanhCell);
      hidden.intoArray(rows, above + i);
      hidden.intoArray(rows, next + i);
    }
  }

  @Override
  public void cellsBackward(
      float[] rows, int gates, int c, int tanh, int dh, int above, int dc, int units) {
    int gate = units * BLOCK;
    for (int i = 0; i < gate; i += WIDTH) {
      int g = gates + i;
      FloatVector one = broadcast(FLOATS, 1);
      FloatVector hidden = fromArray(FLOATS, rows, dh + i).add(fromArray(FLOATS, rows, above + i));
      FloatVector tanhCell = fromArray(FLOATS, rows, tanh + i);
      FloatVector output = fromArray(FLOATS, rows, g + 3 * gate);
      FloatVector ho = hidden.mul(output);
      FloatVector square = tanhCell.mul(tanhCell);
      FloatVector cell = ho.fma(one.sub(square), fromArray(FLOATS, rows, dc + i));
      ho.mul(tanhCell).mul(one.sub(output)).intoArray(rows, g + 3 * gate);
      FloatVector forget = fromArray(FLOATS, rows, g + 2 * gate);
      FloatVector cf = cell.mul(forget);
      cf.intoArray(rows, dc + i);
      cf.mul(fromArray(FLOATS, rows, c + i)).mul(one.sub(forget)).intoArray(rows, g + 2 * gate);
      FloatVector input = fromArray(FLOATS, rows, g);
      FloatVector candidate = fromArray(FLOATS, rows, g + gate);
      FloatVector ci = cell.mul(input);
      ci.mul(candidate).mul(one.sub(input)).intoArray(rows, g);
      ci.mul(one.sub(candidate.mul(candidate))).intoArray(rows, g + gate);
    }
  }

  @Override
  public void output(float[] packed, float[] rows, int top, int units, int y) {
    for (int lane = 0; lane < BLOCK; lane += WIDTH) {
      FloatVector sum = broadcast(FLOATS, packed[units]);
      for (int k = 0; k < units; k++) {
        sum =
            fromArray(FLOATS, rows, top + k * BLOCK + lane).fma(broadcast(FLOATS, packed[k]), sum);
      }
      sum.intoArray(rows, y + lane);
    }
  }

  @Override
  public void addScaled(float a, float[] rows, int gradient, int lambda) {
    for (int lane = 0; lane < BLOCK; lane += WIDTH) {
      FloatVector sum =
          fromArray(FLOATS, rows, gradient + lane)
              .fma(broadcast(FLOATS, a), fromArray(FLOATS, rows, lambda + lane));
      sum.intoArray(rows, lambda + lane);
    }
  }

  @Override
  public void outputBackward(
      float[] packed, float[] rows, int top, int units, int lambda, int above, int sums) {
    for (int lane = 0; lane < BLOCK; lane += WIDTH) {
      FloatVector all = fromArray(FLOATS, rows, lambda + lane);
      FloatVector l = all.blend(0, all.abs().compare(LT, NEGLIGIBLE));
      for (int k = 0; k < units; k++) {
        int s = sums + k * PARTIALS + lane % PARTIALS;
        l.mul(packed[k]).intoArray(rows, above + k * BLOCK + lane);
        fromArray(FLOATS, rows, top + k * BLOCK + lane)
            .fma(l, fromArray(FLOATS, rows, s))
            .intoArray(rows, s);
      }
      int s = sums + units * PARTIALS + lane % PARTIALS;
      fromArray(FLOATS, rows, s).add(l).intoArray(rows, s);
    }
  }

  @Override
  public void rowSums(float[] rows, int d, int stride, int steps, int s) {
    for (int lane = 0; lane < PARTIALS; lane += WIDTH) {
      addRows(rows, d + lane, stride, steps, s + lane);
    }
  }

  private static void addRows(float[] rows, int d, int stride, int steps, int s) {
    FloatVector a0 = fromArray(FLOATS, rows, s);
    FloatVector a1 = fromArray(FLOATS, rows, s + PARTIALS);
    FloatVector a2 = fromArray(FLOATS, rows, s + 2 * PARTIALS);
    FloatVector a3 = fromArray(FLOATS, rows, s + 3 * PARTIALS);
    for (int i = 0; i < steps * PARTS; i++) {
      int di = d + Lanes.offset(i, stride);
      a0 = a0.add(fromArray(FLOATS, rows, di));
      a1 = a1.add(fromArray(FLOATS, rows, di + BLOCK));
      a2 = a2.add(fromArray(FLOATS, rows, di + 2 * BLOCK));
      a3 = a3.add(fromArray(FLOATS, rows, di + 3 * BLOCK));
    }
    a0.intoArray(rows, s);
    a1.intoArray(rows, s + PARTIALS);
    a2.intoArray(rows, s + 2 * PARTIALS);
    a3.intoArray(rows, s + 3 * PARTIALS);
  }

  @Override
  public void logSign(float p, float[] rows, int gradient, int x) {
    float threshold = Preprocess.threshold(p);
    float expP = (float) Math.exp(p);
    for (int lane = 0; lane < BLOCK; lane += WIDTH) {
      FloatVector g = fromArray(FLOATS, rows, gradient + lane);
      VectorMask<Float> large = g.abs().compare(GE, threshold);
      FloatVector sign = broadcast(FLOATS, 1).blend(-1, g.compare(LT, 0));
      FloatVector log = fromArray(FLOATS, rows, x + lane).mul(1 / p);
      broadcast(FLOATS, -1).blend(log, large).intoArray(rows, x + lane);
      g.mul(expP).blend(sign, large).intoArray(rows, x + BLOCK + lane);
    }
  }

  @Override
  public void logarithms(float[] rows, int from, int to) {
    for (int lane = 0; lane < BLOCK; lane += WIDTH) {
      IntVector bits = fromArray(FLOATS, rows, from + lane).abs().reinterpretAsInts();
      // |∇| = 2^n·(1 + m), with 1 + m between √½ and √2
      IntVector n = bits.sub(SQRT_HALF_BITS).lanewise(ASHR, 23);
      IntVector scaled = bits.sub(n.lanewise(LSHL, 23));
      FloatVector m = scaled.reinterpretAsFloats().sub(1);
      FloatVector exponent = n.add(ROUNDER_BITS).reinterpretAsFloats().sub(ROUNDER);
      FloatVector p = m.fma(broadcast(FLOATS, LOG_9), broadcast(FLOATS, LOG_8));
      p = p.fma(m, broadcast(FLOATS, LOG_7));
      p = p.fma(m, broadcast(FLOATS, LOG_6));
      p = p.fma(m, broadcast(FLOATS, LOG_5));
      p = p.fma(m, broadcast(FLOATS, LOG_4));
      p = p.fma(m, broadcast(FLOATS, LOG_3));
      p = p.fma(m, broadcast(FLOATS, LOG_2));
      p = p.fma(m, broadcast(FLOATS, LOG_1));
      FloatVector square = m.mul(m);
      FloatVector low = p.mul(m).mul(square).add(exponent.mul(LN_2_LOW));
      low = square.fma(broadcast(FLOATS, -0.5f), low);
      exponent.fma(broadcast(FLOATS, LN_2_HIGH), m.add(low)).intoArray(rows, to + lane);
    }
  }
}
