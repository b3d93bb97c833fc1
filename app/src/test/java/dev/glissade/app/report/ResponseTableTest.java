package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ResponseTableTest {

  @Test
  void sparklinesSpanTheirRange() {
    assertThat(ResponseTable.sparkline(new double[] {0, 1, 2})).isEqualTo("▁▅█");
    assertThat(ResponseTable.sparkline(new double[] {0, 0})).isEqualTo("▁▁");
    assertThat(ResponseTable.sparkline(new double[] {-1, 1})).isEqualTo("▁█");
  }
}
