/// Pretrained networks that say what an image shows: their activations, differentiable with respect
/// to the pixels. [FeatureNetworks] lists them and knows where their weights are.
@NullMarked
package dev.glissade.torch.features;

import org.jspecify.annotations.NullMarked;
