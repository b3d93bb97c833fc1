package dev.glissade.learned;

import dev.glissade.Coupling;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.internal.kernel.LstmKernels;
import dev.glissade.internal.kernel.LstmShape;
import dev.glissade.internal.kernel.LstmState;
import java.io.Serial;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// An [Lstm] bound to its weights.
///
/// @param channels what the kernels are given for a gradient
/// @param squashing of the network's output, where there is some
/// @param shape of the network
/// @param kernels which hold the weights
/// @param weights φ, which the kernels have in another order
@SuppressWarnings("ArrayRecordComponent") // a copy, never changed
record LstmRule(
    Channels channels,
    Optional<Squashing> squashing,
    LstmShape shape,
    LstmKernels kernels,
    float[] weights)
    implements DifferentiableRule<LstmMemory>, Serializable {

  private static final float[] NONE = {};

  /// The most floats that the channels and slopes of a part of an unroll may take: 64 MB. Longer
  /// unrolls of more coordinates are gone back through part by part.
  private static final long LARGEST_PART = 1 << 24;

  /// The number of coordinates that keep the kernels' threads busy, a multiple of their blocks.
  private static final int SMALLEST_PART = 16 * LstmState.BLOCK;

  /// Binds a network to its weights.
  ///
  /// @param weights φ, copied
  static LstmRule of(
      Channels channels, Optional<Squashing> squashing, LstmShape shape, float[] weights) {
    LstmKernels kernels = LstmKernels.create(shape, weights);
    return new LstmRule(channels, squashing, shape, kernels, weights.clone());
  }

  /// What travels in place of a rule: kernels are made for the machine that they are on.
  @SuppressWarnings("ArrayRecordComponent") // never changed
  private record Unbound(
      Channels channels, Optional<Squashing> squashing, LstmShape shape, float[] weights)
      implements Serializable {

    @Serial
    private Object readResolve() {
      return LstmRule.of(channels, squashing, shape, weights);
    }
  }

  @Serial
  private Object writeReplace() {
    return new Unbound(channels, squashing, shape, weights);
  }

  @Override
  public LstmMemory start(ParameterLayout layout) {
    int count = layout.size();
    LstmState lstm = LstmState.zero(shape, count);
    float[] means = channels.moments().isPresent() ? Moments.start(count) : NONE;
    return new LstmMemory(lstm, means, space(count));
  }

  @Override
  public void update(Point at, LstmMemory state, float[] update) {
    kernels.forward(
        channels.make(at.gradient(), at.step(), state.moments(), state.channels()),
        state.lstm(),
        update);
    squashing.ifPresent(it -> it.apply(update));
  }

  @Override
  public Coupling coupling() {
    return coupling(shape);
  }

  /// What a network mixes: all coordinates where cells are averaged over them.
  static Coupling coupling(LstmShape shape) {
    return shape.globalCells() > 0 ? Coupling.ALL : Coupling.COORDINATES;
  }

  /// Room for the channels of so many coordinates, where they are not the gradient.
  private float[] space(int count) {
    return channels.isGradient() ? NONE : new float[channels.count() * count];
  }

  /// Whether there are averages: all steps would be made again, with another pass over all
  /// coordinates for each.
  @Override
  public boolean keepsStates() {
    return shape.globalCells() > 0;
  }

  @Override
  public void backward(LstmMemory start, Unroll unroll, float[] weightGradient) {
    backward(List.of(start), unroll, weightGradient);
  }

  @Override
  public void backward(List<LstmMemory> states, Unroll unroll, float[] weightGradient) {
    LstmMemory start = states.getFirst();
    requireAllThatAreAveraged(unroll.coordinates().length, start.lstm().coordinates());
    List<LstmState> own = states.stream().map(LstmMemory::lstm).toList();
    boolean asRecorded =
        channels.isGradient()
            && squashing.isEmpty()
            && unroll.gradients().isWhole()
            && unroll.slopes().isWhole();
    if (asRecorded) {
      kernels.backward(
          own,
          unroll.gradients().rows(),
          unroll.slopes().rows(),
          unroll.multipliers(),
          unroll.coordinates(),
          weightGradient,
          null,
          null);
      return;
    }
    int count = unroll.coordinates().length;
    int size = partSize(unroll.steps());
    for (int from = 0; from < count; from += size) {
      int part = Math.min(size, count - from);
      List<LstmState> its =
          part == start.lstm().coordinates()
              ? own
              : List.of(start.lstm().select(unroll.coordinates(), from, part));
      backward(start, its, unroll, from, part, weightGradient);
    }
  }

  private void requireAllThatAreAveraged(int some, int all) {
    if (shape.globalCells() > 0 && some != all) {
      throw new IllegalArgumentException(
          "with global cells the way back is through all %s coordinates, got %s"
              .formatted(all, some));
    }
  }

  /// The most coordinates of a part; all of them where they must be averaged.
  private int partSize(int steps) {
    if (shape.globalCells() > 0) {
      return Integer.MAX_VALUE;
    }
    long perStep = shape.channels() + (squashing.isPresent() ? 2L : 1L);
    long fits = LARGEST_PART / (perStep * steps);
    long blocks = Math.max(SMALLEST_PART, fits) / LstmState.BLOCK;
    return (int) Math.min(Integer.MAX_VALUE, blocks * LstmState.BLOCK);
  }

  /// Goes back through the coordinates `from` … of the list, whose inputs are made here.
  private void backward(
      LstmMemory start,
      List<LstmState> states,
      Unroll unroll,
      int from,
      int count,
      float[] weightGradient) {
    int[] coordinates = unroll.coordinates();
    int[] inGradients = unroll.gradients().ranges().wide(coordinates);
    int[] inSlopes = unroll.slopes().ranges().wide(coordinates);
    float[] means =
        channels.moments().isPresent()
            ? Moments.select(start.moments(), coordinates, from, count)
            : NONE;
    float[][] given = new float[unroll.steps()][];
    float[][] slopes = new float[unroll.steps() + 1][count];
    for (int t = 0; t < given.length; t++) {
      float[] gradient = new float[count];
      unroll.gradients().gather(t, inGradients, from, count, gradient);
      given[t] = channels.make(gradient, unroll.firstStep() + t, means, space(count));
      unroll.slopes().gather(t + 1, inSlopes, from, count, slopes[t + 1]);
    }
    float[] multipliers = unroll.multipliers();
    if (squashing.isPresent()) {
      float[][] outputs = outputs(start.lstm().select(coordinates, from, count), given);
      multipliers = squashing.get().throughSquashing(outputs, slopes, multipliers);
    }
    kernels.backward(
        states,
        given,
        slopes,
        multipliers,
        IntStream.range(0, count).toArray(),
        weightGradient,
        null,
        null);
  }

  /// The outputs of the network in each step, `float[T][N]`.
  ///
  /// @param state moved on
  private float[][] outputs(LstmState state, float[][] given) {
    float[][] outputs = new float[given.length][state.coordinates()];
    for (int t = 0; t < given.length; t++) {
      kernels.forward(given[t], state, outputs[t]);
    }
    return outputs;
  }

  @Override
  public void backwardStep(
      LstmMemory before, Point at, Cotangent<LstmMemory> cotangent, float[] weightGradient) {
    float[] gradient = at.gradient();
    float[] given =
        channels.make(gradient, at.step(), before.moments().clone(), space(gradient.length));
    float[] byChannels = new float[given.length];
    int[] all = IntStream.range(0, gradient.length).toArray();
    float[][] slopes = {gradient, cotangent.update().clone()};
    float[] multipliers = {0, 1};
    if (squashing.isPresent()) {
      LstmState state = before.lstm().select(all, 0, all.length);
      float[][] outputs = outputs(state, new float[][] {given});
      multipliers = squashing.get().throughSquashing(outputs, slopes, multipliers);
    }
    kernels.backward(
        List.of(before.lstm()),
        new float[][] {given},
        slopes,
        multipliers,
        all,
        weightGradient,
        cotangent.state().lstm(),
        byChannels);
    channels.backward(
        gradient, before.moments(), byChannels, cotangent.state().moments(), cotangent.gradient());
  }
}
