package dev.glissade.torch.art;

import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.torch.features.FeatureNetworks;
import dev.glissade.torch.internal.Natives;
import java.util.List;
import org.bytedeco.javacpp.Pointer;

/// The memory that pictures need, and so how large one can be made here. Java's heap holds the
/// picture, its gradient and what the optimizer remembers; libtorch's memory, outside the heap,
/// holds the activations.
///
/// @param heap bytes of Java's heap for one pixel
/// @param nativeMemory bytes of libtorch's memory for one pixel
/// @param pixelsInArrays the most pixels for which the optimizer's arrays have legal lengths
public record ArtMemory(long heap, long nativeMemory, long pixelsInArrays) {

  private static final int SAMPLE = 3 * 1024; // coordinates, enough to see what each one takes
  private static final int PICTURES =
      12; // content, start, θ, ∇f, update, and copies that come and go

  /// The memory that is free.
  ///
  /// @param heap bytes that Java's heap can still take
  /// @param nativeMemory bytes that libtorch can still take
  public record Free(long heap, long nativeMemory) {

    /// The memory that is free at this moment.
    public static Free now() {
      Natives.require();
      Runtime runtime = Runtime.getRuntime();
      long unused =
          runtime.maxMemory() - runtime.totalMemory(); // of the heap, which may still grow
      long limit = Pointer.maxPhysicalBytes(); // of the process: JavaCPP enforces it, 0 is none
      long allowed = limit > 0 ? limit - Pointer.physicalBytes() : Long.MAX_VALUE;
      long outside = Math.min(Pointer.availablePhysicalBytes(), allowed) - unused;
      return new Free(unused + runtime.freeMemory(), Math.max(0, outside));
    }
  }

  /// The memory needed for pictures that this optimizer makes.
  public static ArtMemory of(FeatureNetworks network, Optimizer<?> optimizer) {
    List<float[]> arrays = state(optimizer);
    long floats = arrays.stream().mapToLong(array -> array.length).sum();
    long longest = arrays.stream().mapToLong(array -> array.length).max().orElse(0);
    long perPixel = 3 * Math.max(SAMPLE, longest) / SAMPLE;
    return new ArtMemory(
        Float.BYTES * 3 * (PICTURES + floats / SAMPLE),
        network.bytesPerPixel(),
        (Integer.MAX_VALUE - 1024) / perPixel);
  }

  private static List<float[]> state(Optimizer<?> optimizer) {
    OptimizerState state = optimizer.start(ParameterLayout.of("pixels", SAMPLE));
    return state.arrays();
  }

  /// The most pixels that a picture can have in free memory.
  public long mostPixels(Free free) {
    long fitting = Math.min(free.heap / heap, free.nativeMemory / nativeMemory);
    return Math.clamp(fitting, 0, pixelsInArrays);
  }
}
