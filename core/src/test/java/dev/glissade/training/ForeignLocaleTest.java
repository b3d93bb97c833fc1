package dev.glissade.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Problem.Split;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.Goal;
import dev.glissade.evaluation.LearningRateSearch;
import dev.glissade.evaluation.TuningCache;
import dev.glissade.file.Safetensors;
import dev.glissade.learned.Architectures;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.Pretrained;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.meta.Episodes;
import dev.glissade.meta.MetaLoss;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Rule;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Text for machines is the same everywhere: in locales with digits of their own, with decimal
/// commas, and with another lower case of I.
class ForeignLocaleTest {

  private final Locale before = Locale.getDefault();

  @TempDir private Path folder;

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "tr-TR", "de-DE", "ar-EG-u-nu-arab"})
  void filesAreTheSameAndCanBeRead(String locale) throws IOException {
    Locale.setDefault(Locale.ROOT);
    Map<String, String> expected = written(folder.resolve("root"));
    Locale.setDefault(Locale.forLanguageTag(locale));
    assertThat(written(folder.resolve("foreign"))).isEqualTo(expected);
    for (Path run : List.of(folder.resolve("root"), folder.resolve("foreign"))) {
      RunFolder stored = RunFolder.open(run.resolve("run"));
      assertThat(stored.training(_ -> Trainings.PARABOLAS)).isEqualTo(training());
      assertThat(stored.checkpoint()).isPresent();
      assertThat(stored.metrics()).isNotEmpty();
      assertThat(TrainedOptimizer.load(stored.best(), Architectures.standard()).architecture())
          .isEqualTo(training().family());
    }
  }

  /// All files of a run and of a tuning cache, without what depends on the clock.
  private static Map<String, String> written(Path path) throws IOException {
    RunFolder run = RunFolder.create(path.resolve("run"), training());
    try (RunKeeper keeper = run.resume(training())) {
      training().run(keeper, TrainingListener.silent());
    }
    Evaluation evaluation = new Evaluation(Trainings.PARABOLAS, Split.VALIDATION, 1234567, 8, 9);
    TuningCache cache = new TuningCache(path.resolve("cache"));
    var trial = new LearningRateSearch.Trial(0.001, 1234.5, 1234.5, 1);
    var found = new LearningRateSearch.Found(trial, List.of(trial));
    cache.put(Baselines.find("adam"), evaluation, Goal.LAST_STEP, found);
    assertThat(cache.find(Baselines.find("adam"), evaluation, Goal.LAST_STEP)).contains(found);
    Map<String, String> written = new TreeMap<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = path.relativize(file).toString();
        if (name.endsWith(".safetensors")) {
          Safetensors stored = Safetensors.read(file);
          written.put(name, stored.metadata() + " " + stored.tensors().keySet());
        } else if (!name.endsWith("lock")) {
          written.put(name, Files.readString(file).replaceAll("\"seconds\":[-+.E0-9]+", ""));
        }
      }
    }
    return written;
  }

  private static MetaTraining training() {
    Lstm network = new Lstm(1, 4, Preprocessing.parse("log-sign:10+adam-like:0.95"), 0.1);
    return Trainings.of(Trainings.PARABOLAS)
        .withFamily(new Corrected(network, Rule.parse("muon=0.05,momentum=0.9")))
        .withEpisodes(new Episodes(2, 10, 3).withLoss(MetaLoss.LOGARITHMS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "tr-TR", "de-DE"})
  void namesAreTheSame(String locale) {
    Locale.setDefault(Locale.ROOT);
    List<String> expected = names();
    Locale.setDefault(Locale.forLanguageTag(locale));
    assertThat(names()).isEqualTo(expected);
    for (Pretrained pretrained : Pretrained.values()) {
      assertThat(Pretrained.named(pretrained.label()).load().weights()).isNotEmpty();
    }
    assertThat(new ProblemCatalog(Problems.core()).parse("quadratic:dim=12").name())
        .contains("dim=12");
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>();
    for (Pretrained pretrained : Pretrained.values()) {
      names.add(pretrained.label());
      names.add(pretrained.load().architecture().layout().toString());
      names.add(pretrained.load().architecture().summary());
    }
    names.add(Rule.parse("nesterov=0.1,momentum=0.95").toString());
    names.add(Preprocessing.parse("log-sign:10+adam-like:0.95").toString());
    return names;
  }
}
