/// Problems whose gradients come from libtorch, PyTorch's own engine.
///
/// Start here:
///
/// 1. [TorchNetwork] is named parameters and a function from them and a minibatch to a loss.
/// 2. [TorchProblem] makes a [dev.glissade.Problem] of it: it says which data an objective has, and
///    which minibatch a step gets. `docs/bring-your-own-problem.md` shows a complete one.
/// 3. [TorchObjective] is one such objective: gradients by back-propagation, Hessian-vector
///    products by going back twice.
/// 4. [dev.glissade.torch.problem.TorchProblems] lists the problems of this module, for a
///    [dev.glissade.problem.ProblemCatalog].
///
/// Memory: whatever tensors a loss or a minibatch makes are released when the evaluation ends.
/// Tensors made while a problem is *sampled* live as long as the objective.
@NullMarked
package dev.glissade.torch;

import org.jspecify.annotations.NullMarked;
