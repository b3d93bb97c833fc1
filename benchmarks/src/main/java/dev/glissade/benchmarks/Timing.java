package dev.glissade.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/// What JMH measured of one method with one set of parameters, per operation.
///
/// @param method that was timed
/// @param parameters of the benchmark
/// @param cpuNanos processor time of the calling thread, in the best iteration: noise only ever
///   adds
/// @param wallNanos by the clock, mean of the iterations
/// @param allocatedBytes on the Java heap
record Timing(
    String method,
    Map<String, String> parameters,
    double cpuNanos,
    double wallNanos,
    double allocatedBytes) {

  /// Times all methods of a benchmark, which must use a [CpuTime].
  ///
  /// @param parameters those whose values are not the benchmark's own
  static List<Timing> of(Class<?> benchmark, Map<String, String> parameters)
      throws RunnerException, IOException {
    Path log = Files.createTempFile("glissade-benchmark", ".log");
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(benchmark.getName() + "\\..*")
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .output(log.toString());
    parameters.forEach(options::param);
    Collection<RunResult> results = new Runner(options.build()).run();
    Files.delete(log); // where it fails, the log stays, and JMH's message names the benchmark
    return results.stream().map(Timing::of).toList();
  }

  private static Timing of(RunResult result) {
    BenchmarkParams params = result.getParams();
    Map<String, String> parameters = new TreeMap<>();
    params.getParamsKeys().forEach(key -> parameters.put(key, params.getParam(key)));
    String method = params.getBenchmark();
    return new Timing(
        method.substring(method.lastIndexOf('.') + 1),
        parameters,
        bestCpuNanos(result),
        result.getPrimaryResult().getScore() * nanosPerUnit(params),
        score(result.getSecondaryResults(), "gc.alloc.rate.norm"));
  }

  private static double nanosPerUnit(BenchmarkParams params) {
    return params.getTimeUnit().toNanos(1);
  }

  private static double bestCpuNanos(RunResult result) {
    double best = Double.POSITIVE_INFINITY;
    for (BenchmarkResult fork : result.getBenchmarkResults()) {
      for (IterationResult iteration : fork.getIterationResults()) {
        double nanos = score(iteration.getSecondaryResults(), "cpuNanos");
        double operations = score(iteration.getSecondaryResults(), "operations");
        best = Math.min(best, nanos / operations);
      }
    }
    return best;
  }

  @SuppressWarnings("rawtypes") // JMH's own
  private static double score(Map<String, Result> results, String name) {
    return Objects.requireNonNull(results.get(name), name).getScore();
  }
}
