package dev.glissade.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.LearningCurve;
import dev.glissade.Problem;
import dev.glissade.cluster.Cluster;
import dev.glissade.cluster.ClusterException;
import dev.glissade.cluster.ClusterProvider;
import dev.glissade.cluster.ClusterProvider.OpenCluster;
import dev.glissade.cluster.ClusterProvider.Setup;
import dev.glissade.cluster.Job;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.LearningRateSearch;
import dev.glissade.learned.Lstm;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.MetaLoss;
import dev.glissade.optimizer.Baselines;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.TrainingListener;
import dev.glissade.training.Validation;
import dev.glissade.training.Variety;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.lang.invoke.MethodHandles;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever Spark does, the bits are those of the threads of one JVM.
class SparkClusterTest {

  private static final Problem QUADRATIC =
      new ProblemCatalog(Problems.core()).parse("quadratic:dim=5");

  private static final ClusterProvider PROVIDER =
      ServiceLoader.load(ClusterProvider.class).findFirst().orElseThrow();

  private static final OpenCluster CLUSTER = open("local[2]");

  private static OpenCluster open(String master) {
    return PROVIDER.open(
        master,
        new Setup("test", name -> new ProblemCatalog(Problems.core()).parse(name), List.of()));
  }

  @AfterAll
  static void close() {
    CLUSTER.close();
  }

  /// A value with an index.
  private record Square(int offset) implements Job<Long> {
    @Override
    public Long run(int index) {
      if (offset + index < 0) {
        throw new IllegalArgumentException("must be >= 0, got " + (offset + index));
      }
      return (long) (offset + index) * (offset + index);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 1000})
  void resultsComeInTheOrderOfTheirTasks(int count) {
    AtomicInteger done = new AtomicInteger();
    assertThat(CLUSTER.runAll(new Square(3), count, done::incrementAndGet))
        .isEqualTo(IntStream.range(3, 3 + count).mapToObj(i -> (long) i * i).toList());
    assertThat(done).hasValue(count);
  }

  /// As it is thrown, without Spark's words around it, and without a second attempt.
  @Test
  void whatATaskThrowsIsThrown() {
    assertThatThrownBy(() -> CLUSTER.runAll(new Square(-5), 9, () -> {}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("must be >= 0, got -5");
  }

  /// Thrown by a class that only executors have, as the user's may be.
  static final class Foreign extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Foreign(String message) {
      super(message);
    }
  }

  /// Throws an exception of a class that nobody finds by its name.
  private record Stranger() implements Job<Long> {
    @Override
    public Long run(int index) {
      throw exception();
    }

    private static RuntimeException exception() {
      try (InputStream in = Foreign.class.getResourceAsStream("SparkClusterTest$Foreign.class")) {
        Class<?> hidden =
            MethodHandles.lookup()
                .defineHiddenClass(Objects.requireNonNull(in).readAllBytes(), true)
                .lookupClass();
        return (RuntimeException)
            hidden.getDeclaredConstructor(String.class).newInstance("no luck");
      } catch (IOException | ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Messages to the user name the line of the user's code.
  @Test
  void anExceptionThatCannotTravelSaysWhatItWasAndWhere() {
    assertThatThrownBy(() -> CLUSTER.runAll(new Stranger(), 2, () -> {}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Foreign")
        .hasMessageEndingWith("no luck")
        .extracting(e -> List.of(e.getStackTrace()))
        .asInstanceOf(InstanceOfAssertFactories.list(StackTraceElement.class))
        .anyMatch(frame -> frame.getMethodName().equals("exception"));
  }

  @ParameterizedTest
  @EnumSource
  void runsAreTheSameAsHere(Problem.Split split) {
    Evaluation evaluation = new Evaluation(QUADRATIC, split, 70, 30, 4);
    Lstm lstm = Lstm.forQuadratics();
    var optimizer = lstm.with(lstm.initialWeights(1));
    List<LearningCurve> here = evaluation.run(optimizer).curves();
    List<LearningCurve> there = Cluster.with(CLUSTER, () -> evaluation.run(optimizer)).curves();
    assertThat(there).usingRecursiveComparison().isEqualTo(here);
  }

  @Test
  void tunedRatesAreTheSameAsHere() {
    var search =
        new LearningRateSearch(new Evaluation(QUADRATIC, Problem.Split.VALIDATION, 16, 30, 4));
    LearningRateSearch.Family adam = (rate, steps) -> Baselines.find("adam").at(rate);
    assertThat(Cluster.with(CLUSTER, () -> search.search(adam, () -> {})))
        .isEqualTo(search.search(adam, () -> {}));
  }

  /// Shards of one objective each, a mixture whose coordinates are scaled, and validations.
  @Test
  void weightsAreTheSameAsHere() {
    MetaTraining training =
        MetaTraining.of(QUADRATIC)
            .withFamily(new Lstm(1, 4, Lstm.forNetworks().inputs(), 0.1))
            .withEpisodes(new Episodes(4, 40, 3).withLoss(MetaLoss.LOGARITHMS))
            .withVariety(
                new Variety(List.of(new ProblemCatalog(Problems.core()).parse("rosenbrock")), 1, 3))
            .withValidation(new Validation(2, 8));
    float[] here = training.run(TrainingListener.silent()).weights();
    float[] there = Cluster.with(CLUSTER, () -> training.run(TrainingListener.silent()).weights());
    assertThat(there).containsExactly(here);
  }

  @Test
  void mastersOfOtherFormsAreRefused() {
    for (String master : List.of("locals", "local[0]", "spark:/x", "mesos://a:1", "")) {
      assertThatThrownBy(() -> open(master))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("master must be local[N]");
    }
  }

  /// The Spark of the build has no module for either.
  @ParameterizedTest
  @ValueSource(strings = {"yarn", "k8s://https://127.0.0.1:1"})
  void mastersOfOtherModulesAreToldWithTheRemedy(String master) {
    assertThatThrownBy(() -> open(master))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("set SPARK_HOME");
  }

  /// Spark itself would try for a minute.
  @Test
  void aMasterThatIsNotThereIsTold() {
    assertThatThrownBy(() -> open("spark://127.0.0.1:1"))
        .isInstanceOf(ClusterException.class)
        .hasMessageStartingWith("no Spark master answers at 127.0.0.1:1");
  }
}
