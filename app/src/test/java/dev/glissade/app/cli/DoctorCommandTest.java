package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  @TempDir Path folder;

  @Test
  void doctorReportsEveryFindingWithItsRemedy() throws IOException {
    Path json = folder.resolve("doctor.json");
    Cli cli = Cli.run(folder, "doctor", "--json", json);
    assertThat(cli.out())
        .contains("JDK", "processor", "kernels", "cores", "memory", "cache folder", "disk");
    assertThat(cli.out()).containsPattern("warn +Maven +not on the PATH\\s+→ install it");
    assertThat(cli.code()).isZero();
    assertThat(new ObjectMapper().readTree(json.toFile()).get("findings").size()).isGreaterThan(8);
  }

  /// Tests run without the Vector API.
  @Test
  void saysHowToGetTheFastKernels() {
    assertThat(Cli.run(folder, "doctor").out())
        .containsPattern(
            "warn +kernels +portable, [\\d,]+ ns per coordinate and step\\s+→ start with"
                + " \\./glissade, or add");
  }
}
