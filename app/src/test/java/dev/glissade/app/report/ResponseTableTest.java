package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTableTest {

  @Test
  void sparklinesSpanTheirRange() {
    assertThat(ResponseTable.sparkline(new double[] {0, 1, 2})).isEqualTo("▁▅█");
    assertThat(ResponseTable.sparkline(new double[] {0, 0})).isEqualTo("▁▁");
    assertThat(ResponseTable.sparkline(new double[] {-1, 1})).isEqualTo("▁█");
  }
}
