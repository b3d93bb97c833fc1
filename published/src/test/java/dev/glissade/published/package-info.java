/// Tests of what others get.
///
/// - `ExamplesTest` builds on what the build did before: `examples/`, compiled against installed
///   artifacts. It runs the programs and compares what they print with the [Document] about them.
/// - `VersionTest` finds versions that were forgotten.
/// - `PublicRepositoryTest`, with `-Prelease` only, asks what a public repository would.
@NullMarked
package dev.glissade.published;

import org.jspecify.annotations.NullMarked;
