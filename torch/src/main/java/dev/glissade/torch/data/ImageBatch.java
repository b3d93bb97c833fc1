package dev.glissade.torch.data;

import org.bytedeco.pytorch.Tensor;

/// A minibatch of images.
///
/// @param pixels floats, `[batch][channels · height · width]` or `[batch][channels][height][width]`
/// @param labels whole numbers, `[batch]`
public record ImageBatch(Tensor pixels, Tensor labels) {}
