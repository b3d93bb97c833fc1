package dev.glissade.torch.data;

import dev.glissade.torch.internal.Natives;
import dev.glissade.torch.internal.Scopes;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// Images of one size with a label each. Immutable: shared by all threads and never copied. Pixels
/// stay the bytes of the file, a quarter of what floats would take; minibatches turn them into
/// floats.
public final class LabelledImages {

  private final BytePointer memory; // what the tensors lie over
  private final Tensor planes; // [count][channels][height][width], bytes
  private final Tensor rows; // [count][channels · height · width], the same memory
  private final byte[] labels; // [count]
  private final int channels;
  private final int height;
  private final int width;

  private LabelledImages(BytePointer memory, byte[] labels, int channels, int height, int width) {
    this.memory = memory;
    this.labels = labels;
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.planes = view(memory, labels.length, channels, height, width);
    this.rows = view(memory, labels.length, (long) channels * height * width);
  }

  private static Tensor view(BytePointer memory, long... shape) {
    return Scopes.keep(
        () -> torch.from_blob(memory, shape, new TensorOptions(torch.ScalarType.Byte)));
  }

  /// Joins several collections of images, which must be equally large, in order.
  static LabelledImages concatenate(List<LabelledImages> parts) {
    int count = parts.stream().mapToInt(LabelledImages::count).sum();
    LabelledImages first = parts.getFirst();
    Builder all = new Builder(count, first.channels, first.height, first.width);
    for (LabelledImages part : parts) {
      for (int image = 0; image < part.count(); image++) {
        all.add(part.label(image), part.pixels(image), 0);
      }
    }
    return all.build();
  }

  /// The number of images in the collection.
  public int count() {
    return labels.length;
  }

  /// Whether the images are squares of that many pixels on a side.
  boolean isSquare(int extent) {
    return height == extent && width == extent;
  }

  /// The label of an image, 0 ≤ label < 128.
  public int label(int image) {
    return labels[image];
  }

  /// The bytes of one image: channel by channel, row by row from the top.
  public byte[] pixels(int image) {
    int size = Math.toIntExact(memory.capacity() / count());
    byte[] pixels = new byte[size];
    memory.getPointer((long) image * size).get(pixels);
    return pixels;
  }

  /// All pixels as bytes, `[count][channels][height][width]`; not to be changed.
  Tensor planes() {
    return planes;
  }

  /// All pixels as bytes, `[count][channels · height · width]`; not to be changed.
  Tensor rows() {
    return rows;
  }

  /// Collects images one after the other.
  static final class Builder {
    private final BytePointer memory;
    private final byte[] labels;
    private final int channels;
    private final int height;
    private final int width;
    private final BytePointer end; // moves on over `memory`
    private int count;

    Builder(int capacity, int channels, int height, int width) {
      Natives.require();
      long size = Math.multiplyExact((long) capacity, channels * height * width);
      this.memory = Scopes.keep(() -> new BytePointer(size));
      this.end = new BytePointer(memory);
      this.labels = new byte[capacity];
      this.channels = channels;
      this.height = height;
      this.width = width;
    }

    /// Adds an image whose pixels are `bytes[from..]`.
    void add(int label, byte[] bytes, int from) {
      int size = channels * height * width;
      end.position((long) count * size).put(bytes, from, size);
      labels[count++] = (byte) label;
    }

    LabelledImages build() {
      if (count != labels.length) {
        throw new IllegalStateException(
            "%s images announced, %s added".formatted(labels.length, count));
      }
      return new LabelledImages(memory, Arrays.copyOf(labels, count), channels, height, width);
    }
  }
}
