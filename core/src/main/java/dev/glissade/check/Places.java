package dev.glissade.check;

import dev.glissade.Descent;
import dev.glissade.internal.Vectors;
import dev.glissade.optimizer.Adam;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// The places of a member where derivatives are looked at: the start, points of a short descent,
/// and random points near the start.
final class Places {

  private static final int STEPS = 10; // of the first stretch of the descent
  private static final double RATE = 1.0 / 4; // of the descent, in units
  private static final double SPREAD = 4; // of random points, in units

  private Places() {}

  /// So many places, as far as they are finite.
  static List<Place> of(Member member, int count) {
    List<Place> places = new ArrayList<>();
    float[] start = member.objective().initialParameters();
    float[] units = Place.units(member, start);
    add(places, Place.near(member, "at the start", start, 0));
    Descent descent = Descent.start(member.objective(), new Adam(RATE * smallest(units)));
    RandomGenerator random = member.random("places");
    for (int n = 1; n < count; n++) {
      if (n % 2 == 1) {
        int steps = STEPS * n;
        for (int t = 0; t < steps; t++) {
          descent.advance();
        }
        String name = "after %s steps of Adam".formatted(descent.draws());
        add(places, Place.near(member, name, descent.parameters(), descent.draws()));
      } else {
        float[] near = scattered(start, units, random);
        add(places, Place.near(member, "at a random point near the start", near, n));
      }
    }
    return places;
  }

  private static void add(List<Place> places, Place place) {
    if (Vectors.allFinite(place.at())
        && place.member().evaluate(place.at(), place.draw()).isFinite()) {
      places.add(place);
    }
  }

  private static double smallest(float[] units) {
    double smallest = Double.POSITIVE_INFINITY;
    for (float unit : units) {
      smallest = Math.min(smallest, unit);
    }
    return smallest;
  }

  private static float[] scattered(float[] start, float[] units, RandomGenerator random) {
    float[] near = start.clone();
    for (int i = 0; i < near.length; i++) {
      near[i] += (float) (SPREAD * units[i] * random.nextGaussian());
    }
    return near;
  }
}
