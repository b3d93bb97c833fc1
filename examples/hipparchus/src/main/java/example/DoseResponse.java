package example;

import dev.glissade.Objective;
import dev.glissade.Problem;
import dev.glissade.Seeds;
import dev.glissade.hipparchus.FromHipparchus;

/// The family: fits of dose-response curves, as a screening laboratory makes them by the thousand.
public record DoseResponse(Loss loss) implements Problem {

  @Override
  public String name() {
    return "dose-response-" + loss;
  }

  @Override
  public int steps() {
    return 20;
  }

  /// One curve of a split.
  public Curve curve(Split split, long seed) {
    return Curve.draw(loss, Seeds.stream(seed, name() + "/" + split, 0));
  }

  @Override
  public Objective sample(Split split, long seed) {
    Curve curve = curve(split, seed);
    return FromHipparchus.objective(
        Curve.fit(curve, curve.start(), (_, _, _) -> false, Integer.MAX_VALUE));
  }
}
