/// Problems whose gradients are written by hand, and the catalog through which problems are found.
///
/// - Objectives: [Quadratic], [Rosenbrock], [Rastrigin], [LogisticRegression], [Lasso]. All are
///   immutable, allocate nothing when evaluated, and offer exact Hessian-vector products.
/// - [Objectives] and [RandomProblem] make an objective and a problem out of a function each.
/// - [Problems] lists the problems of this module. A [ProblemCatalog] reads a [ProblemSpec], such
///   as `quadratic:dim=20`, with the help of any number of [ProblemFactory] lists.
@NullMarked
package dev.glissade.problem;

import org.jspecify.annotations.NullMarked;
