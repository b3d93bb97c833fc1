/// Tests of trainings and evaluations on Spark.
@NullMarked
package dev.glissade.spark;

import org.jspecify.annotations.NullMarked;
