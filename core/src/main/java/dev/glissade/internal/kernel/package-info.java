/// The coordinatewise LSTM, forward and backward: [LstmKernels] is the door, [ScalarLstmKernels]
/// the plain reference, [BlockLstmKernels] the fast twin that is tested against it, in plain Java
/// and on the Vector API, and [WarmingLstmKernels] what goes from the one to the other.
///
/// [MatrixProducts], in the same way plain or with vectors, is what Muon multiplies [Panels] with.
///
/// Letters: `N` coordinates, `I` inputs per coordinate, `H` hidden units, `L` layers, `T` unroll.
@NullMarked
package dev.glissade.internal.kernel;

import org.jspecify.annotations.NullMarked;
