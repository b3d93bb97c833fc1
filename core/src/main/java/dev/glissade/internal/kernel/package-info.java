/// The coordinatewise LSTM, forward and backward: [LstmKernels] is the door, [ScalarLstmKernels]
/// the plain reference, [VectorLstmKernels] the fast twin that is tested against it.
///
/// Letters: `N` coordinates, `I` inputs per coordinate, `H` hidden units, `L` layers, `T` unroll.
@NullMarked
package dev.glissade.internal.kernel;

import org.jspecify.annotations.NullMarked;
