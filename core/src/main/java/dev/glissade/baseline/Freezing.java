package dev.glissade.baseline;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import java.util.regex.Pattern;

/// Lets another optimizer change some blocks of the parameters and leaves the others as they are.
///
/// The inner optimizer sees a gradient of 0 in the others. A step allocates one array.
///
/// @param inner the optimizer of the blocks that change
/// @param moving searched for in the names of the blocks: those that change
/// @param layout of the parameters
/// @param <S> the inner optimizer's state
public record Freezing<S extends OptimizerState>(
    Optimizer<S> inner, Pattern moving, ParameterLayout layout) implements Optimizer<S> {

  @Override
  public S start(ParameterLayout layout) {
    return inner.start(layout);
  }

  @Override
  public void update(float[] gradient, S state, float[] update) {
    boolean[] mask = layout.mask(moving);
    float[] seen = gradient.clone();
    clearOthers(seen, mask);
    inner.update(seen, state, update);
    clearOthers(update, mask);
  }

  private static void clearOthers(float[] values, boolean[] mask) {
    for (int i = 0; i < values.length; i++) {
      if (!mask[i]) {
        values[i] = 0;
      }
    }
  }
}
