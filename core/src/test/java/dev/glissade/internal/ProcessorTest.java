package dev.glissade.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProcessorTest {

  /// A cloud hides which EPYC it is: the numbers of family and model tell.
  @Test
  void namesTheFirstProcessorAndItsFamily() {
    String cpuinfo =
        """
        processor\t: 0
        vendor_id\t: AuthenticAMD
        cpu family\t: 25
        model\t\t: 17
        model name\t: AMD EPYC
        flags\t\t: fpu sse avx2 avx512f avx512vl

        processor\t: 1
        cpu family\t: 99
        model\t\t: 99
        model name\t: another
        flags\t\t: fpu
        """;
    assertThat(Processor.parse(cpuinfo, "amd64"))
        .hasToString("AMD EPYC, family 25 model 17, AVX-512");
  }

  @Test
  void tellsAvx2FromAvx512() {
    assertThat(Processor.parse("model name : Some CPU\nflags : sse avx avx2", "amd64"))
        .isEqualTo(new Processor("Some CPU", "AVX2"));
  }

  @Test
  void knowsArm() {
    String cpuinfo = "processor : 0\nFeatures : fp asimd\nCPU implementer : 0x41\n";
    assertThat(Processor.parse(cpuinfo, "aarch64")).hasToString("aarch64, NEON");
  }

  @Test
  void promisesNothingWhereNothingIsSaid() {
    assertThat(Processor.parse("", "riscv64")).hasToString("riscv64");
  }

  @Test
  void hasANameHere() {
    assertThat(Processor.current().name()).isNotBlank();
  }
}
