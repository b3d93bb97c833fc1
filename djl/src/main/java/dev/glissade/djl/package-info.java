/// Glissade's optimizers in DJL's training loop.
///
/// Start here:
///
/// 1. [LearnedDjlOptimizer] is the optimizer that a DJL program gives to its training
///    configuration. `docs/djl.md` shows how in ten lines.
/// 2. [Part] is what moves together: one parameter, or all of a group where the rule couples them.
/// 3. [NativeFloats] is the border: how numbers come out of DJL's arrays and back in.
@NullMarked
package dev.glissade.djl;

import org.jspecify.annotations.NullMarked;
