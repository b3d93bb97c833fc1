/// Kernels and whole meta-steps against libtorch, kernels against their scalar twin: how fast, and
/// whether the same.
@NullMarked
package dev.glissade.benchmarks;

import org.jspecify.annotations.NullMarked;
