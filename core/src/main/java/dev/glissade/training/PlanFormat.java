package dev.glissade.training;

import dev.glissade.BlockFilter;
import dev.glissade.Problem;
import dev.glissade.evaluation.Span;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Architectures;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Curriculum;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.GradientEstimators;
import dev.glissade.meta.MetaLoss;
import dev.glissade.optimizer.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// Trainings as JSON: the one place that knows how a [MetaTraining] is written down.
///
/// Learned optimizers that are part of a training, as its teacher or its start, are files of their
/// own; here they have names only.
final class PlanFormat {

  private static final String FORMAT = "glissade.training/1";

  private static final String CONVEX_PART = "convexPart";

  private PlanFormat() {}

  /// What a training is read with.
  ///
  /// @param problems finds a problem by its name
  /// @param architectures reads the optimizer
  /// @param teacher reads the learned outer optimizer, where there is one
  /// @param start reads the optimizer that the training starts from, where there is one
  record Sources(
      Function<String, Problem> problems,
      Architectures architectures,
      Source teacher,
      Source start) {}

  /// A file with a learned optimizer.
  @FunctionalInterface
  interface Source {
    TrainedOptimizer read() throws IOException;
  }

  /// Writes a training as JSON.
  ///
  /// @throws IllegalArgumentException if its optimizers cannot be written down
  static JsonObject write(MetaTraining training) {
    return JsonObject.empty()
        .with("format", FORMAT)
        .with("problem", training.problem().name())
        .with("mix", training.variety().mix().stream().map(Problem::name).toList())
        .with("randomScaling", training.variety().randomScaling())
        .plus(convexPart(training.variety()))
        .with("architecture", training.architecture().toJson())
        .with("episodes", write(training.episodes()))
        .with("estimator", GradientEstimators.toJson(training.estimator()))
        .with("outer", write(training.outer()))
        .with("trained", training.trained().regex())
        .with(
            "validation",
            JsonObject.empty()
                .with("every", training.validation().every())
                .with("instances", training.validation().instances())
                .with("span", name(training.validation().span()))
                .with("kept", name(training.validation().kept())))
        .with(
            "start",
            switch (training.start()) {
              case Start.Random _ -> Start.RANDOM;
              case Start.From(String name, _) -> name;
            })
        .with("seed", training.seed());
  }

  /// The convex part, which is written down only where there is one.
  private static JsonObject convexPart(Variety variety) {
    JsonObject none = JsonObject.empty();
    return variety.convexPart() == 0 ? none : none.with(CONVEX_PART, variety.convexPart());
  }

  private static JsonObject write(Episodes episodes) {
    return JsonObject.empty()
        .with("count", episodes.count())
        .with("curriculum", episodes.curriculum().stagesText())
        .with("steps", episodes.steps())
        .with("batch", episodes.batch())
        .with("loss", name(episodes.loss()));
  }

  private static JsonObject write(Outer outer) {
    return write(outer.teacher()).with("clip", outer.clip());
  }

  private static JsonObject write(Outer.Teacher teacher) {
    return switch (teacher) {
      case Outer.HandDesigned(Rule rule, boolean fading) ->
          JsonObject.empty().with("rule", rule.toJson()).with("fading", fading);
      case Outer.Learned(String name, _) -> JsonObject.empty().with("learned", name);
      case Outer.Self _ -> JsonObject.empty().with("self", true);
      case Outer.Watched(Outer.Teacher watched, Outer.HandDesigned fallback) ->
          JsonObject.empty().with("watched", write(watched)).with("fallback", write(fallback));
    };
  }

  /// Reads a training from what [#write] gave.
  ///
  /// @throws IllegalArgumentException if something is missing, out of range, or not known
  /// @throws IOException if a learned optimizer cannot be read
  static MetaTraining read(JsonObject json, Sources sources) throws IOException {
    if (!json.text("format").equals(FORMAT)) {
      throw new IllegalArgumentException(
          "the training was written in the format '%s', this version reads '%s'"
              .formatted(json.text("format"), FORMAT));
    }
    JsonObject validation = json.object("validation");
    return new MetaTraining(
        sources.problems.apply(json.text("problem")),
        new Variety(
            mix(json.texts("mix"), sources.problems),
            json.real("randomScaling"),
            json.has(CONVEX_PART) ? json.integer(CONVEX_PART) : 0),
        sources.architectures.read(json.object("architecture")),
        GradientEstimators.fromJson(json.object("estimator")),
        episodes(json.object("episodes")),
        outer(json.object("outer"), sources.teacher),
        new BlockFilter(json.text("trained")),
        new Validation(
            validation.whole("every"),
            validation.integer("instances"),
            constant(Span.values(), "span", validation.text("span")),
            constant(Kept.values(), "choice of weights", validation.text("kept"))),
        json.text("start").equals(Start.RANDOM)
            ? new Start.Random()
            : new Start.From(json.text("start"), sources.start.read()),
        json.whole("seed"));
  }

  private static List<Problem> mix(List<String> names, Function<String, Problem> problems) {
    List<Problem> mix = new ArrayList<>();
    names.forEach(name -> mix.add(problems.apply(name)));
    return mix;
  }

  private static Episodes episodes(JsonObject json) {
    return new Episodes(
        json.whole("count"),
        new Curriculum(Curriculum.parseStages(json.text("curriculum")), json.integer("steps")),
        json.integer("batch"),
        constant(MetaLoss.values(), "meta-loss", json.text("loss")));
  }

  /// The name by which a constant is written.
  private static String name(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /// The constant of a name.
  ///
  /// @param kind what it is, for people
  private static <E extends Enum<E>> E constant(E[] all, String kind, String name) {
    for (E constant : all) {
      if (name(constant).equals(name)) {
        return constant;
      }
    }
    throw new IllegalArgumentException("there is no %s '%s'".formatted(kind, name));
  }

  private static Outer outer(JsonObject json, Source teacher) throws IOException {
    return new Outer(teacher(json, teacher), json.real("clip"));
  }

  private static Outer.Teacher teacher(JsonObject json, Source learned) throws IOException {
    if (json.has("self")) {
      return new Outer.Self();
    }
    if (json.has("watched")) {
      return new Outer.Watched(
          teacher(json.object("watched"), learned), handDesigned(json.object("fallback")));
    }
    return json.has("learned")
        ? new Outer.Learned(json.text("learned"), learned.read())
        : handDesigned(json);
  }

  private static Outer.HandDesigned handDesigned(JsonObject json) {
    return new Outer.HandDesigned(Rule.fromJson(json.object("rule")), json.truth("fading"));
  }

  /// The history of an optimizer that came out of a training.
  ///
  /// @param averaged whether its weights are the average over the last third
  static JsonObject history(
      MetaTraining training, double validationLoss, long episode, boolean averaged) {
    return JsonObject.empty()
        .with("problem", training.problem().name())
        .with("seed", training.seed())
        .with("validationLoss", validationLoss)
        .with("episode", episode)
        .with("averaged", averaged)
        .with("training", write(training).without("problem", "architecture", "seed"));
  }
}
