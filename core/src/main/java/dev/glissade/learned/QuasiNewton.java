package dev.glissade.learned;

import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.ParameterLayout.Block;
import dev.glissade.Point;
import dev.glissade.file.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A quasi-Newton rule whose initial inverse Hessian and whose steps' lengths are learned. It is
/// for functions without noise, and makes one evaluation a step.
///
/// ```
/// θ* = the point with the lowest loss so far,   g* = ∇f(θ*)
/// d = H·g*,   H from pairs (s, y) of trials by the two-loop recursion
/// H₀ = diag(exp(ρ₀(t) + network(r)))·scale,   r = log of a coordinate's curvature by the mean one
/// θ ← θ* − part·exp(ρ₁(t))·d
/// ```
///
/// Which pairs H keeps to, and whether they are made conjugate first, [Secants] says. A trial whose
/// loss is above the lowest is taken back: its pair says what was wrong, and the next step from θ*
/// dares a smaller part of d. So the rule is safe where functions are not convex, without a line
/// search. [StepControl] has the learned numbers for all of that.
///
/// φ is the network's weights, then those of [StepControl]. There is no way back through it, as a
/// trial is taken back or not: it is trained from forward runs, by evolution strategies.
///
/// @param network whose updates are the logarithms of H₀'s factors; training starts with it silent
/// @param memory how many pairs are kept, ≥ 1
/// @param secants which of them H keeps to
public record QuasiNewton(Architecture<?> network, int memory, Secants secants)
    implements Architecture<QuasiNewton.State> {

  static final String KIND = "quasi-newton";

  /// The logarithms of curvatures that the network sees, and its factors, lie within this.
  private static final double LARGEST = 5;

  private static final String SECANTS = "secants";

  public QuasiNewton {
    if (memory < 1) {
      throw new IllegalArgumentException("memory must be >= 1, got " + memory);
    }
  }

  /// A rule that keeps to all pairs that agree.
  public QuasiNewton(Architecture<?> network, int memory) {
    this(network, memory, Secants.CONJUGATE);
  }

  /// What the rule remembers.
  public static final class State implements OptimizerState {
    private final OptimizerState network;
    private final CurvaturePairs pairs;
    private final Optional<ConjugatePairs> conjugate; // room
    private final Sighting lowest; // θ*, its loss and g*
    private final float[] part; // of a whole step that is dared

    private State(OptimizerState network, int memory, Secants secants, int size) {
      this.network = network;
      pairs = new CurvaturePairs(memory, size);
      conjugate =
          switch (secants) {
            case CONJUGATE -> Optional.of(new ConjugatePairs(memory, size));
            case NEWEST -> Optional.empty();
          };
      lowest = new Sighting(size);
      part = new float[] {1};
    }

    @Override
    public List<float[]> arrays() {
      List<float[]> arrays = new ArrayList<>(lowest.arrays());
      arrays.add(part);
      pairs.arrays().forEach(arrays::addAll);
      arrays.addAll(network.arrays());
      return arrays;
    }
  }

  @Override
  public ParameterLayout layout() {
    List<Block> blocks = new ArrayList<>(network.layout().blocks());
    blocks.addAll(StepControl.layout().blocks());
    return new ParameterLayout(blocks);
  }

  @Override
  public float[] initialWeights(long seed) {
    float[] own = StepControl.initialWeights(secants);
    float[] weights = new NetworkFactor(network).initialWeights(seed);
    int offset = weights.length;
    weights = Arrays.copyOf(weights, offset + own.length);
    System.arraycopy(own, 0, weights, offset, own.length);
    return weights;
  }

  @Override
  public Optimizer<State> with(float[] weights) {
    Weights.require("the quasi-Newton rule", layout().size(), weights);
    int own = network.layout().size();
    return new Steps(
        Erased.rule(network.with(Arrays.copyOf(weights, own))),
        StepControl.of(weights, own),
        memory,
        secants);
  }

  @Override
  public Coupling coupling() {
    return Coupling.ALL;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public JsonObject settings() {
    JsonObject all = JsonObject.empty().with("network", network.toJson()).with("memory", memory);
    return secants == Secants.CONJUGATE ? all : all.with(SECANTS, secants.toString());
  }

  static QuasiNewton fromJson(JsonObject json, Architectures known) {
    return new QuasiNewton(
        known.read(json.object("network")),
        json.integer("memory"),
        json.has(SECANTS) ? Secants.parse(json.text(SECANTS)) : Secants.CONJUGATE);
  }

  @Override
  public String summary() {
    return "quasi-Newton " + memory + " + " + network.summary();
  }

  /// The rule of one φ.
  private record Steps(
      Optimizer<OptimizerState> network, StepControl control, int memory, Secants secants)
      implements Optimizer<State> {

    @Override
    public State start(ParameterLayout layout) {
      return new State(network.start(layout), memory, secants, layout.size());
    }

    @Override
    public void update(Point at, State state, float[] update) {
      double last = at.step() > 0 ? judge(at, state) : 0;
      if (at.step() == 0) {
        state.lowest.take(at);
      }
      double[] step = direction(at, state);
      double length = state.part[0] * control.rate(at.step());
      if (last > 0) {
        length *= Math.min(1, control.longer() * last / (length * norm(step)));
      }
      for (int n = 0; n < update.length; n++) {
        double moved =
            (double) state.lowest.parameters()[n] - at.parameters()[n] - length * step[n];
        update[n] =
            (float)
                (Double.isNaN(moved) ? 0 : Math.clamp(moved, -Float.MAX_VALUE, Float.MAX_VALUE));
      }
    }

    /// Learns from the last trial, and takes it if its loss is the lowest.
    ///
    /// @return how long the trial's step was
    private double judge(Point at, State state) {
      int size = at.parameters().length;
      double[] step = new double[size];
      double[] change = new double[size];
      for (int n = 0; n < size; n++) {
        step[n] = (double) at.parameters()[n] - state.lowest.parameters()[n];
        change[n] = (double) at.gradient()[n] - state.lowest.gradient()[n];
      }
      state.pairs.add(step, change);
      boolean rose = state.lowest.isBelow(at.loss());
      state.part[0] = (float) control.dare(state.part[0], rose);
      if (!rose) {
        state.lowest.take(at);
      }
      return norm(step);
    }

    /// Computes a whole step, without its sign.
    private double[] direction(Point at, State state) {
      double[] direction = new double[at.parameters().length];
      double sum = 0;
      for (int n = 0; n < direction.length; n++) {
        direction[n] = state.lowest.gradient()[n];
        sum += Math.abs(direction[n]);
      }
      double[] initial = new double[direction.length];
      boolean known = state.pairs.size() > 0;
      double scale = known ? scale(state.pairs) : 1;
      double factor =
          known ? scale * control.scale(at.step()) : control.first(size(sum, direction.length));
      float[] logarithms = logarithms(at, state, scale);
      for (int n = 0; n < initial.length; n++) {
        initial[n] = factor * Math.exp(Math.clamp(logarithms[n], -LARGEST, LARGEST));
      }
      multiply(state, initial, direction);
      return direction;
    }

    /// The size of a gradient that decides how long the first step is. Where there are many
    /// coordinates, 1/‖g‖₁ would hardly move any of them.
    ///
    /// @param sum ‖g‖₁
    private double size(double sum, int coordinates) {
      return switch (secants) {
        case CONJUGATE -> sum;
        case NEWEST -> sum / coordinates;
      };
    }

    private double scale(CurvaturePairs pairs) {
      return switch (secants) {
        case CONJUGATE -> pairs.meanScale();
        case NEWEST -> pairs.newestScale();
      };
    }

    /// Multiplies a vector with H.
    private void multiply(State state, double[] initial, double[] vector) {
      if (state.conjugate.isEmpty()) {
        state.pairs.multiply(initial, vector);
        return;
      }
      ConjugatePairs conjugate = state.conjugate.get();
      conjugate.take(state.pairs, control.tolerance());
      conjugate.multiply(initial, vector);
    }

    /// Computes what the network says to the coordinates' curvatures, `float[N]`.
    private float[] logarithms(Point at, State state, double scale) {
      double[] curvatures = state.pairs.coordinateCurvatures();
      float[] relative = new float[curvatures.length];
      for (int n = 0; n < relative.length; n++) {
        // A coordinate that never moved, or seems to curve downwards, says nothing.
        double logarithm = curvatures[n] > 0 ? Math.log(scale * curvatures[n]) : 0;
        relative[n] = (float) Math.clamp(logarithm, -LARGEST, LARGEST);
      }
      float[] logarithms = new float[relative.length];
      network.update(at.withGradient(relative), state.network, logarithms);
      return logarithms;
    }

    private static double norm(double[] values) {
      double sum = 0;
      for (double value : values) {
        sum += value * value;
      }
      return Math.sqrt(sum);
    }
  }
}
