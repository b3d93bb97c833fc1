package dev.glissade.benchmarks;

import dev.glissade.internal.Processor;
import dev.glissade.internal.kernel.LstmKernels;
import java.io.IOException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.pytorch.global.torch;

/// What the figures of a benchmark were measured on.
///
/// @param processor its name and its vector instructions
/// @param cores how many of it this JVM may use
/// @param java the version
/// @param kernels those that run here, with their width
/// @param libtorch its version, and the instructions that it uses
record Machine(String processor, int cores, String java, String kernels, String libtorch) {

  /// This machine.
  static Machine current() {
    return new Machine(
        Processor.current().toString(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().toString(),
        LstmKernels.fastestImplementation(),
        libtorchVersion() + " with " + torch.get_cpu_capability().getString());
  }

  /// That of the presets, `2.10.0-1.5.13`.
  static String libtorchVersion() {
    try {
      return Loader.getVersion("org.bytedeco", "pytorch");
    } catch (IOException e) {
      return "of unknown version";
    }
  }

  /// One line for above a table.
  @Override
  public String toString() {
    return "%s; %s %s; Java %s; kernels: %s; libtorch %s"
        .formatted(processor, cores, cores == 1 ? "core" : "cores", java, kernels, libtorch);
  }
}
