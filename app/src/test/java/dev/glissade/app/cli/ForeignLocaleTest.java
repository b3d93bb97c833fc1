package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.file.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is read and written is the same in locales with digits of their own, decimal commas, or
/// another lower case of I.
class ForeignLocaleTest {

  private final Locale before = Locale.getDefault();

  @TempDir private Path folder;

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "ar-EG", "tr-TR", "de-DE"})
  void comparesAsElsewhere(String locale) throws IOException {
    Locale.setDefault(Locale.ROOT);
    compare("root");
    Locale.setDefault(Locale.forLanguageTag(locale));
    compare("foreign");
    assertThat(json("foreign")).isEqualTo(json("root"));
    for (String file : new String[] {"curves.csv", "curves.png"}) {
      assertThat(folder.resolve("foreign").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("root").resolve(file));
    }
  }

  private void compare(String name) {
    Cli cli =
        Cli.run(
            folder,
            "compare",
            "quadratic",
            "pretrained:quadratic",
            "adam=0.1",
            "--instances=2",
            "--steps=20",
            "--out=" + folder.resolve(name),
            "--json=" + folder.resolve(name + ".json"));
    assertThat(cli.code()).as(cli.err()).isZero();
  }

  /// Without times, and without the folder in the command that is repeated.
  private String json(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".json"))
        .replace(folder.resolve(name).toString(), "OUT")
        .replaceAll("\"(\\w*[sS]econds\\w*|micros\\w*|\\w*[mM]icros\\w*)\"\\s*:\\s*[^,}\\n]+", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fa-IR", "tr-TR"})
  void trainsWhatCanBeReadElsewhere(String locale) throws IOException {
    Path run = folder.resolve("run");
    Locale.setDefault(Locale.forLanguageTag(locale));
    Cli cli = Cli.run(folder, "train", "quadratic", "-o", run, "--episodes=2", "--batch=2");
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(Safetensors.read(run.resolve("best.safetensors")).tensors())
        .containsKey("lstm0/weights");
    Locale.setDefault(Locale.ROOT);
    assertThat(Cli.run(folder, "inspect", run.resolve("best.safetensors")).code()).isZero();
  }

  /// In processes of their own, as names may be made once, when classes are loaded.
  @Test
  void whatPeopleReadHasOneFormatInEveryLocale() throws Exception {
    assertThat(main("-Duser.language=fa", "-Duser.country=IR"))
        .isEqualTo(main("-Duser.language=en", "-Duser.country=US"))
        .contains("cifar10");
  }

  private static String main(String language, String country) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                language,
                country,
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "data",
                "list",
                "--data",
                "no/such")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }
}
