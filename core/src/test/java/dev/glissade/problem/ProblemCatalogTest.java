package dev.glissade.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.glissade.TestProblems;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemCatalogTest {

  private static final ProblemCatalog CATALOG = new ProblemCatalog(Problems.core());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quadratic                          | quadratic",
        "quadratic:dim=10                   | quadratic",
        "quadratic:dim=10.0,start=1e-2      | quadratic",
        "quadratic:start=2.50,dim=20        | quadratic:dim=20,start=2.5",
        "quadratic: start = 1 , dim = 20    | quadratic:dim=20,start=1",
        "quadratic:start=0.00               | quadratic:start=0",
        "quadratic:start=-0.0               | quadratic:start=0",
        "logistic:batch=1e1,l2=1e-4         | logistic:l2=0.0001,batch=10",
        "lasso:variant=smoothed             | lasso",
        "lasso:variant=openl2o,lambda=0.1   | lasso:variant=openl2o",
        "rastrigin:variant=openl2o,dim=2    | rastrigin:dim=2,variant=openl2o"
      })
  void namesAreCanonical(String text, String name) {
    assertThat(CATALOG.parse(text).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "quadratik | unknown problem 'quadratik' (did you mean 'quadratic'?); known: quadratic,"
            + " quadratic-uniform, rosenbrock, rastrigin, logistic, lasso",
        "xyz | unknown problem 'xyz'; known: quadratic, quadratic-uniform, rosenbrock, rastrigin,"
            + " logistic, lasso",
        "quadratic:dims=3 | problem 'quadratic' has no option 'dims' (did you mean 'dim'?); known:"
            + " dim=10, start=0.01",
        "quadratic:dim=ten | option 'dim' of problem 'quadratic' must be a whole number from 1 to"
            + " 4096, got 'ten'",
        "quadratic:dim=2.5 | option 'dim' of problem 'quadratic' must be a whole number from 1 to"
            + " 4096, got '2.5'",
        "quadratic:dim=0 | option 'dim' of problem 'quadratic' must be a whole number from 1 to"
            + " 4096, got '0'",
        "quadratic:dim=9999999999 | option 'dim' of problem 'quadratic' must be a whole number from"
            + " 1 to 4096, got '9999999999'",
        "quadratic:start=NaN | option 'start' of problem 'quadratic' must be a number from 0 to"
            + " 100, got 'NaN'",
        "quadratic:start= | option 'start' of problem 'quadratic' must be a number from 0 to 100,"
            + " got ''",
        "rosenbrock:dim=1 | option 'dim' of problem 'rosenbrock' must be a whole number from 2 to"
            + " 4096, got '1'",
        "lasso:variant=openl2o,lambda=1 | option 'lambda' does not go with variant=openl2o, where"
            + " lambda is 0.005: leave it out",
        "lasso:smoothing=0.1,variant=openl2o | option 'smoothing' does not go with variant=openl2o,"
            + " which has none: leave it out",
        "rastrigin:variant=openl2o,shift=2 | option 'shift' does not go with variant=openl2o, which"
            + " has no one minimum: leave it out",
        "rastrigin:variant=bowl | option 'variant' of problem 'rastrigin' must be one of classical,"
            + " openl2o, got 'bowl'",
        "quadratic: | expected key=value after 'quadratic:', got '' in 'quadratic:'",
        "quadratic:dim | expected key=value after 'quadratic:', got 'dim' in 'quadratic:dim'",
        "quadratic:dim=3, | expected key=value after 'quadratic:', got '' in 'quadratic:dim=3,'",
        "quadratic:dim=3,dim=4 | option 'dim' is given twice in 'quadratic:dim=3,dim=4'"
      })
  void errorsSayWhatIsWrongAndWhatThereIs(String text, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> CATALOG.parse(text)).withMessage(message);
  }

  @Test
  void catalogsGrowButHaveEachNameOnce() {
    ProblemFactory mine =
        ProblemFactory.named("mine")
            .make((name, _) -> TestProblems.always(name, TestProblems.parabola(1, 1)));
    var both = new ProblemCatalog(List.of(Problems.core().getFirst(), mine));
    assertThat(both.parse("mine").name()).isEqualTo("mine");
    assertThat(both.parse("quadratic").name()).isEqualTo("quadratic");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ProblemCatalog(List.of(mine, mine)))
        .withMessage("problem 'mine' is in the catalog twice");
  }

  @Test
  void everyEntryIsDocumented() {
    assertThat(CATALOG.factories())
        .allSatisfy(factory -> {
          assertThat(factory.summary()).isNotBlank().doesNotContain("\n");
          assertThat(factory.source()).isNotBlank();
          assertThat(factory.create().steps()).isPositive();
          assertThat(factory.options()).allSatisfy(o -> assertThat(o.summary()).isNotBlank());
        });
  }

  @Test
  void defaultsAreInRangeAndCanonical() {
    for (ProblemFactory factory : CATALOG.factories()) {
      for (Option<?> option : factory.options()) {
        assertDefaultIsInRange(option);
      }
    }
  }

  private static <T> void assertDefaultIsInRange(Option<T> option) {
    assertThat(option.parse(option.defaultText())).contains(option.defaultValue());
  }
}
