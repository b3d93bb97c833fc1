/// The networks of the paper: the multilayer perceptron of its section 3.2 and the convolutional
/// network of section 3.3.
@NullMarked
package dev.glissade.torch.problem;

import org.jspecify.annotations.NullMarked;
