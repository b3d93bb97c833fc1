package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.Point;
import dev.glissade.Problem;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.ArchitectureNotation;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Episodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// An optimizer that trains itself does so as it is at that moment, in the loop that there is.
class SelfTaughtTest {

  /// Updates are w·∇ + b, and φ = (w, b).
  private static final Architecture<?> LINEAR = ArchitectureNotation.parse("lstm(0, 1)");

  @Test
  void theUpdateIsThatOfTheWeightsThatAreUpdated() {
    assertThat(update(SelfTaught.of(LINEAR), 2, 1)).containsExactly(7, 9);
    assertThat(update(SelfTaught.of(LINEAR), -1, 5)).containsExactly(2, 1);
  }

  private static <S extends OptimizerState> float[] update(
      Optimizer<S> optimizer, float w, float b) {
    S state = optimizer.start(ParameterLayout.of("phi", 2));
    float[] update = new float[2];
    Point at = new Point.Known(0, 1, new float[] {w, b}, new float[] {3, 4});
    optimizer.update(at, state, update);
    return update;
  }

  /// The first update is that of the start, the second no longer is.
  @Test
  void aTrainingAsksTheCurrentWeights() {
    float[] start = {-0.05f, 0.01f};
    TrainedOptimizer teacher = new TrainedOptimizer(LINEAR, start, JsonObject.empty());
    MetaTraining byStart =
        Trainings.of(Trainings.PARABOLAS)
            .withFamily(LINEAR)
            .withStart(new Start.From("start", teacher))
            .withOuter(Outer.of(teacher));
    MetaTraining bySelf = byStart.withOuter(Outer.self());
    Episodes episodes = byStart.episodes();
    Episodes one = new Episodes(1, 5, episodes.batch()); // one unroll, one update
    assertThat(last(bySelf.withEpisodes(one))).containsExactly(last(byStart.withEpisodes(one)));
    Episodes two = new Episodes(2, 5, episodes.batch());
    assertThat(last(bySelf.withEpisodes(two))).isNotEqualTo(last(byStart.withEpisodes(two)));
  }

  /// The weights at the end, whatever is kept.
  private static float[] last(MetaTraining training) {
    float[][] last = new float[1][];
    Checkpoints checkpoints =
        new Checkpoints() {
          @Override
          public Optional<Checkpoint> latest() {
            return Optional.empty();
          }

          @Override
          public void record(Checkpoint checkpoint, TrainingMetrics metrics) {
            last[0] = checkpoint.progress().weights();
          }
        };
    try {
      training.run(checkpoints, TrainingListener.silent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return last[0];
  }

  /// Parabolas on which runs are short, so that trainings are.
  private record Brief(Problem problem) implements Problem {
    @Override
    public String name() {
      return "short";
    }

    @Override
    public Objective sample(Split split, long seed) {
      return problem.sample(split, seed);
    }

    @Override
    public int steps() {
      return 2;
    }
  }

  /// g(g), as `MetaTraining` says it, in five lines.
  @Test
  void anOptimizerTrainsItsSuccessorAndItself() {
    Problem fits = new Brief(Trainings.PARABOLAS);
    Architecture<?> rule = ArchitectureNotation.parse("corrected(adam=0.05)");

    MetaTraining g = MetaTraining.of(TrainingProblem.of(fits, rule)).trainer();
    g = g.withEpisodes(3).withValidation(g.validation().withInstances(4));
    TrainedOptimizer first = g.run(); // trained by Adam
    TrainedOptimizer second = g.withOuter(Outer.of(first)).run(); // g(g)
    TrainedOptimizer self = g.withOuter(Outer.self()).run(); // what trains itself: the fixed point
    MetaTraining fit = MetaTraining.of(fits).withFamily(rule).withEpisodes(2);
    TrainedOptimizer learned = fit.withOuter(Outer.of(self)).run();

    assertThat(List.of(first, second, self)).doesNotHaveDuplicates();
    assertThat(self.architecture().layout()).isEqualTo(rule.layout());
    assertThat(learned.architecture()).isEqualTo(rule);
  }

  /// The lines above are those of the documentation, but for what makes them quick.
  @Test
  void theDocumentationHasTheCodeOfThisTest() throws IOException {
    String folder = "java/dev/glissade/training/";
    String test = Files.readString(Path.of("src/test/" + folder + "SelfTaughtTest.java"));
    String documentation = Files.readString(Path.of("src/main/" + folder + "MetaTraining.java"));
    List<String> lines =
        documentation
            .lines()
            .dropWhile(line -> !line.startsWith("/// MetaTraining g = "))
            .takeWhile(line -> !line.startsWith("/// ```"))
            .map(line -> line.substring("/// ".length()))
            .toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.subList(0, 4)).allMatch(test::contains);
    assertThat(lines.getLast())
        .isEqualTo(
            "TrainedOptimizer learned ="
                + " MetaTraining.of(fits).withFamily(rule).withOuter(Outer.of(self)).run();");
  }

  @Test
  void whatTrainsItselfHasNoRateToSearchFor() {
    MetaTraining self = Trainings.of(Trainings.PARABOLAS).withOuter(Outer.self());
    assertThatThrownBy(() -> self.withLearningRate(0.1))
        .hasMessage("an optimizer that trains itself has no learning rate but its own");
  }
}
