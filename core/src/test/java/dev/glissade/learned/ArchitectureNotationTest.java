package dev.glissade.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.BlockFilter;
import dev.glissade.optimizer.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Architectures have one short text each, which is read as it is written.
class ArchitectureNotationTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear",
        "lstm(2, 20)",
        "lstm(1, 8, log-sign:10.0, 0.1)",
        "lstm(0, 20, identity, 0.1)",
        "lstm(2, 20, adam-like:0.95, 0.1, tanh)",
        "lstm(2, 20, identity, 1.0, tanh)",
        "corrected(adam=0.05)",
        "corrected(adam=0.05,beta2=0.9)",
        "corrected(adam=0.05,beta2=0.9, lstm(1, 8))",
        "corrected(sgd=0.1, corrected(adam=0.2, lstm(1, 8, adam-like:0.95, 2.0)))"
      })
  void isReadAsItIsWritten(String text) {
    assertThat(ArchitectureNotation.format(ArchitectureNotation.parse(text))).hasValue(text);
  }

  @Test
  void whatIsLeftOutIsUsual() {
    assertThat(ArchitectureNotation.parse("lstm(2, 20)")).isEqualTo(Lstm.forQuadratics());
    assertThat(ArchitectureNotation.parse(" corrected( adam=0.05 , linear ) "))
        .isEqualTo(ArchitectureNotation.parse("corrected(adam=0.05)"));
    assertThat(ArchitectureNotation.parse("lstm(1, 8, log-sign:10+adam-like:0.9)"))
        .isEqualTo(
            new Lstm(
                1,
                8,
                new Preprocessing.Both(
                    new Preprocessing.LogSign(10), new Preprocessing.AdamLike(.9)),
                1));
  }

  @Test
  void architecturesWithGroupsHaveNoText() {
    Lstm lstm = Lstm.forNetworks();
    Grouped grouped = new Grouped(List.of(new Group("a", new BlockFilter("a"), lstm)), lstm);
    assertThat(ArchitectureNotation.format(grouped)).isEmpty();
    assertThat(ArchitectureNotation.format(new Corrected(grouped, Rule.parse("adam=0.1"))))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "gru(2, 20)", "lstm", "lstm(2)", "lstm(2, x)", "lstm(1, 2", "linear()"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> ArchitectureNotation.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("an architecture must be like linear, lstm(")
        .hasMessageContaining("got '%s'".formatted(text));
  }
}
