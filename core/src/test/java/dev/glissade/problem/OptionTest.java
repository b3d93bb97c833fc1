package dev.glissade.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glissade.Problem;
import dev.glissade.TestProblems;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Options by type, and what a factory makes of them.
class OptionTest {

  private enum Shape implements Labelled {
    ROUND,
    HELD_OUT
  }

  private static final Option<Integer> DIMENSION = Option.whole("dim", 10, 1, 20, "coordinates");
  private static final Option<Double> SLOPE = Option.real("slope", 0.5, -1, 100, "how steep");
  private static final Option<Shape> SHAPE = Option.choice("shape", Shape.class, "which one");
  private static final Option<String> FILE = Option.text("file", "", "where it is");

  /// The problem that the catalog makes of a text, and the options that its maker was given.
  private record Made(Problem problem, Options options) {
    static Made of(String text) {
      List<Options> seen = new ArrayList<>();
      ProblemFactory factory =
          ProblemFactory.named("mine")
              .options(DIMENSION, SLOPE, SHAPE, FILE)
              .make((name, options) -> {
                seen.add(options);
                return TestProblems.always(name, TestProblems.parabola(1, 1));
              });
      Problem problem = new ProblemCatalog(List.of(factory)).parse(text);
      return new Made(problem, seen.getFirst());
    }
  }

  @Test
  void whatIsNotGivenHasItsDefault() {
    Options options = Made.of("mine").options;
    assertThat(options.get(DIMENSION)).isEqualTo(10);
    assertThat(options.get(SLOPE)).isEqualTo(0.5);
    assertThat(options.get(SHAPE)).isEqualTo(Shape.ROUND);
    assertThat(options.get(FILE)).isEmpty();
  }

  @Test
  void valuesHaveTheirType() {
    Made made = Made.of("mine:file=a=b.png,shape=held-out,slope=1e1,dim=2e1");
    assertThat(made.problem.name()).isEqualTo("mine:dim=20,slope=10,shape=held-out,file=a=b.png");
    assertThat(made.options.get(DIMENSION)).isEqualTo(20);
    assertThat(made.options.get(SLOPE)).isEqualTo(10);
    assertThat(made.options.get(SHAPE)).isEqualTo(Shape.HELD_OUT);
    assertThat(made.options.get(FILE)).isEqualTo("a=b.png");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "dim=21 | option 'dim' of problem 'mine' must be a whole number from 1 to 20, got '21'",
        "dim=1.5 | option 'dim' of problem 'mine' must be a whole number from 1 to 20, got '1.5'",
        "slope=-1.1 | option 'slope' of problem 'mine' must be a number from -1 to 100, got '-1.1'",
        "shape=HELD_OUT | option 'shape' of problem 'mine' must be one of round, held-out, got"
            + " 'HELD_OUT'",
        "shap=round | problem 'mine' has no option 'shap' (did you mean 'shape'?); known: dim=10,"
            + " slope=0.5, shape=round, file="
      })
  void wrongOptionsAreRefused(String options, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Made.of("mine:" + options))
        .withMessage(message);
  }

  /// Or a problem would have two names.
  @Test
  void thereIsOneZero() {
    Option<Double> offset = Option.real("offset", 0, -1, 1, "from the middle");
    assertThat(offset.parse("-0.0")).contains(0.0);
    assertThat(offset.defaultText()).isEqualTo("0");
  }

  @Test
  void optionsChangeByCopy() {
    Options options = Made.of("mine").options;
    assertThat(options.with(DIMENSION, 3).get(DIMENSION)).isEqualTo(3);
    assertThat(options.with(DIMENSION, 3).get(SHAPE)).isEqualTo(Shape.ROUND);
    assertThat(options.get(DIMENSION)).isEqualTo(10);
  }

  @Test
  void typedValuesKeepTheRangeToo() {
    Options options = Made.of("mine").options;
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.with(DIMENSION, 21))
        .withMessage("option 'dim' must be a whole number from 1 to 20, got '21'");
    assertThatIllegalArgumentException().isThrownBy(() -> options.with(SLOPE, Double.NaN));
  }

  @Test
  void optionsOfOtherProblemsAreRefused() {
    Options options = Made.of("mine").options;
    Option<Integer> other = Option.whole("dim", 10, 1, 20, "another of the same name");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.get(other))
        .withMessage("no option 'dim' among [dim=10, slope=0.5, shape=round, file=]");
    assertThatIllegalArgumentException().isThrownBy(() -> options.with(other, 3));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProblemFactory.named("mine").options(DIMENSION, other))
        .withMessage("problem 'mine' has an option twice: [dim, dim]");
  }

  @Test
  void problemsKnowTheirLengthAndTheirRelatives() {
    ProblemFactory factory =
        ProblemFactory.named("mine")
            .steps(7)
            .options(DIMENSION, SHAPE)
            .variant(options -> options.with(DIMENSION, 3))
            .variant(options -> options.with(SHAPE, Shape.HELD_OUT))
            .variant(options -> options.with(SHAPE, Shape.HELD_OUT).with(DIMENSION, 3))
            .make((name, _) -> TestProblems.always(name, TestProblems.parabola(1, 1)));
    ProblemCatalog catalog = new ProblemCatalog(List.of(factory));
    assertThat(names(catalog.parse("mine")))
        .containsExactly("mine:dim=3", "mine:shape=held-out", "mine:dim=3,shape=held-out");
    assertThat(names(catalog.parse("mine:dim=3"))).containsExactly("mine:dim=3,shape=held-out");
    assertThat(names(catalog.parse("mine:dim=5,shape=held-out")))
        .containsExactly("mine:dim=3,shape=held-out");
    assertThat(catalog.parse("mine:dim=5").steps()).isEqualTo(7);
    assertThat(catalog.parse("mine").variants().getFirst().steps()).isEqualTo(7);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ProblemFactory.named("mine").steps(0))
        .withMessage("steps must be >= 1, got 0");
  }

  private static List<String> names(Problem problem) {
    return problem.variants().stream().map(Problem::name).toList();
  }
}
