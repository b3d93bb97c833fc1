package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.ParameterLayout;
import dev.glissade.TestProblems;
import dev.glissade.app.terminal.Console;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.Pretrained;
import dev.glissade.meta.ExactBptt;
import dev.glissade.meta.Imitated;
import dev.glissade.meta.Imitation;
import dev.glissade.meta.MetaLoss;
import dev.glissade.meta.TruncatedBptt;
import dev.glissade.training.MetaTraining;
import dev.glissade.training.Variety;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What the options of `train` make of a training.
class TrainingOptionsTest {

  private static final MetaTraining NETWORK =
      MetaTraining.of(
          TestProblems.unsampled(
              "network",
              new ParameterLayout(
                  List.of(
                      ParameterLayout.block("hidden/weights", 20, 784),
                      ParameterLayout.block("hidden/bias", 20))),
              100));

  @Command
  private static final class Holder {
    @Mixin
    private final TrainingOptions options =
        new TrainingOptions(
            new Context(
                Console.plain(
                    new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter())),
                Map.of()));
  }

  private static TrainingOptions options(String arguments) {
    Holder holder = new Holder();
    new CommandLine(holder).parseArgs(arguments.isBlank() ? new String[0] : arguments.split(" "));
    return holder.options;
  }

  private static MetaTraining with(String arguments) {
    return options(arguments).applyTo(NETWORK);
  }

  @Test
  void nothingGivenChangesNothing() {
    assertThat(with("").toJson()).isEqualTo(NETWORK.toJson());
  }

  @ParameterizedTest
  @CsvSource({
    "--steps 128, 128, 32",
    "--episodes 7, 100, 20",
    "--steps 128 --unroll 16, 128, 16",
    "--unroll 50 --batch 2, 100, 50",
    "--estimator evolution:deviation=0.1, 100, 100",
    "--estimator evolution:deviation=0.1 --steps 300, 300, 300",
    "--estimator evolution:deviation=0.1 --unroll 50, 100, 50",
    "--estimator persistent-evolution:deviation=0.1, 100, 20"
  })
  void theUnrollFollowsUnlessItIsGiven(String arguments, int steps, int unroll) {
    assertThat(with(arguments).episodes().steps()).isEqualTo(steps);
    assertThat(with(arguments).estimator().unroll()).isEqualTo(unroll);
  }

  /// Or a run whose unroll was chosen could not be resumed with the command that began it.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--steps 100 --unroll 5",
        "--layers 1 --hidden 3 --preprocessing identity --output-scale 0.5 --global-cells 2",
        "--groups w=weights;b=bias:sgd=0.01 --base adam=0.1",
        "--groups w=weights+muon=0.02,momentum=0.9 --base none",
        "--groups w=weights+muon=0.02,momentum=0.9 --base none --half-decades 8",
        "--groups w=weights+muon=0.02 --base adam=0.1 --half-decades 8",
        "--curriculum 20x3,40x10% --log-loss --batch 3 --no-decay --clip 2 --learning-rate 0.1",
        "--estimator bptt:coordinateFraction=0.5 --train-only lstm",
        "--mix quadratic --mix lasso:dim=5 --random-scaling 2 --validate-every 3"
      })
  void optionsThatAreGivenAgainChangeNothing(String arguments) {
    MetaTraining once = with(arguments);
    assertThat(once.toJson()).isNotEqualTo(NETWORK.toJson());
    assertThat(options(arguments).applyTo(once).toJson()).isEqualTo(once.toJson());
  }

  @Test
  void schedulesOfAllRulesHaveSoManyPieces() {
    MetaTraining training = with("--groups w=weights+muon=0.02 --base adam=0.1 --half-decades 8");
    assertThat(training.architecture().layout().blocks())
        .filteredOn(block -> block.name().endsWith("log-rate"))
        .extracting(ParameterLayout.Block::size)
        .containsExactly(9, 9);
    assertThat(options("--groups w=weights+muon=0.02").applyTo(training).architecture().layout())
        .isEqualTo(training.architecture().layout());
    assertThatThrownBy(() -> with("--half-decades 8"))
        .hasMessage(
            "--half-decades is for rules that are corrected: name one with --base or --groups");
  }

  @Test
  void settingsOfAnEstimatorThatAreNotGivenStay() {
    assertThat(with("--estimator bptt").estimator()).isEqualTo(new TruncatedBptt(20, 0.25));
    assertThat(with("--estimator exact-bptt").estimator()).isEqualTo(new ExactBptt(20));
    assertThatThrownBy(() -> with("--estimator bptt:fraction=1"))
        .hasMessageContaining("coordinateFraction");
    assertThatThrownBy(() -> with("--estimator es")).hasMessageContaining("persistent-evolution");
    assertThatThrownBy(() -> with("--estimator evolution:deviation=x"))
        .hasMessageContaining("'x' is no number");
  }

  @Test
  void imitationIsAddedToBackPropagation() {
    TruncatedBptt own = new TruncatedBptt(20, 0.25);
    MetaTraining imitating = with("--imitate adam=0.01");
    assertThat(imitating.estimator())
        .isEqualTo(new Imitation(own, Imitated.parse("adam=0.01"), 0.3));
    assertThat(options("--imitation-share 0.5 --unroll 10").applyTo(imitating).estimator())
        .isEqualTo(new Imitation(own.withUnroll(10), Imitated.parse("adam=0.01"), 0.5));
    assertThat(options("--imitate adam=0.02").applyTo(imitating).estimator())
        .isEqualTo(new Imitation(own, Imitated.parse("adam=0.02"), 0.3));
    assertThat(with("--imitate pretrained:cifar").estimator())
        .isEqualTo(new Imitation(own, new Imitated.Learned(Pretrained.CIFAR), 0.3));
    assertThatThrownBy(() -> with("--imitation-share 0.5"))
        .hasMessage("--imitation-share is for --imitate");
    assertThatThrownBy(() -> with("--estimator evolution:deviation=1 --imitate adam=0.01"))
        .hasMessage("--imitate is for the estimator bptt, not for evolution");
  }

  @Test
  void rnnpropIsTheNetworkAndTheVarietyOfItsReference() {
    MetaTraining plain = Recipe.RNNPROP.applyTo(NETWORK, options(""));
    assertThat(plain.family())
        .isEqualTo(new Lstm(2, 20, new Preprocessing.AdamLike(0.95), 0.1, Lstm.Output.TANH));
    assertThat(plain.variety()).isEqualTo(new Variety(List.of(), 3, 20));
    assertThat(plain.episodes()).isEqualTo(NETWORK.episodes());
    String given = "--output linear --random-scaling 1 --convex-part 0 --steps 200 --unroll 40";
    MetaTraining changed = Recipe.RNNPROP.applyTo(NETWORK, options(given));
    assertThat(changed.family()).isEqualTo(new Lstm(2, 20, new Preprocessing.AdamLike(0.95), 0.1));
    assertThat(changed.variety()).isEqualTo(new Variety(List.of(), 1, 0));
    assertThat(changed.estimator()).isEqualTo(new TruncatedBptt(40, 0.25));
  }

  @Test
  void groupsWithoutARuleOfTheirOwnTakeTheBase() {
    MetaTraining training = with("--groups w=weights;b=bias:sgd=0.01 --base adam=0.1");
    assertThat(training.family())
        .isInstanceOfSatisfying(
            Grouped.class,
            grouped -> {
              assertThat(grouped.rest().summary()).isEqualTo("adam + LSTM 2 × 20");
              assertThat(grouped.groups().getFirst().rule().toString()).contains("adam=0.1");
              assertThat(grouped.groups().get(1).rule().toString()).contains("sgd=0.01");
            });
    assertThatThrownBy(() -> with("--groups w")).hasMessageContaining("a group must be like");
  }

  @Test
  void whatIsGivenGoesBeforeTheRecipe() {
    MetaTraining robust = Recipe.ROBUST.applyTo(NETWORK, options("--steps 500 --layers 1"));
    assertThat(robust.episodes().steps()).isEqualTo(500);
    assertThat(robust.estimator().unroll()).isEqualTo(50);
    assertThat(robust.episodes().loss()).isEqualTo(MetaLoss.LOGARITHMS);
    assertThat(robust.architecture().summary()).isEqualTo("adam + LSTM 1 × 20, 2 groups");
    MetaTraining longer = Recipe.ROBUST.applyTo(NETWORK, options("--unroll 25 --batch 7"));
    assertThat(longer.estimator().unroll()).isEqualTo(25);
    assertThat(longer.episodes().batch()).isEqualTo(7);
    assertThat(longer.episodes().curriculum().stagesText()).isEqualTo("100x60%,200x20%,500x10%");
    assertThat(Recipe.PAPER.applyTo(NETWORK, options("")).toJson()).isEqualTo(NETWORK.toJson());
  }
}
