package dev.glissade.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import com.google.protobuf.CodedOutputStream;
import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/// The rule of one group of blocks as an ONNX graph, which makes one step: gradient and state in,
/// update and next state out. The update is to be added to the parameters.
///
/// The inputs are `gradient`, `step`, the number of steps before this one, where the rule depends
/// on it, and the state, which is 0 before the first step. The outputs are `update`, and the next
/// state in the order of the inputs.
public final class ExportedRule {

  /// The name of all blocks where there are no groups.
  static final String ALL = "all";

  private final String group;
  private final Optional<BlockFilter> blocks;
  private final Coupling coupling;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;
  private final ModelProto model;

  ExportedRule(
      String group,
      Optional<BlockFilter> blocks,
      Coupling coupling,
      List<Tensor> inputs,
      List<Tensor> outputs,
      ModelProto model) {
    this.group = group;
    this.blocks = blocks;
    this.coupling = coupling;
    this.inputs = List.copyOf(inputs);
    this.outputs = List.copyOf(outputs);
    this.model = model;
  }

  /// The group of blocks that the rule is for; `all` without groups, `rest` for those in no other.
  public String group() {
    return group;
  }

  /// Which blocks are in the group; empty for all that are in no other.
  public Optional<BlockFilter> blocks() {
    return blocks;
  }

  /// What the graph mixes: any coordinates may be given to it together, or those of one block.
  public Coupling coupling() {
    return coupling;
  }

  /// The inputs of the graph.
  public List<Tensor> inputs() {
    return inputs;
  }

  /// The outputs of the graph.
  public List<Tensor> outputs() {
    return outputs;
  }

  /// The file's content, the same bytes for the same rule.
  public byte[] toBytes() {
    byte[] bytes = new byte[model.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    try {
      model.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("an array is too small for what was to fit", e);
    }
    return bytes;
  }
}
