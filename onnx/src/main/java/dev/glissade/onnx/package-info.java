/// Learned update rules as ONNX graphs, which other runtimes and languages can run.
///
/// - [OnnxExport] makes an [ExportedRule] of each group of blocks that an optimizer has a rule for:
///   its [Tensor]s, and the bytes of a file.
/// - `Graph` puts a graph together out of `Value`s, which have the operations. A `Step` is what a
///   rule is given inside a graph: the gradient, the count of steps, and a `Memory` for all that it
///   remembers.
/// - `Rules` writes each kind of architecture, `LstmGraph` and `NetworkInputs` the network,
///   `CorrectedGraph` its factors, `DesignedGraph` and `MuonGraph` the rules that it corrects. What
///   they do not know, they refuse.
@NullMarked
package dev.glissade.onnx;

import org.jspecify.annotations.NullMarked;
