/// The way from the words that a person uses to the things that they name.
///
/// - [Catalog] finds a [ProblemName]: a built-in problem, or a class of the user's, an [OwnProblem]
///   on a [ClassPath], whose [Fingerprint] is part of its name; [OwnCodeException] if its code
///   fails, and a [FirstLook] warns if it is wrong.
/// - [OptimizerName]: a baseline or a learned optimizer; [OuterName]: what trains one.
///   [ArchitectureText]: what a learned one is made of.
@NullMarked
package dev.glissade.app.catalog;

import org.jspecify.annotations.NullMarked;
