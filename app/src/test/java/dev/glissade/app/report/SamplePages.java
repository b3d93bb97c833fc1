package dev.glissade.app.report;

import dev.glissade.Problem.Split;
import dev.glissade.TestProblems;
import dev.glissade.app.report.TrainingReport.Episode;
import dev.glissade.app.report.TrainingReport.Score;
import dev.glissade.evaluation.Comparison;
import dev.glissade.evaluation.Contender;
import dev.glissade.evaluation.Evaluation;
import dev.glissade.evaluation.RateSource;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Sgd;
import dev.glissade.torch.image.Picture;
import dev.glissade.training.RateSearch;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// A page of each kind, as small as it can be with all that there is to see on one.
enum SamplePages {
  COMPARISON,
  TRAINING,
  INSPECTION,
  ART;

  String html() {
    return Page.html(PageData.of(result()));
  }

  private Result result() {
    return switch (this) {
      case COMPARISON -> comparison();
      case TRAINING -> training();
      case INSPECTION ->
          InspectionReport.of("mine", Pretrained.CIFAR.load(), "./glissade inspect mine");
      case ART -> art();
    };
  }

  private static ComparisonReport comparison() {
    Evaluation evaluation =
        new Evaluation(
            TestProblems.always("bowl", TestProblems.parabola(1, 1)), Split.TEST, 3, 40, 1);
    List<Contender> contenders =
        List.of(
            new Contender.Learned("lstm", "a network", new Sgd(0.3)),
            new Contender.Designed(
                "adam", Baselines.find("adam").rule(0.1), RateSource.TUNED, ReportTest.TRIALS),
            new Contender.Designed("sgd=1e30", Baselines.find("sgd").rule(1e30), RateSource.GIVEN));
    Comparison comparison = Comparison.run(evaluation, contenders, () -> {});
    return ComparisonReport.of(
        comparison, comparison.trace(_ -> {}), "scalar", "./glissade compare bowl lstm adam");
  }

  private static TrainingReport training() {
    return new TrainingReport(
        "runs/a",
        "quadratic",
        0.1,
        10,
        20,
        false,
        1,
        1,
        3,
        JsonObject.empty()
            .with("problem", "quadratic")
            .with("episodes", JsonObject.empty().with("count", 30)),
        List.of(new RateSearch.Trial(0.01, 1), new RateSearch.Trial(0.1, 0.5)),
        List.of(
            new Score(0, 10),
            new Score(10, Double.POSITIVE_INFINITY),
            new Score(20, 0.1),
            new Score(30, 0.2)),
        List.of(
            new Episode(1, 100, 3, OptionalDouble.of(0.1)),
            new Episode(30, 1, 0.3, OptionalDouble.of(1e-6))),
        "./glissade train quadratic -o runs/a");
  }

  private static ArtReport art() {
    return new ArtReport(
        "photo.jpg",
        "starry-night",
        8,
        8,
        2,
        "content",
        "distilled",
        1,
        1,
        1,
        1,
        "scalar",
        List.of(
            new ArtReport.Line("lstm", false, Map.of(), List.of(9.0, 3.0, 1.0), 0, 1),
            new ArtReport.Line(
                "adam", true, Map.of("learningRate", "0.1"), List.of(9.0, 4.0, 2.0), 0, 1)),
        Optional.of(
            Gallery.of(
                new ContactSheet(
                    List.of("start", "step 1", "step 2"),
                    List.of(row("lstm"), row("adam, rate 0.100"))))),
        "./glissade art photo.jpg starry-night -o out.png --compare adam");
  }

  private static ContactSheet.Row row(String name) {
    float[] grey = new float[3 * 8 * 8];
    Arrays.fill(grey, 0.5f);
    ContactSheet.Tile shown = new ContactSheet.Tile(Optional.of(new Picture(8, 8, grey)), "loss 1");
    return new ContactSheet.Row(
        name, List.of(shown, shown, new ContactSheet.Tile(Optional.empty(), "diverged")));
  }
}
