package dev.glissade.published;

import org.junit.jupiter.api.Test;

/// x
class ExamplesTest {
  @Test
  void x() {}
}
