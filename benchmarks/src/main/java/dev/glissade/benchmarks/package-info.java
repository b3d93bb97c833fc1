/// The kernels against their scalar twin and against libtorch: how fast, and whether the same.
@NullMarked
package dev.glissade.benchmarks;

import org.jspecify.annotations.NullMarked;
