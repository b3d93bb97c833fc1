/// The cluster that does a command's work, if it is not this machine.
///
/// - [LazyCluster]: the one that `--master` names, which is opened when there is something to do.
@NullMarked
package dev.glissade.app.cluster;

import org.jspecify.annotations.NullMarked;
