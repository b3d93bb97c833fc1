package dev.glissade.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.LearningCurve;
import dev.glissade.Problem;
import dev.glissade.cluster.Cluster;
import dev.glissade.cluster.ClusterProvider.OpenCluster;
import dev.glissade.cluster.ClusterProvider.Setup;
import dev.glissade.cluster.Job;
import dev.glissade.cluster.Shelf;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.LearningRateSearch;
import dev.glissade.learned.Lstm;
import dev.glissade.meta.Episodes;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Baselines;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.TrainingListener;
import dev.glissade.training.TrainingMetrics;
import dev.glissade.training.Validation;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A master and two workers in processes of their own, started by `scripts/cluster`: whatever they
/// do has the bits of this JVM, also after one of them was killed. Half a minute to a minute;
/// `-DexcludedGroups=cluster` leaves it out.
@Tag("cluster")
@EnabledOnOs({OS.LINUX, OS.MAC})
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StandaloneClusterTest {

  @TempDir private static Path folder;

  private static Optional<OpenCluster> cluster = Optional.empty();

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    script(port, "start", "2");
    Setup setup = new Setup("test", new TestFinder(), List.of());
    cluster = Optional.of(new SparkClusterProvider().open("spark://127.0.0.1:" + port, setup));
  }

  @AfterAll
  static void stop() throws IOException, InterruptedException {
    cluster.ifPresent(OpenCluster::close);
    script(0, "stop");
  }

  private static void script(int port, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("../scripts/cluster");
    builder.command().addAll(List.of(arguments));
    builder.environment().put("CLUSTER_FOLDER", folder.toString());
    builder.environment().put("CLUSTER_PORT", Integer.toString(port));
    builder.environment().put("CLUSTER_MEMORY", "1g");
    Process process = builder.inheritIO().start();
    assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("in time").isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static Problem problem(String name) {
    return new TestFinder().find(name);
  }

  private static <T> T there(Supplier<T> work) {
    return Cluster.with(cluster.orElseThrow(), work);
  }

  /// Of libtorch's networks on the digits that ship, with natives from the jar.
  @Test
  @Order(1)
  void aTrainingOnDigits() {
    MetaTraining training =
        MetaTraining.of(problem("digits"))
            .withEpisodes(new Episodes(2, 20, 2))
            .withValidation(new Validation(2, 4));
    Supplier<float[]> weights = () -> training.run(TrainingListener.silent()).weights();
    assertThat(there(weights)).containsExactly(weights.get());
  }

  @Test
  @Order(2)
  void aComparison() {
    Evaluation evaluation = new Evaluation(problem("quadratic"), Problem.Split.TEST, 100, 50, 7);
    List<LearningCurve> here = evaluation.run(new Adam(0.1)).curves();
    List<LearningCurve> there = there(() -> evaluation.run(new Adam(0.1)).curves());
    assertThat(there).usingRecursiveComparison().isEqualTo(here);
  }

  /// Says which executor did it.
  private record Where(Shelf<Integer> workers) implements Job<String> {
    @Override
    public String run(int index) {
      workers.put(index, index);
      return SparkEnv.get().executorId();
    }

    @Override
    public Optional<Shelf<?>> shelf() {
      return Optional.of(workers);
    }
  }

  /// Spark alone may give all of them to the one that answers first.
  @Test
  @Order(2)
  void theShardsOfAnEpisodeAreDealtOutEvenlyAndStay() {
    Where job = new Where(new Shelf<>());
    List<String> first = there(() -> Cluster.run(job, 6, () -> {}));
    for (String executor : Set.copyOf(first)) {
      assertThat(Collections.frequency(first, executor)).isEqualTo(3);
    }
    assertThat(there(() -> Cluster.run(job, 6, () -> {}))).isEqualTo(first);
  }

  /// Two shards of an episode are on two workers; in the third episode one of these is killed.
  @Test
  @Order(3)
  void aTrainingWhoseWorkerIsKilled() {
    MetaTraining training =
        MetaTraining.of(problem("quadratic"))
            .withFamily(new Lstm(1, 8, Lstm.forQuadratics().inputs(), 1))
            .withEpisodes(new Episodes(6, 100, 64))
            .withValidation(new Validation(3, 32));
    float[] here = training.run(TrainingListener.silent()).weights();
    AtomicBoolean killed = new AtomicBoolean();
    float[] there = there(() -> training.run(new Killer(killed)).weights());
    assertThat(killed).isTrue();
    assertThat(there).containsExactly(here);
  }

  /// Kills a worker, and with it its executor, in the middle of the third episode.
  private record Killer(AtomicBoolean killed) implements TrainingListener {
    @Override
    public void episode(TrainingMetrics metrics) {
      if (metrics.episode() == 3 && killed.compareAndSet(false, true)) {
        Thread.ofPlatform().daemon().start(Killer::kill);
      }
    }

    private static void kill() {
      try {
        Thread.sleep(100);
        long worker = Long.parseLong(Files.readString(folder.resolve("worker-1.pid")).strip());
        ProcessHandle.of(worker)
            .orElseThrow()
            .descendants()
            .forEach(ProcessHandle::destroyForcibly);
        ProcessHandle.of(worker).orElseThrow().destroyForcibly();
      } catch (IOException | InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// On the worker that is left.
  @Test
  @Order(4)
  void aTuning() {
    LearningRateSearch search =
        new LearningRateSearch(
            new Evaluation(problem("quadratic"), Problem.Split.VALIDATION, 16, 30, 4));
    LearningRateSearch.Family adam = (rate, _) -> Baselines.find("adam").at(rate);
    assertThat(there(() -> search.search(adam, () -> {}))).isEqualTo(search.search(adam, () -> {}));
  }
}
