package dev.glissade.app.experiment;

import dev.glissade.app.FailureException;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Outer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Optimizers of optimizers, generation by generation: the first is trained by a hand-designed
/// rule, each later one by the one before it, and one more trains itself from the same start.
///
/// All are trained as [dev.glissade.training.Trainer] says, from the same weights and on the same
/// draws; they differ in their outer optimizer alone.
///
/// @param problem a problem of trainings, by its name
/// @param generations how many there are, ≥ 1, the one that trains itself aside
/// @param settings what is unlike the recipe's, of all generations
public record Lineage(String problem, int generations, UnaryOperator<MetaTraining> settings) {

  /// The name of the rule that all start as.
  static final String START = "start";

  /// The name of the first generation.
  static final String FIRST = generation(1);

  private static final String SELF = "self";

  private static String generation(int number) {
    return "generation " + number;
  }

  /// The training of the first generation, made of the problem's usual one.
  MetaTraining first(MetaTraining usual) {
    return settings.apply(usual.trainer());
  }

  /// The name of a generation's folder.
  private static String folder(String name) {
    return name.replace(' ', '-');
  }

  /// The change of a training that has another teacher.
  private static UnaryOperator<MetaTraining> by(Outer.Teacher teacher) {
    return training -> training.withOuter(training.outer().withTeacher(teacher));
  }

  /// Trains all generations, or goes on where that was stopped.
  ///
  /// @return the generations in their order, and the one that trained itself
  List<OptimizerName.Learned> train(ExperimentRun run) throws IOException, FailureException {
    List<OptimizerName.Learned> trained = new ArrayList<>();
    trained.add(train(run, FIRST, first -> first));
    for (int k = 2; k <= generations; k++) {
      OptimizerName.Learned parent = trained.getLast();
      Outer.Teacher teacher = new Outer.Learned(folder(parent.name()), parent.trained());
      trained.add(train(run, generation(k), by(teacher)));
    }
    trained.add(train(run, SELF, by(new Outer.Self())));
    return trained;
  }

  private OptimizerName.Learned train(
      ExperimentRun run, String name, UnaryOperator<MetaTraining> change)
      throws IOException, FailureException {
    ExperimentTraining training =
        new ExperimentTraining(
            run.laboratory().console(),
            run.catalog(),
            new TrainingRecipe(problem, usual -> change.apply(first(usual))),
            run.folder().resolve(folder(name)),
            Optional.of(run.seed()));
    training.check();
    run.laboratory().console().note(name);
    return new OptimizerName.Learned(name, training.run(Optional.empty()).trained());
  }
}
