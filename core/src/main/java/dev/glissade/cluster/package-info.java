/// Where the work of trainings and evaluations is done: the threads of this JVM, or machines.
///
/// - [Job]: indexed tasks, as a value. Runs of optimizers on instances are such tasks, and so are
///   the unrolls of an episode's shards.
/// - [Cluster]: who does them. What asks for work calls [Cluster#run] and does not know who that
///   is.
/// - [Shelf]: what a task leaves behind where it was done, for the next one of its index.
/// - [ClusterProvider]: finds clusters by the name of their master; [ProblemFinder] finds problems
///   there by their names.
@NullMarked
package dev.glissade.cluster;

import org.jspecify.annotations.NullMarked;
