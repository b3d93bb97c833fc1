package dev.glissade.evaluation;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.file.AtomicFiles;
import dev.glissade.file.JsonObject;
import dev.glissade.internal.Sha256;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The runs of comparisons, kept in a folder as they are made, so that a comparison that was
/// stopped goes on.
///
/// A run is taken if it is of the same contender on the same instance, and if its first losses come
/// out once more, bit for bit: so neither another optimizer of the same name is taken for it, nor
/// one on other data. A file is one line of JSON and then the losses, 8 bytes each.
public final class KeptRuns {

  /// The number of steps that must come out once more.
  private static final int PROBED = 20;

  private static final String KEY = "key";
  private static final String ENDS_FINITE = "endsFinite";
  private static final String NON_FINITE = "nonFinite";
  private static final String INTERVENTIONS = "interventions";
  private static final String MICROS = "microsPerStep";
  private static final String HELD_OUT = "heldOut";
  private static final int HASH_DIGITS = 20;

  private final Path folder;
  private final Consumer<IOException> notKept;

  /// Runs in a folder, which is made when the first is kept.
  ///
  /// @param notKept is told why a run could not be kept, on any thread
  public KeptRuns(Path folder, Consumer<IOException> notKept) {
    this.folder = folder;
    this.notKept = notKept;
  }

  /// A run that was kept; empty if there is none, or it is not what would come out now.
  Optional<LegsJob.Run> find(Evaluation evaluation, Contender contender, int instance) {
    JsonObject key = key(evaluation, contender, instance);
    Path file = file(key);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      Optional<LegsJob.Run> run = read(Files.readAllBytes(file), key, evaluation.steps());
      return run.filter(it -> comesOutAgain(it.curve(), evaluation, contender, instance));
    } catch (IOException | IllegalArgumentException | BufferUnderflowException e) {
      return Optional.empty();
    }
  }

  /// Keeps a run.
  void put(Evaluation evaluation, Contender contender, int instance, LegsJob.Run run) {
    JsonObject key = key(evaluation, contender, instance);
    LearningCurve curve = run.curve();
    JsonObject header =
        JsonObject.empty()
            .with(KEY, key)
            .with(ENDS_FINITE, curve.endsFinite())
            .with(NON_FINITE, curve.nonFiniteCount())
            .with(INTERVENTIONS, curve.interventions());
    header = withNumber(withNumber(header, MICROS, run.microsPerStep()), HELD_OUT, run.heldOut());
    ByteBuffer losses = ByteBuffer.allocate(Double.BYTES * (curve.steps() + 1));
    for (int t = 0; t <= curve.steps(); t++) {
      losses.putDouble(curve.loss(t));
    }
    try {
      Files.createDirectories(folder);
      AtomicFiles.write(
          file(key), (header + "\n").getBytes(StandardCharsets.UTF_8), losses.array());
    } catch (IOException e) {
      notKept.accept(e);
    }
  }

  /// Forgets all runs, and deletes the folder unless something else lies in it.
  public void forget() throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".run")).toList()) {
        Files.delete(file);
      }
    }
    try (Stream<Path> others = Files.list(folder)) {
      if (others.findAny().isEmpty()) {
        Files.delete(folder);
      }
    }
  }

  private static JsonObject withNumber(JsonObject json, String key, double number) {
    return Double.isFinite(number) ? json.with(key, number) : json;
  }

  private static double number(JsonObject json, String key) {
    return json.has(key) ? json.real(key) : Double.NaN;
  }

  private static Optional<LegsJob.Run> read(byte[] bytes, JsonObject key, int steps)
      throws IOException {
    int end = 0;
    while (end < bytes.length && bytes[end] != '\n') {
      end++;
    }
    JsonObject header = JsonObject.parse(new String(bytes, 0, end, StandardCharsets.UTF_8));
    if (!header.object(KEY).equals(key) || bytes.length != end + 1 + Double.BYTES * (steps + 1)) {
      return Optional.empty();
    }
    double[] losses = new double[steps + 1];
    ByteBuffer.wrap(bytes, end + 1, bytes.length - end - 1).asDoubleBuffer().get(losses);
    LearningCurve curve =
        LearningCurve.of(
            losses,
            header.truth(ENDS_FINITE),
            header.whole(NON_FINITE),
            header.whole(INTERVENTIONS));
    return Optional.of(new LegsJob.Run(curve, number(header, MICROS), number(header, HELD_OUT)));
  }

  private static boolean comesOutAgain(
      LearningCurve kept, Evaluation evaluation, Contender contender, int instance) {
    int steps = Math.min(PROBED, evaluation.steps());
    LearningCurve now =
        Descent.start(evaluation.instance(instance), contender.optimizer()).run(steps);
    for (int t = 0; t <= steps; t++) {
      if (Double.compare(now.loss(t), kept.loss(t)) != 0) {
        return false;
      }
    }
    return true;
  }

  private static JsonObject key(Evaluation evaluation, Contender contender, int instance) {
    return JsonObject.empty()
        .with("problem", evaluation.problem().name())
        .with("split", evaluation.split().toString())
        .with("steps", evaluation.steps())
        .with("seed", evaluation.seed())
        .with("instance", instance)
        .with("contender", contender.name())
        .with("settings", settings(contender));
  }

  private static String settings(Contender contender) {
    return switch (contender) {
      case Contender.Designed(_, var rule, _, _) -> rule.toJson().toString();
      case Contender.Learned(_, var summary, _) -> summary;
    };
  }

  private Path file(JsonObject key) {
    String hash = Sha256.of(key.toString().getBytes(StandardCharsets.UTF_8));
    return folder.resolve(hash.substring(0, HASH_DIGITS) + ".run");
  }
}
