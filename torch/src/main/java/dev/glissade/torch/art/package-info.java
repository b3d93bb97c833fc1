/// Neural art: a picture that shows the content of a photo in the style of a painting, as a problem
/// of optimisation over its pixels. [Stylisation] is one such picture, [ArtProblem] a distribution
/// over them.
///
/// Reference: L. Gatys, A. Ecker, M. Bethge, *A neural algorithm of artistic style*, 2015.
@NullMarked
package dev.glissade.torch.art;

import org.jspecify.annotations.NullMarked;
