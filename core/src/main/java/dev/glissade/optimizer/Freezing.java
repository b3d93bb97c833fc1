package dev.glissade.optimizer;

import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import java.util.List;

/// Lets another optimizer change some blocks of the parameters and leaves the others as they are.
///
/// The inner optimizer sees a gradient of 0 in the others. A step allocates one array.
///
/// @param inner the optimizer of the blocks that change
/// @param moving the blocks that change
/// @param <S> the inner optimizer's state
public record Freezing<S extends OptimizerState>(Optimizer<S> inner, BlockFilter moving)
    implements Optimizer<Freezing.State<S>> {

  /// The inner optimizer's state, and which coordinates move.
  ///
  /// @param inner the inner optimizer's state
  /// @param mask which coordinates move, `boolean[N]`; fixed by the layout
  @SuppressWarnings("ArrayRecordComponent") // live, as states are
  public record State<S extends OptimizerState>(S inner, boolean[] mask) implements OptimizerState {
    @Override
    public List<float[]> arrays() {
      return inner.arrays();
    }
  }

  @Override
  public State<S> start(ParameterLayout layout) {
    return new State<>(inner.start(layout), layout.mask(moving));
  }

  @Override
  public void update(Point at, State<S> state, float[] update) {
    float[] seen = at.gradient().clone();
    clearOthers(seen, state.mask);
    inner.update(at.withGradient(seen), state.inner, update);
    clearOthers(update, state.mask);
  }

  private static void clearOthers(float[] values, boolean[] mask) {
    for (int i = 0; i < values.length; i++) {
      if (!mask[i]) {
        values[i] = 0;
      }
    }
  }

  @Override
  public Coupling coupling() {
    return inner.coupling();
  }
}
