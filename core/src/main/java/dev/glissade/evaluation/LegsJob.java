package dev.glissade.evaluation;

import dev.glissade.Descent;
import dev.glissade.HeldOut;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.cluster.Job;
import dev.glissade.evaluation.Evaluation.Leg;
import java.util.List;

/// The runs of several optimizers on instances of a problem, each of which can be made anywhere.
///
/// @param evaluation whose instances they are
/// @param legs the optimizers, and on which instances they are run
/// @param times for each leg, of the steps that are made in this JVM
record LegsJob(Evaluation evaluation, List<Leg> legs, List<StepTimes> times)
    implements Job<LegsJob.Run> {

  /// One run.
  ///
  /// @param curve its losses
  /// @param microsPerStep the time for a step; NaN if it does not count
  /// @param heldOut the loss of the result on what was held out; NaN where nothing was
  record Run(LearningCurve curve, double microsPerStep, double heldOut) {}

  static LegsJob of(Evaluation evaluation, List<Leg> legs) {
    return new LegsJob(
        evaluation,
        List.copyOf(legs),
        legs.stream().map(_ -> new StepTimes(evaluation.steps())).toList());
  }

  /// The number of all runs.
  int count() {
    return legs.stream().mapToInt(Leg::count).sum();
  }

  /// The place of a task.
  ///
  /// @param leg the number of its leg
  /// @param instance the number of the instance
  record Place(int leg, int instance) {}

  Place place(int index) {
    int leg = 0;
    int before = 0;
    while (index >= before + legs.get(leg).count()) {
      before += legs.get(leg++).count();
    }
    return new Place(leg, legs.get(leg).first() + index - before);
  }

  @Override
  public Run run(int index) {
    Place place = place(index);
    return run(legs.get(place.leg), place.instance, times.get(place.leg));
  }

  private Run run(Leg leg, int instance, StepTimes clock) {
    Objective objective = evaluation.instance(instance);
    StepTimes.Begin begin = clock.begin();
    Descent descent = Descent.start(objective, leg.optimizer());
    LearningCurve curve = descent.run(evaluation.steps());
    double micros = clock.end(begin);
    double heldOut =
        objective instanceof HeldOut more ? more.heldOutLoss(descent.parameters()) : Double.NaN;
    return new Run(curve, micros, heldOut);
  }

  /// The runs of one leg together.
  static Runs runs(List<Run> leg) {
    return new Runs(
        leg.stream().map(Run::curve).toList(),
        StepTimes.median(leg.stream().mapToDouble(Run::microsPerStep)),
        leg.stream().map(Run::heldOut).toList());
  }
}
