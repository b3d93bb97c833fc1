package dev.glissade.torch.art;

import com.sun.management.OperatingSystemMXBean;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.torch.features.FeatureNetworks;
import dev.glissade.torch.internal.Natives;
import java.lang.management.ManagementFactory;
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

  /// Bytes of Java's heap for a pixel of the painting: resized by way of three copies.
  private static final int STYLE_HEAP = 4 * 3 * Float.BYTES;

  /// A pixel of the painting takes less than half of a pixel of the picture, for nothing is
  /// differentiated. Measured at paintings 1, 12 and 40 times as long as wide: 450 to 500 bytes
  /// with squeezenet, 2,100 with vgg19.
  private static final int STYLE_PART = 2;

  /// The most pixels of a picture, whose three colours are one array.
  private static final double MOST_IN_PICTURE = (Integer.MAX_VALUE - 1024) / 3;

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
      long outside =
          Math.min(Math.min(Pointer.availablePhysicalBytes(), inContainer()), allowed) - unused;
      return new Free(unused + runtime.freeMemory(), Math.max(0, outside));
    }
  }

  /// The memory that is left of what a container may have. What its other processes take is not
  /// known here.
  private static long inContainer() {
    var system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return system.getTotalMemorySize() - Pointer.physicalBytes();
  }

  /// The memory for pictures that an optimizer makes.
  ///
  /// @param pictures how many are kept until all are made, ≥ 1
  public static ArtMemory of(FeatureNetworks network, Optimizer<?> optimizer, int pictures) {
    List<float[]> arrays = state(optimizer);
    long floats = arrays.stream().mapToLong(array -> array.length).sum();
    long longest = arrays.stream().mapToLong(array -> array.length).max().orElse(0);
    long perPixel = 3 * Math.max(SAMPLE, longest) / SAMPLE;
    return new ArtMemory(
        Float.BYTES * 3 * (PICTURES + pictures - 1 + floats / SAMPLE),
        network.bytesPerPixel(),
        (Integer.MAX_VALUE - 1024) / perPixel);
  }

  private static List<float[]> state(Optimizer<?> optimizer) {
    OptimizerState state = optimizer.start(ParameterLayout.of("pixels", SAMPLE));
    return state.arrays();
  }

  /// Which part of what is free a picture needs: it fits if this is at most 1. The style is looked
  /// at before the picture is made, and its memory is free again then.
  ///
  /// @param pixels of the picture
  /// @param stylePixels of the painting at the scale of the picture
  public double share(double pixels, double stylePixels, Free free) {
    return Math.max(
        Math.max(pixels / pixelsInArrays, stylePixels / MOST_IN_PICTURE),
        Math.max(
            heap(pixels, stylePixels) / (double) Math.max(1, free.heap),
            nativeMemory(pixels, stylePixels) / (double) Math.max(1, free.nativeMemory)));
  }

  /// Bytes of Java's heap that the picture needs, or its painting before.
  public long heap(double pixels, double stylePixels) {
    return (long) Math.max(pixels * heap, stylePixels * STYLE_HEAP);
  }

  /// Bytes of libtorch's memory that the picture needs, or its painting before.
  public long nativeMemory(double pixels, double stylePixels) {
    return (long) (Math.max(pixels, stylePixels / STYLE_PART) * nativeMemory);
  }
}
