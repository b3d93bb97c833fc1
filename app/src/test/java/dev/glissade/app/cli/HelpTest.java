package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.app.terminal.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class HelpTest {

  @TempDir Path folder;

  static Stream<String> commands() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Context context = new Context(Console.plain(nowhere, nowhere), Map.of());
    return commands("", Glissade.commandLine(context));
  }

  /// With those inside of commands, such as `data list`.
  private static Stream<String> commands(String prefix, CommandLine root) {
    return root.getSubcommands().entrySet().stream()
        .flatMap(command -> {
          String name = prefix + command.getKey();
          return Stream.concat(Stream.of(name), commands(name + " ", command.getValue()));
        });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandHasHelp(String command) {
    Cli cli = Cli.run(folder, (Object[]) (command + " --help").split(" "));
    assertThat(cli.code()).isZero();
    assertThat(cli.out()).contains("Usage: glissade " + command);
    assertThat(cli.out().lines()).allMatch(line -> line.length() <= 80);
  }

  @Test
  void helpOfACommandIsWhatItSaysItself() {
    Cli help = Cli.run(folder, "help", "data", "list");
    assertThat(help.code()).isZero();
    assertThat(help.out()).isEqualTo(Cli.run(folder, "data", "list", "--help").out());
    assertThat(Cli.run(folder, "help").out()).contains("GLISSADE_DATA", "GLISSADE_CACHE");
  }

  @Test
  void withoutACommandThereIsHelp() {
    Cli cli = Cli.run(folder);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.out()).contains("Usage: glissade", "demo", "Examples:");
  }

  @Test
  void theVersionIsFilledIn() {
    assertThat(Cli.run(folder, "--version").out()).matches("Glissade \\d+\\.\\d+\\.\\d+.*\\s*");
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandTellsTheVersionOfTheWhole(String command) {
    Cli cli = Cli.run(folder, (Object[]) (command + " --version").split(" "));
    assertThat(cli.code()).isZero();
    assertThat(cli.out()).isEqualTo(Cli.run(folder, "--version").out());
  }

  @Test
  void problemsListsAllWithTheirOptions() {
    Cli cli = Cli.run(folder, "problems");
    assertThat(cli.code()).isZero();
    assertThat(cli.out()).contains("quadratic-uniform", "rosenbrock", "dim", "Andrychowicz");
  }

  @Test
  void optimizersListsBaselinesAndPretrainedOnes() {
    Cli cli = Cli.run(folder, "optimizers");
    assertThat(cli.out()).contains("adam", "Kingma", "beta1=0.9", "pretrained:quadratic");
    assertThat(cli.out()).containsPattern("pretrained:cifar-muon-lstm .* –\\R"); // no validation
    assertThat(cli.code()).isZero();
  }
}
