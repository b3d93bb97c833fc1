package dev.glissade.check;

import dev.glissade.ParameterLayout.Slice;
import dev.glissade.TwiceDifferentiable;
import dev.glissade.check.Ladder.Outcome;
import dev.glissade.check.Ladder.Result;
import dev.glissade.check.Ladder.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// Compares gradients with Hessian-vector products at one place: along a random direction v, the
/// change of w·∇f with the integral of w·H·v, for many w at once.
final class HessianLines {

  private static final int COORDINATES = 24; // single ones among the w

  /// How far w·H·v and v·H·w may be apart, relative.
  private static final double SYMMETRY = 3e-3;

  private static final double DEVIATIONS = 6;

  private final Place place;
  private final TwiceDifferentiable twice;
  private final Tally tally;
  private final Pace pace;
  private final RandomGenerator random;

  /// A vector that gradients are multiplied with: some of a block's coordinates.
  @SuppressWarnings("ArrayRecordComponent")
  private record Probe(float[] w, Slice block, boolean one, String name) {}

  /// @param number of the direction, which makes it another one
  HessianLines(Place place, TwiceDifferentiable twice, int number, Tally tally, Pace pace) {
    this.place = place;
    this.twice = twice;
    this.tally = tally;
    this.pace = pace;
    this.random = place.member().random("second lines " + number);
  }

  /// Looks along one random direction.
  void compare() {
    if (pace.isOver()) {
      return;
    }
    float[] v = place.direction(random);
    Roundings gradients = Roundings.ofGradient(place, v);
    Roundings products = Roundings.ofProduct(place, twice, v);
    List<Probe> probes = probes();
    Ladder ladder = new Ladder(t -> sample(probes, v, t), sample(probes, v, 0));
    List<Outcome> outcomes = new ArrayList<>();
    for (int k = 0; k < probes.size(); k++) {
      Probe probe = probes.get(k);
      Ladder.Scale scale =
          new Ladder.Scale(
              gradients.deviation(probe.w),
              products.deviation(probe.w),
              products.along(probe.w, probe.block).least());
      outcomes.add(ladder.compare(k, scale));
    }
    boolean kinked =
        outcomes.stream().anyMatch(outcome -> outcome.result() == Result.WRONG)
            && Kinks.areOn(place, twice, v, gradients.deviation(place.units()));
    for (int k = 0; k < outcomes.size(); k++) {
      Probe probe = probes.get(k);
      Outcome outcome = kinked ? outcomes.get(k).kinked() : outcomes.get(k);
      Counts.add(tally, outcome, probe.one, () -> sentence(outcome, probe));
    }
    symmetry(v, products);
    pace.step();
  }

  private List<Probe> probes() {
    List<Probe> probes = new ArrayList<>();
    List<Slice> slices = place.member().objective().layout().slices();
    for (Slice slice : slices) {
      float[] w = place.direction(slice, random);
      probes.add(new Probe(w, slice, false, "block '%s'".formatted(slice.block().name())));
    }
    for (int n = 0; n < COORDINATES; n++) {
      Slice slice = slices.get(n % slices.size());
      int i = random.nextInt(slice.offset(), slice.end());
      probes.add(new Probe(place.direction(i), slice, true, place.member().coordinate(i)));
    }
    return probes;
  }

  private Sample sample(List<Probe> probes, float[] v, double t) {
    float[] gradient = place.evaluate(v, t).gradient();
    float[] product = place.times(twice, v, v, t);
    double[] values = new double[probes.size()];
    double[] slopes = new double[probes.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = Products.of(probes.get(k).w, gradient);
      slopes[k] = Products.of(probes.get(k).w, product);
    }
    return new Sample(values, slopes);
  }

  /// Whether w·H·v is v·H·w, for another random w.
  private void symmetry(float[] v, Roundings products) {
    float[] w = place.direction(random);
    float[] hv = place.times(twice, v, v, 0);
    float[] hw = place.times(twice, w, v, 0);
    double there = Products.of(w, hv);
    double back = Products.of(v, hw);
    double usual = 0;
    for (int i = 0; i < w.length; i++) {
      double part = (double) w[i] * hv[i];
      usual += part * part;
    }
    double scale = Math.max(Math.sqrt(usual), Math.max(Math.abs(there), Math.abs(back)));
    double noise = 2 * DEVIATIONS * products.deviation(w);
    double error = Math.max(0, Math.abs(there - back) - noise) / Math.max(Double.MIN_NORMAL, scale);
    tally.tried(1);
    if (error > SYMMETRY) {
      tally.complain(
          Verdict.WRONG,
          error,
          "%s: H is not symmetric: w·H·v is %s, and v·H·w is %s"
              .formatted(place.where(), Counts.number(there), Counts.number(back)));
    } else {
      tally.figure(error);
    }
  }

  private String sentence(Outcome outcome, Probe probe) {
    return "%s: in %s the Hessian-vector product says %s, the change of the gradient %s"
        .formatted(
            place.where(),
            probe.name,
            Counts.number(outcome.slope()),
            Counts.number(outcome.quotient()));
  }
}
