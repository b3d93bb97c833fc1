/// Problems whose gradients are written by hand, and the catalog through which problems are found.
///
/// - [Objectives] and [RandomProblem] make an objective and a problem out of a function each.
/// - Objectives: [Quadratic], [Rosenbrock], [Rastrigin], [RastriginFamily], [LogisticRegression],
///   [Lasso], [SparseCoding]. All are immutable, allocate nothing when evaluated, and offer exact
///   Hessian-vector products.
/// - [Mixture], [RandomlyScaled] and [WithConvexPart] are problems made of problems.
/// - [Problems] lists the problems of this module. A [ProblemCatalog] reads a [ProblemSpec], such
///   as `quadratic:dim=20`, with the help of any number of [ProblemFactory] lists. An [Option] is
///   the typed key of a value in [Options]; one whose value is a [Labelled] enum has a name each.
@NullMarked
package dev.glissade.problem;

import org.jspecify.annotations.NullMarked;
