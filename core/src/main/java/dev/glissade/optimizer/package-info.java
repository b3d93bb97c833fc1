/// Hand-designed optimizers, one record a file, each mirroring its paper's equations.
///
/// - Gradient descent: [Sgd], and with memory [Momentum] and [Nesterov].
/// - One step size per coordinate: [Rprop], [Adagrad], [RmsProp], [Adam].
/// - One step size per singular direction of a matrix: [Muon], and [Spectral], whose rate does not
///   depend on the size of the matrix.
/// - Around any optimizer, learned ones too: [GradientClipping], [CosineDecay], [Freezing], and
///   [Guarded], which falls back to another where one fails.
/// - From the last steps and what they did to the gradient: [Lbfgs].
/// - [Baselines] lists them by name, for searches over the learning rate and for reports.
///
/// In the equations g is the gradient, η the learning rate, and all operations but those of [Muon]
/// go coordinate by coordinate. Every constructor with the learning rate alone takes the constants
/// of PyTorch, and results agree with PyTorch's up to rounding (but for [Muon], whose author's
/// constants it takes).
@NullMarked
package dev.glissade.optimizer;

import org.jspecify.annotations.NullMarked;
