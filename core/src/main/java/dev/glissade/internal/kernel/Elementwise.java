package dev.glissade.internal.kernel;

import static dev.glissade.internal.kernel.Lanes.LOG2_E;

/// The loops of [PortableLanes]: over arrays of their own from 0 on, all with one index, so that
/// the compiler sees that no element depends on another, and makes vectors of them.
///
/// What an array holds before and after is told as `before → after`; names are as in [Lanes].
final class Elementwise {

  private Elementwise() {}

  /// Clamps exponents, given by their bits.
  static void clamp(int[] y, int count) {
    for (int i = 0; i < count; i++) {
      int bits = Math.min(y[i], Lanes.MAX_EXPONENT_BITS) ^ Integer.MIN_VALUE;
      // with the highest bit turned over, integers compare as if they had no sign
      int least = Math.min(bits, Lanes.MIN_EXPONENT_BITS ^ Integer.MIN_VALUE);
      y[i] = least ^ Integer.MIN_VALUE;
    }
  }

  /// Splits 2^y.
  ///
  /// @param y → 2^(y − n)
  /// @param n → the integer n in its lowest bits
  static void split(float[] y, float[] n, int count) {
    for (int i = 0; i < count; i++) {
      float rounded = y[i] + Lanes.ROUNDER;
      float r = y[i] - (rounded - Lanes.ROUNDER);
      float p = Math.fma(r, Lanes.EXP_5, Lanes.EXP_4);
      p = Math.fma(p, r, Lanes.EXP_3);
      p = Math.fma(p, r, Lanes.EXP_2);
      p = Math.fma(p, r, Lanes.EXP_1);
      y[i] = Math.fma(p, r, 1);
      n[i] = rounded;
    }
  }

  /// Multiplies by 2^n.
  ///
  /// @param p bits of 2^(y − n) → of 2^y
  static void scale(int[] p, int[] n, int count) {
    for (int i = 0; i < count; i++) {
      p[i] += n[i] << 23;
    }
  }

  /// @param d bits of d → of a guess of 1/d
  static void guess(int[] d, int count) {
    for (int i = 0; i < count; i++) {
      d[i] = Lanes.RECIPROCAL - d[i];
    }
  }

  /// @param r a guess of 1/d → 1/d
  static void refine(float[] d, float[] r, int count) {
    for (int i = 0; i < count; i++) {
      float minus = -d[i];
      float error = Math.fma(minus, r[i], 1);
      float better = Math.fma(Math.fma(error, error, error), r[i], r[i]);
      r[i] = Math.fma(Math.fma(minus, better, 1), better, better);
    }
  }

  /// The fraction whose value is c'.
  ///
  /// @param f e^(−f−1) → the denominator
  /// @param c c → the numerator
  static void cellFraction(float[] ei, float[] ej, float[] f, float[] c, int count) {
    for (int i = 0; i < count; i++) {
      float f1 = f[i] + 1;
      float ij1 = (ei[i] + 1) * (ej[i] + 1);
      c[i] = Math.fma(c[i], ij1, (1 - ej[i]) * f1);
      f[i] = ij1 * f1;
    }
  }

  /// @param c the numerator → c'
  /// @param r 1/denominator → the exponents of e^(−2c')
  static void cells(float[] c, float[] r, int count) {
    for (int i = 0; i < count; i++) {
      c[i] = c[i] * r[i];
      r[i] = c[i] * (-2 * LOG2_E);
    }
  }

  /// @param d → (1 + e)·(1 + o)
  static void denominators(float[] e, float[] o, float[] d, int count) {
    for (int i = 0; i < count; i++) {
      d[i] = (e[i] + 1) * (o[i] + 1);
    }
  }

  /// @param e e^(−2c') → h'
  static void hidden(float[] e, float[] r, int count) {
    for (int i = 0; i < count; i++) {
      e[i] = (1 - e[i]) * r[i];
    }
  }

  /// @param d → (1 + ei)·(1 + ej)·(1 + ef)
  static void denominators(float[] ei, float[] ej, float[] ef, float[] d, int count) {
    for (int i = 0; i < count; i++) {
      d[i] = (ei[i] + 1) * (ej[i] + 1) * (ef[i] + 1);
    }
  }

  /// @param ei e^(−i) → i
  /// @param ej e^(−2j) → j
  /// @param ef e^(−f−1) → f
  static void gates(float[] ei, float[] ej, float[] ef, float[] r, int count) {
    for (int i = 0; i < count; i++) {
      float i1 = ei[i] + 1;
      float j1 = ej[i] + 1;
      float rf1 = r[i] * (ef[i] + 1);
      ef[i] = i1 * j1 * r[i];
      ei[i] = j1 * rf1;
      ej[i] = (1 - ej[i]) * (i1 * rf1);
    }
  }

  /// @param c c → c'
  /// @param y → the exponents of e^(−2c')
  static void cells(float[] input, float[] candidate, float[] forget, float[] c, float[] y, int n) {
    for (int i = 0; i < n; i++) {
      c[i] = Math.fma(c[i], forget[i], input[i] * candidate[i]);
      y[i] = c[i] * (-2 * LOG2_E);
    }
  }

  /// @param e e^(−2c') → tanh(c')
  /// @param o e^(−o) → o
  /// @param r 1/denominator → h'
  static void outputs(float[] e, float[] o, float[] r, int count) {
    for (int i = 0; i < count; i++) {
      float output = (e[i] + 1) * r[i];
      float tanhCell = (1 - e[i]) * ((o[i] + 1) * r[i]);
      o[i] = output;
      e[i] = tanhCell;
      r[i] = output * tanhCell;
    }
  }

  /// Goes back through h' = o·tanh(c'), where h̄' is the sum of `dh` and `above`.
  ///
  /// @param o o → the derivative by z of o
  /// @param dc → with that by c' of this added
  static void outputsBackward(
      float[] dh, float[] above, float[] o, float[] tanh, float[] dc, int count) {
    for (int i = 0; i < count; i++) {
      float ho = (dh[i] + above[i]) * o[i];
      dc[i] = Math.fma(ho, 1 - tanh[i] * tanh[i], dc[i]);
      o[i] = ho * tanh[i] * (1 - o[i]);
    }
  }

  /// Goes back through c' = f·c + i·j.
  ///
  /// @param input i → the derivative by z of i; so for `candidate` and `forget`
  /// @param dc the derivative by c' → by c
  static void cellsBackward(
      float[] input, float[] candidate, float[] forget, float[] c, float[] dc, int count) {
    for (int i = 0; i < count; i++) {
      float cf = dc[i] * forget[i];
      float ci = dc[i] * input[i];
      dc[i] = cf;
      forget[i] = cf * c[i] * (1 - forget[i]);
      input[i] = ci * candidate[i] * (1 - input[i]);
      candidate[i] = ci * (1 - candidate[i] * candidate[i]);
    }
  }
}
