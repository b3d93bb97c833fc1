package dev.glissade.learned;

import dev.glissade.OptimizerState;

/// The derivatives of a meta-loss L that pass through one step on the way back.
///
/// @param update ∂L/∂update of the step, `float[N]`, only read
/// @param state ∂L/∂state after the step on entry, ∂L/∂state before it on return; a fresh state of
///   the optimizer serves as zero
/// @param gradient receives ∂L/∂∇f(θ) where the step started, `float[N]`, overwritten; right only
///   where the family is differentiable exactly
/// @param <S> the state of the rule
@SuppressWarnings("ArrayRecordComponent") // room to work in, owned by who goes back
public record Cotangent<S extends OptimizerState>(float[] update, S state, float[] gradient) {}
