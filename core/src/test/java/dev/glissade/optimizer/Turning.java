package dev.glissade.optimizer;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.StatefulOptimizer;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.TreeMap;

/// One optimizer at first, and others from some steps on; each starts anew at every step.
///
/// @param members the optimizer from a step on, the first from step 0
record Turning(NavigableMap<Long, Optimizer<?>> members)
    implements Optimizer<OptimizerState.Empty> {

  Turning {
    members = Collections.unmodifiableNavigableMap(new TreeMap<>(members));
  }

  static Turning from(Optimizer<?> first) {
    return new Turning(new TreeMap<>()).to(first, 0);
  }

  /// Turns to another optimizer at a step.
  Turning to(Optimizer<?> next, long step) {
    TreeMap<Long, Optimizer<?>> all = new TreeMap<>(members);
    all.put(step, next);
    return new Turning(all);
  }

  @Override
  public OptimizerState.Empty start(ParameterLayout layout) {
    return new OptimizerState.Empty();
  }

  @Override
  public void update(Point at, OptimizerState.Empty state, float[] update) {
    Optimizer<?> now = members.floorEntry(at.step()).getValue();
    StatefulOptimizer.start(now, ParameterLayout.of("x", update.length)).update(at, update);
  }
}
