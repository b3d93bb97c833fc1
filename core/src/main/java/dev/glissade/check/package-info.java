/// A check of somebody's problem: whether its gradients are derivatives of its losses, and whether
/// it keeps what `Problem` and `Objective` promise.
///
/// - [ProblemCheck] says what is tried, and runs it; [Depth] says how much of it.
/// - [ProblemReport] is what comes out: a [Finding] for each [Aspect], with its [Verdict].
///
/// Inside, a [Member] is one objective that is looked at, and a [Place] a point θ of it. There
/// [GradientLines] and [HessianLines] compare losses with gradients, and those with Hessian-vector
/// products, along short lines; a [Ladder] chooses how short, [Noise] and [Kinks] say what is not
/// an error. [Conduct] tries what has nothing to do with derivatives, and [Sampling] how members
/// are drawn. All of them count in [Tally]s.
@NullMarked
package dev.glissade.check;

import org.jspecify.annotations.NullMarked;
