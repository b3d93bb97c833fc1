/// Glissade and Hipparchus, the mathematics library: optimizers of the one for functions of the
/// other.
///
/// Start here:
///
/// 1. [DescentOptimizer] is any optimizer of ours, learned or not, as a Hipparchus optimizer: it
///    stands where a `NonLinearConjugateGradientOptimizer` does.
/// 2. [LeastSquaresDescent] does the same for least squares: it stands where a
///    `LevenbergMarquardtOptimizer` does.
/// 3. [FromHipparchus] makes Hipparchus functions and least squares problems
///    [objectives][dev.glissade.Objective], so that an optimizer can be learned for a family of
///    them.
/// 4. [ToHipparchus] makes an objective a Hipparchus function, for its own optimizers.
///
/// **Precision.** Hipparchus computes in `double`, and so do values here. But θ and ∇f are `float`:
/// a point is known to about 6·10⁻⁸ of each coordinate, and a gradient likewise. A loss near its
/// minimum is flat, so it comes within rounding of `double` where parameters are scaled to about 1.
/// Where more digits of the *parameters* are wanted, a classical optimizer takes a few steps from
/// the point that was found.
@NullMarked
package dev.glissade.hipparchus;

import org.jspecify.annotations.NullMarked;
