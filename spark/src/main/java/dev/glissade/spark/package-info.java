/// Trainings and evaluations on Apache Spark. Nothing else in Glissade imports Spark.
///
/// - [SparkClusterProvider]: opens the cluster of a master; the application finds it by
///   `ServiceLoader`.
/// - [SparkCluster]: does the tasks of a job. What travels are a [Parcel] with the job, once to
///   each executor, and the results of a [Slot] of tasks back.
/// - [Values]: how jobs and results are written: records by their components, problems and
///   baselines by their names.
@NullMarked
package dev.glissade.spark;

import org.jspecify.annotations.NullMarked;
