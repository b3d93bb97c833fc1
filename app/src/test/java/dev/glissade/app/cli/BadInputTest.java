package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.glissade.app.terminal.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Wrong arguments: one line that says what is wrong and what to do, exit code 2, and nothing done.
class BadInputTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          compare quadratc adam                     | unknown problem 'quadratc' (did you mean 'quadratic'?)
          compare quadratic adm                     | unknown optimizer 'adm' (did you mean 'adam'?)
          compare quadratic                         | Missing required parameter: 'OPTIMIZER'
          compare quadratic:dims=3 adam             | did you mean 'dim'?
          compare quadratic:dim=0 adam              | must be a whole number from 1 to 4096, got '0'
          compare quadratic:dim adam                | expected key=value
          compare quadratic adam=-1                 | the learning rate in 'adam=-1' must be > 0
          compare quadratic adam=x                  | the learning rate in 'adam=x' is no number
          compare quadratic sgd=1,5                 | the learning rate in 'sgd=1,5' is no number: write it like 0.01
          compare quadratic sgd=Infinity            | the learning rate in 'sgd=Infinity' must be finite
          compare quadratic sgd=1e400               | the learning rate in 'sgd=1e400' must be finite and at most 1.8e308
          compare quadratic sgd=NaN                 | the learning rate in 'sgd=NaN' must be > 0
          compare quadratic adam --tuning-instances 0 | --tuning-instances must be >= 1, got 0
          compare quadratic adam adam               | two optimizers are called 'adam'
          compare quadratic pretrained:quadratc     | did you mean 'quadratic'?
          compare quadratic no/such/file            | no/such/file: no such file or folder
          compare quadratic none.safetensors        | none.safetensors: no such file or folder
          compare quadratic adam --instances 0      | --instances must be >= 1, got 0
          compare quadratic adam --instances ten    | Invalid value for option '--instances': 'ten' is not an int
          compare quadratic adam --steps 0          | --steps must be >= 1, got 0
          compare quadratic adam --steps 2147483647          | --steps must be <= 2147483638, got 2147483647
          compare quadratic adam --split train      | Invalid value for option '--split': expected one of [TEST, VALIDATION] (case-insensitive) but was 'train'
          compare quadratic adam --threads 0        | --threads must be >= 1, got 0
          compare quadratic adam --stepz 3          | Unknown option: '--stepz' (did you mean '--steps'?)
          experiment run                            | Missing required parameter: 'NAME'
          experiment run fig4-quadratics            | did you mean 'fig4-quadratic'?
          experiment run fig4-quadratic --budget 9s | --budget is for training: add --train
          experiment run fig4-quadratic --train --budget soon | a duration such as 90s, 10m or 1h30m
          experiment run fig4-quadratic --instances 0 | --instances must be >= 1, got 0
          experiment run fig4-quadratic --optimizer no/such | no/such: no such file or folder
          experiment runn                           | Unmatched argument at index 1: 'runn' (did you mean 'run'?)
          tune lstm quadratic                       | unknown optimizer 'lstm'
          tune adam quadratic --instances 0         | instances must be >= 1
          train                                     | -o RUN
          train quadratic                           | -o RUN
          train quadratic -o run --unroll 30        | --steps must be a multiple of unroll, got 100 and 30
          train quadratic -o run --learning-rate 0  | --learning-rate must be > 0
          train quadratic -o run --hidden 0         | --hidden must be from 1 to 256, got 0
          train quadratic -o run --global-cells 21  | --global-cells must be from 0 to 20, got 21
          train quadratic -o run --base adam=1 --half-decades 25 | --half-decades must be from 1 to 24, got 25
          train quadratic -o run --layers 99        | --layers must be from 0 to 8, got 99
          train quadratic -o run --preprocessing x  | must be 'identity', 'log-sign:P', 'adam-like:BETA' or 'log-sign:P+adam-like:BETA', each with '+time' or without, got 'x'
          train quadratic -o run --output-scale 0   | --output-scale must be finite and not 0
          train quadratic -o run --budget soon      | a duration such as 90s, 10m or 1h30m is expected
          train quadratic -o run --budget 1m --episodes 5        | exclude each other
          train quadratic -o run --estimator bptt:coordinateFraction=0 | coordinateFraction must be in (0, 1]
          train quadratic -o run --outer adm        | unknown optimizer 'adm' (did you mean 'adam'?)
          train quadratic -o run --outer adam=0     | the learning rate in 'adam=0' must be > 0
          train quadratic -o run --outer adam+cosine | --outer takes a rule without +cosine
          train quadratic -o run --outer guarded:guarded:self | --outer takes one guard
          train quadratic -o run --outer guarded:self,fallback=pretrained:quadratic | --outer falls back to a baseline
          train quadratic -o run --outer guarded:adm    | unknown optimizer 'adm' (did you mean 'adam'?)
          train quadratic -o run --outer guarded:self --search-rate 2 | not with --outer guarded:self
          train quadratic -o run --outer baselines  | unknown optimizer 'baselines'
          train quadratic -o run --outer no/such    | no/such: no such file or folder
          train quadratic -o run --outer self --search-rate 2 | not with --outer self
          train training:of=quadratc -o run         | unknown problem 'quadratc' (did you mean 'quadratic'?)
          train training:by=guess -o run            | option 'by' of problem 'training' must be one of evolution, pes, bptt, exact-bptt, got 'guess'
          compare training:family=gru(2) adam       | an architecture must be like linear, lstm(LAYERS, HIDDEN
          compare training:of=(quadratic adam       | each '(' needs a ')' that follows it
          train quadratic -o run --validate-every 0 | --validate-every must be >= 1, got 0
          train quadratic -o run --validation-instances 0 | --validation-instances must be >= 1, got 0
          train quadratic -o run --search-rate 0    | --search-rate must be >= 1
          train -o run                              | name a problem to train for
          inspect adam                              | a learned optimizer is
          export                                    | Missing required parameter: 'OPTIMIZER'
          export adam --onnx adam.onnx              | a learned optimizer is
          export pretrained:smooth --onnx run       | a hopping rule cannot be a graph of gradients
          export pretrained:mnst                    | did you mean 'mnist'?
          demo --instances 0                        | --instances must be >= 1
          data fetch                                | Missing required parameter: 'NAME'
          data fetch mnits                          | unknown data set 'mnits' (did you mean 'mnist'?)
          data verify mnist all                     | unknown data set 'all'
          data frobnicate                           | Unmatched argument at index 1: 'frobnicate'
          trian quadratic                           | (did you mean 'train'?)
          frobnicate                                | Unmatched argument at index 0: 'frobnicate'
          """)
  void isRefusedInOneLine(String arguments, String message) {
    Cli cli = Cli.run(folder, (Object[]) arguments.split(" +"));
    assertThat(cli.err().lines()).hasSize(1).first().asString().startsWith("glissade: ");
    assertThat(cli.err()).contains(message);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.code()).isEqualTo(2);
    assertThat(Path.of("run")).doesNotExist();
  }

  @Test
  void unwritableOutputIsFoundBeforeTheComputation() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    for (Object[] arguments :
        new Object[][] {
          {"compare", "quadratic", "adam", "--instances", 1_000_000_000, "--json", file + "/x"},
          {"compare", "quadratic", "adam", "--instances", 1_000_000_000, "--out", file},
          {"tune", "adam", "quadratic", "--instances", 1_000_000_000, "--json", folder},
          {"train", "quadratic", "-o", file},
          {"train", "quadratic", "-o", folder.resolve("r"), "--json", file + "/x"},
          {"experiment", "run", "fig4-quadratic", "-o", file},
          {"export", "pretrained:digits", "--onnx", file + "/x"},
          {"export", "pretrained:mnist", "--onnx", folder},
          {"demo", "--out", file},
          {"demo", "self", "--out", file}
        }) {
      Cli cli = Cli.run(folder, arguments);
      assertThat(cli.code()).as(cli.err()).isEqualTo(1);
      assertThat(cli.err().lines()).hasSize(1);
      assertThat(cli.err()).containsAnyOf("cannot write to the folder", "is a folder");
    }
    assertThat(file).hasContent("in the way");
  }

  @Test
  void missingDataIsNoBug() {
    IOException missing = new IOException("mnist is missing: fetch it");
    assertThat(Errors.describe(new UncheckedIOException(missing.getMessage(), missing)))
        .isEqualTo("mnist is missing: fetch it");
  }

  @Test
  void aFullDiskIsCalledThat() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "no /dev/full here");
    Cli cli = Cli.run(folder, "compare", "quadratic", "sgd=0.01", "--instances", 2, "--json", full);
    assertThat(cli.code()).isEqualTo(1);
    assertThat(cli.err()).contains("/dev/full: the disk is full").doesNotContain("--resume");
    assertThat(cli.out()).contains("sgd=0.01");
    assertThat(Files.isRegularFile(full)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare quadratic sgd=0.1 --instances 1000000000",
        "compare quadratic sgd=0.1 adam=0.1 --instances 2 --steps 2000000000",
        "compare quadratic sgd --tuning-instances 1000000000",
        "compare rosenbrock sgd=0.1 --steps 1 --instances 1000000000",
        "tune sgd quadratic --instances 1000000000",
        "demo --instances 1000000000",
        "experiment run fig4-quadratic --instances 1000000000",
        "experiment run fig4-quadratic --tuning-instances 1000000000"
      })
  void whatMemoryIsTooSmallForIsRefusedBeforeItRuns(String command) {
    Cli cli = Cli.run(folder, (Object[]) command.split(" "));
    assertThat(cli.err())
        .containsPattern("need \\S+ [GT]B of memory at least, but Java has")
        .contains("instances", "-Xmx");
    assertThat(cli.err().lines()).hasSize(1);
    assertThat(cli.code()).isEqualTo(1);
  }

  /// A rate that is given needs no search.
  @Test
  void whatIsNotDoneNeedsNoMemory() {
    Cli cli =
        Cli.run(
            folder,
            (Object[])
                "compare quadratic sgd=0.1 --instances 1 --steps 1 --tuning-instances 1000000000"
                    .split(" "));
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  @Test
  void moreMemoryIsMoreThanThereIs() {
    assertThat(Errors.outOfMemory(6L << 30)).contains("6.44 GB", "-Xmx12g");
    assertThat(Errors.outOfMemory(1)).contains("-Xmx2g");
  }

  @Test
  void resultsThatCannotBeWrittenAreNoSuccess() {
    StringWriter err = new StringWriter();
    PrintWriter full = new PrintWriter(Writer.nullWriter());
    full.close();
    Console console = Console.plain(full, new PrintWriter(err));
    assertThat(Glissade.run(new Context(console, Map.of()), "problems")).isEqualTo(1);
    assertThat(err.toString()).contains("glissade: the output could not be written");
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void stackTracesAreThereForThoseWhoAsk() {
    StringWriter err = new StringWriter();
    Console console = Console.plain(new PrintWriter(err), new PrintWriter(err));
    Context context = new Context(console, Map.of("GLISSADE_DEBUG", "1"));
    assertThat(Glissade.run(context, "compare", "quadratc", "adam")).isEqualTo(2);
    assertThat(err.toString()).contains("\tat dev.glissade");
  }
}
