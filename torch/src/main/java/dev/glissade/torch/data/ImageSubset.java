package dev.glissade.torch.data;

import dev.glissade.torch.Minibatches;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;

/// A part of some [LabelledImages]. Immutable; the pixels are shared.
public final class ImageSubset {

  private final LabelledImages images;
  private final int[] members; // indices of images, ascending
  private final int[] classes; // the class of each label

  private ImageSubset(LabelledImages images, int[] members, int[] classes) {
    this.images = images;
    this.members = members;
    this.classes = classes;
  }

  /// The images `from ≤ index < to`; labels are classes.
  static ImageSubset range(LabelledImages images, int from, int to) {
    int[] same = IntStream.range(0, 1 + Byte.MAX_VALUE).toArray();
    return new ImageSubset(images, IntStream.range(from, to).toArray(), same);
  }

  /// The images of this subset that have one of these labels; the first label becomes class 0, and
  /// so on.
  ///
  /// @throws IllegalArgumentException if there is none
  public ImageSubset withLabels(List<Integer> labels) {
    int[] kept =
        Arrays.stream(members).filter(image -> labels.contains(images.label(image))).toArray();
    if (kept.length == 0) {
      throw new IllegalArgumentException("no image has one of the labels " + labels);
    }
    int[] ranks = IntStream.range(0, classes.length).map(labels::indexOf).toArray();
    return new ImageSubset(images, kept, ranks);
  }

  /// The first `count` images of this subset.
  ///
  /// @throws IllegalArgumentException if it has fewer
  public ImageSubset first(int count) {
    if (count > members.length) {
      throw new IllegalArgumentException(
          "images must be <= %s, as many as there are, got %s".formatted(members.length, count));
    }
    return new ImageSubset(images, Arrays.copyOf(members, count), classes);
  }

  /// The number of images in the subset.
  public int count() {
    return members.length;
  }

  /// The indices of the members in the whole, ascending.
  public int[] members() {
    return members.clone();
  }

  /// Minibatches of this subset, drawn evenly and with replacement.
  ///
  /// @param size images in a minibatch, ≥ 1
  /// @param type Float or Double
  public Minibatches<ImageBatch> minibatches(int size, PixelFormat format, torch.ScalarType type) {
    Tensor source = format.flat() ? images.rows() : images.planes();
    PixelScaler scaler = PixelScaler.of(format, type);
    return random -> {
      LongPointer chosen = new LongPointer(choose(random, size));
      Tensor indices = vector(chosen, size);
      Tensor labels = vector(chosen.getPointer(size), size).clone(); // `chosen` does not last
      return new ImageBatch(scaler.apply(torch.index_select(source, 0, indices)), labels);
    };
  }

  private static Tensor vector(LongPointer elements, int size) {
    return torch.from_blob(elements, new long[] {size}, new TensorOptions(torch.ScalarType.Long));
  }

  /// Draws `size` indices of images, and adds their classes.
  private long[] choose(RandomGenerator random, int size) {
    long[] chosen = new long[2 * size];
    for (int k = 0; k < size; k++) {
      int image = members[random.nextInt(members.length)];
      chosen[k] = image;
      chosen[size + k] = classes[images.label(image)];
    }
    return chosen;
  }
}
