/// Learned optimizers: two interfaces and the loop between them.
///
/// Start here:
///
/// 1. [Objective] is what is minimised: parameters in, loss and gradient out.
/// 2. [Optimizer] is how: gradient and state in, update out. Adam and a learned LSTM look alike.
/// 3. [Descent] runs an optimizer on an objective. There is no other optimisation loop.
/// 4. [Problem] is a distribution over objectives, and [LearnedOptimizer] a family of optimizers
///    indexed by learned weights. `dev.glissade.meta` turns both into another [Objective], so that
///    a [Descent] can train an optimizer.
@NullMarked
package dev.glissade;

import org.jspecify.annotations.NullMarked;
