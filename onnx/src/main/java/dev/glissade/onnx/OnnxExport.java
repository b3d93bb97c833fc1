package dev.glissade.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Group;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes learned optimizers as ONNX graphs.
///
/// ```java
/// for (ExportedRule rule : OnnxExport.of(trained, "1.0")) {
///   Files.write(Path.of(rule.group() + ".onnx"), rule.toBytes());
/// }
/// ```
public final class OnnxExport {

  /// The version of ONNX's operators that graphs are made of.
  public static final long OPSET = 17;

  /// The version of the format of files that came with these operators.
  private static final long FORMAT = 8;

  private static final String PRODUCER = "Glissade";
  private static final String DOMAIN = "dev.glissade";

  private static final String DESCRIPTION =
      "One step of a learned optimizer. In: the gradient, the number of steps before this one if"
          + " 'step' is an input, and the state, which is 0 before the first step. Out: the update,"
          + " to be added to the parameters, and the next state in the order of the inputs.";

  private final TrainedOptimizer trained;
  private final String version;

  private OnnxExport(TrainedOptimizer trained, String version) {
    this.trained = trained;
    this.version = version;
  }

  /// The rules of an optimizer, one for each group of blocks that it tells apart, in the order in
  /// which a block looks for its group.
  ///
  /// @param version of the program that exports, for the file
  /// @throws IllegalArgumentException if the optimizer, or a part of it, cannot be a graph; the
  ///   message says which
  public static List<ExportedRule> of(TrainedOptimizer trained, String version) {
    return new OnnxExport(trained, version).rules();
  }

  private List<ExportedRule> rules() {
    Architecture<?> architecture = trained.architecture();
    NamedWeights weights = new NamedWeights(architecture.layout(), trained.weights(), "");
    if (!(architecture instanceof Grouped(List<Group> groups, Architecture<?> rest))) {
      return List.of(learned(ExportedRule.ALL, Optional.empty(), architecture, weights));
    }
    List<ExportedRule> rules = new ArrayList<>();
    for (Group group : groups) {
      NamedWeights own = weights.within(group.name());
      Optional<BlockFilter> blocks = Optional.of(group.blocks());
      rules.add(
          switch (group.rule()) {
            case Group.Learned(Architecture<?> inner) -> learned(group.name(), blocks, inner, own);
            case Group.Fixed(Rule rule) -> designed(group.name(), blocks, rule);
          });
    }
    rules.add(learned(Group.REST, Optional.empty(), rest, weights.within(Group.REST)));
    return rules;
  }

  private ExportedRule learned(
      String group, Optional<BlockFilter> blocks, Architecture<?> architecture, NamedWeights own) {
    Step step = new Step();
    Value update = Rules.update(architecture, own, step, "");
    String json = architecture.toJson().toString();
    return rule(group, blocks, architecture.coupling(), architecture.kind(), json, step, update);
  }

  private ExportedRule designed(String group, Optional<BlockFilter> blocks, Rule rule) {
    Step step = new Step();
    Value update = DesignedGraph.update(rule.optimizer(), rule, step, "");
    Coupling coupling = rule.optimizer().coupling();
    String json = rule.toJson().toString();
    return rule(group, blocks, coupling, rule.baseline().name(), json, step, update);
  }

  private ExportedRule rule(
      String group,
      Optional<BlockFilter> blocks,
      Coupling coupling,
      String kind,
      String json,
      Step step,
      Value update) {
    if (coupling == Coupling.ALL) {
      throw new IllegalArgumentException(
          "a rule of the kind '%s' cannot be a graph of one block: it mixes all blocks"
              .formatted(kind));
    }
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(FORMAT)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET))
            .setProducerName(PRODUCER)
            .setProducerVersion(version)
            .setDomain(DOMAIN)
            .setDocString(DESCRIPTION)
            .setGraph(step.build("update_rule", update));
    metadata(group, blocks, coupling, kind, json)
        .forEach((key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return new ExportedRule(group, blocks, coupling, step.inputs(), step.outputs(), model.build());
  }

  private Map<String, String> metadata(
      String group, Optional<BlockFilter> blocks, Coupling coupling, String kind, String json) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("kind", kind);
    metadata.put("rule", json);
    metadata.put("group", group);
    blocks.ifPresent(filter -> metadata.put("blocks", filter.regex()));
    metadata.put(
        "mixes",
        switch (coupling) {
          case COORDINATES -> "nothing: any coordinates may be given together";
          case BLOCKS -> "the coordinates of a block: one block is given at a time";
          case ALL -> "all";
        });
    if (trained.history().has("problem")) {
      metadata.put("trained_on", trained.history().text("problem"));
    }
    metadata.put("history", trained.history().toString());
    return metadata;
  }
}
