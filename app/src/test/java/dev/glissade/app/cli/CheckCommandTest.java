package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glissade.app.catalog.Catalog;
import dev.glissade.problem.ProblemFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The command `check`, and the first look of other commands.
class CheckCommandTest {

  /// Parabolas with random minima, whose gradient is FACTOR times what it should be.
  private static final String FITS =
      """
      import dev.glissade.Objective;
      import dev.glissade.problem.Objectives;
      import dev.glissade.problem.RandomProblem;
      import java.util.random.RandomGenerator;

      public class Fits implements RandomProblem {
        @Override
        public String name() {
          return "fits";
        }

        @Override
        public Objective draw(RandomGenerator random) {
          float at = random.nextFloat(1, 2);
          return Objectives.of(
              new float[7],
              (x, gradient) -> {
                double loss = 0;
                for (int i = 0; i < x.length; i++) {
                  gradient[i] = FACTOR * 2 * (x[i] - at);
                  loss += (x[i] - at) * (x[i] - at);
                }
                return loss;
              });
        }
      }
      """;

  @TempDir Path folder;

  private Path fits(int factor) throws IOException {
    return new OwnClasses(folder).compile("Fits", FITS.replace("FACTOR", Integer.toString(factor)));
  }

  @Test
  void aClassOfTheUsersIsChecked() throws IOException {
    Cli cli = Cli.run(folder, "check", "Fits", "--classpath", fits(1));
    assertThat(cli.code()).as(cli.out()).isZero();
    assertThat(cli.out())
        .containsPattern("gradient +\\d+ derivatives")
        .containsPattern("hessian +– +– +skipped")
        .contains("Nothing is wrong with it as far as was tried.");
    assertThat(cli.err()).isEmpty();
  }

  @Test
  void whatIsWrongIsSaidAndTheExitCodeToo() throws IOException {
    Path json = folder.resolve("check.json");
    Cli cli = Cli.run(folder, "check", "Fits", "--classpath", fits(-1), "--json", json);
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.out())
        .contains("gradient: ", "block 'x'", "is wrong: gradient. Optimizers that are trained");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("sound").booleanValue()).isFalse();
    assertThat(report.get("findings").findValuesAsText("verdict"))
        .containsOnlyOnce("WRONG")
        .contains("SOUND", "SKIPPED");
  }

  static Stream<List<Object>> commands() {
    return Stream.of(
        List.of("tune", "sgd", "Fits", "--instances", 2, "--steps", 2),
        List.of("compare", "Fits", "sgd=0.01", "--instances", 2),
        List.of("train", "Fits", "-o", "RUN", "--steps", 4, "--unroll", 2, "--episodes", 1));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void otherCommandsWarnInOneLine(List<Object> command) throws IOException {
    for (int factor : new int[] {1, -1}) {
      Path classes = fits(factor);
      Stream<Object> words =
          command.stream().map(it -> it.equals("RUN") ? folder.resolve("run" + factor) : it);
      Cli cli = Cli.run(folder, Stream.concat(words, Stream.of("--classpath", classes)).toArray());
      if (factor == 1) {
        assertThat(cli.err()).doesNotContain("Warning");
      } else {
        assertThat(cli.err())
            .containsOnlyOnce("Warning: something is wrong with Fits@")
            .containsPattern("\\(gradient\\): \\S+ check Fits --classpath " + classes);
      }
    }
  }

  /// What ships needs no warning, and no time for it.
  @Test
  void problemsThatShipAreTakenAsTheyAre() {
    Cli cli = Cli.run(folder, "compare", "quadratic", "sgd=0.01", "--instances", 2);
    assertThat(cli.err()).doesNotContain("Warning");
  }

  @Test
  void digitsAreSound() {
    Cli cli = Cli.run(folder, "check", "digits", "--instances", 1, "--depth", "quick");
    assertThat(cli.code()).as(cli.out()).isZero();
    assertThat(cli.out()).contains("Nothing is wrong with it as far as was tried.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"digits:activation=relu,units=5"})
  void whatReluHidesIsNoFault(String name) {
    Cli cli = Cli.run(folder, "check", name, "--instances", 1);
    assertThat(cli.code()).as(cli.out()).isZero();
    assertThat(cli.out()).contains("at kinks");
  }

  @Test
  void moreInstancesAreMoreMembers() {
    Cli cli = Cli.run(folder, "check", "rosenbrock", "--instances", 5, "--seed", 7);
    assertThat(cli.out()).contains("rosenbrock: 5 members of each split");
    Cli limited = Cli.run(folder, "check", "digits", "--budget", "1s", "--instances", 1);
    assertThat(limited.code()).isZero();
    assertThat(Cli.run(folder, "check", "rosenbrock", "--budget", "soon").err())
        .contains("a duration such as 90s");
    assertThat(Cli.run(folder, "check", "rosenbrock", "--instances", 0).err())
        .contains("--instances must be >= 1, got 0");
  }

  @Test
  void problemsAreListedAsData() throws IOException {
    Path json = folder.resolve("problems.json");
    assertThat(Cli.run(folder, "problems", "--json", json).code()).isZero();
    JsonNode problems = new ObjectMapper().readTree(json.toFile()).get("problems");
    assertThat(problems.findValuesAsText("source")).hasSize(problems.size());
    List<String> names = Catalog.factories().stream().map(ProblemFactory::name).toList();
    assertThat(problems.valueStream().map(it -> it.get("name").textValue())).isEqualTo(names);
    JsonNode first = problems.get(0).get("options").get(0);
    assertThat(first.get("name").textValue()).isEqualTo("dim");
    assertThat(first.get("defaultValue").textValue()).isEqualTo("10");
  }
}
