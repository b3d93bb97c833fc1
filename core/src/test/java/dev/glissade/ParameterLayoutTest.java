package dev.glissade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParameterLayoutTest {

  @Test
  void sizesAreProductsAndSums() {
    var layout =
        new ParameterLayout(
            List.of(
                ParameterLayout.block("weights", 784, 20),
                ParameterLayout.block("bias", 20),
                ParameterLayout.block("scale")));
    assertThat(layout.blocks())
        .extracting(ParameterLayout.Block::size)
        .containsExactly(15_680, 20, 1);
    assertThat(layout.size()).isEqualTo(15_701);
  }

  @Test
  void emptyLayoutsAreRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ParameterLayout(List.of()))
        .withMessage("a layout needs at least one block");
  }

  @Test
  void emptyExtentsAreRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ParameterLayout.of("x", 3, 0))
        .withMessage("block 'x': every extent must be >= 1, got [3, 0]");
  }

  @Test
  void sizesDoNotOverflowSilently() {
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> ParameterLayout.of("x", 1 << 20, 1 << 20));
    var block = ParameterLayout.block("x", 1 << 30);
    assertThatExceptionOfType(ArithmeticException.class)
        .isThrownBy(() -> new ParameterLayout(List.of(block, block, block)));
  }

  @Test
  void equalLayoutsAreEqual() {
    assertThat(ParameterLayout.of("x", 2, 3)).isEqualTo(ParameterLayout.of("x", 2, 3));
    assertThat(ParameterLayout.of("x", 2, 3)).isNotEqualTo(ParameterLayout.of("x", 3, 2));
  }
}
