package dev.glissade.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.glissade.BlockFilter;
import dev.glissade.Coupling;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.ParameterLayout;
import dev.glissade.file.JsonObject;
import dev.glissade.learned.Architecture;
import dev.glissade.learned.Corrected;
import dev.glissade.learned.Group;
import dev.glissade.learned.Grouped;
import dev.glissade.learned.Hopping;
import dev.glissade.learned.Lstm;
import dev.glissade.learned.Preprocessing;
import dev.glissade.learned.Probing;
import dev.glissade.learned.QuasiNewton;
import dev.glissade.learned.Smoothed;
import dev.glissade.optimizer.Baseline;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.Rule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What is exported, under which names and in which shapes, and what is refused.
class OnnxExportTest {

  /// Looks at steps of all parameters together.
  private static final List<String> REFUSED = List.of("lbfgs");

  private static final Lstm NETWORK = new Lstm(1, 4, Preprocessing.parse("adam-like"), 0.3);

  /// Every baseline but those that are refused, and one that fades.
  static Stream<Rule> exported() {
    return Stream.concat(
        Baselines.all().stream()
            .filter(baseline -> !REFUSED.contains(baseline.name()))
            .map(baseline -> baseline.rule(0.03)),
        Stream.of(Rule.parse("adam+cosine=0.03,steps=80")));
  }

  private static ModelProto model(ExportedRule rule) throws InvalidProtocolBufferException {
    return ModelProto.parseFrom(rule.toBytes());
  }

  private static Map<String, String> metadata(ExportedRule rule)
      throws InvalidProtocolBufferException {
    return model(rule).getMetadataPropsList().stream()
        .collect(
            Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
  }

  private static ExportedRule only(Architecture<?> architecture) {
    List<ExportedRule> rules = OnnxExport.of(TrainedRules.of(architecture), "1.2.3");
    assertThat(rules).hasSize(1);
    return rules.getFirst();
  }

  @Test
  void aFileSaysWhatItIsAndWhoMadeIt() throws InvalidProtocolBufferException {
    Corrected architecture = new Corrected(NETWORK, Rule.parse("adam=0.1"));
    ExportedRule rule = only(architecture);
    ModelProto model = model(rule);
    assertThat(model.getOpsetImportList())
        .singleElement()
        .satisfies(it -> {
          assertThat(it.getDomain()).isEmpty();
          assertThat(it.getVersion()).isEqualTo(17).isEqualTo(OnnxExport.OPSET);
        });
    assertThat(model.getIrVersion()).isEqualTo(8);
    assertThat(model.getProducerName()).isEqualTo("Glissade");
    assertThat(model.getProducerVersion()).isEqualTo("1.2.3");
    assertThat(metadata(rule))
        .containsEntry("kind", "corrected")
        .containsEntry("rule", architecture.toJson().toString())
        .containsEntry("group", "all")
        .containsEntry("trained_on", "nothing")
        .containsEntry("history", "{\"problem\":\"nothing\"}")
        .doesNotContainKey("blocks");
  }

  @Test
  void coordinatesOfALstmMayBeAsManyAsOneLikes() throws OrtException {
    ExportedRule rule = only(Lstm.forNetworks());
    assertThat(rule.coupling()).isEqualTo(Coupling.COORDINATES);
    assertThat(rule.inputs())
        .extracting(Tensor::toString)
        .containsExactly(
            "gradient float[N]",
            "lstm0_hidden float[N, 20]",
            "lstm0_cell float[N, 20]",
            "lstm1_hidden float[N, 20]",
            "lstm1_cell float[N, 20]");
    assertThat(rule.outputs())
        .extracting(Tensor::toString)
        .containsExactly(
            "update float[N]",
            "next_lstm0_hidden float[N, 20]",
            "next_lstm0_cell float[N, 20]",
            "next_lstm1_hidden float[N, 20]",
            "next_lstm1_cell float[N, 20]");
    try (RuntimeSession session = new RuntimeSession(rule)) {
      RuntimeSession.Run run = session.start(ParameterLayout.block("all", 1_000));
      assertThat(run.update(new float[1_000])).hasSize(1_000);
    }
  }

  @Test
  void matricesMayBeOfAnySize() {
    ExportedRule rule = only(new Corrected(NETWORK, Rule.parse("muon=0.1")));
    assertThat(rule.coupling()).isEqualTo(Coupling.BLOCKS);
    assertThat(rule.inputs())
        .extracting(Tensor::toString)
        .containsExactly(
            "gradient float[rows, columns]",
            "step int64",
            "fading_short float",
            "fading_long float",
            "network_moments_mean float[rows, columns]",
            "network_moments_square float[rows, columns]",
            "network_moments_weight float",
            "network_lstm0_hidden float[rows, columns, 4]",
            "network_lstm0_cell float[rows, columns, 4]",
            "base_velocity float[rows, columns]");
  }

  @ParameterizedTest
  @MethodSource("exported")
  void theRuntimeSeesTheInputsAndOutputsThatAreTold(Rule base) throws OrtException {
    ExportedRule rule = only(new Corrected(NETWORK, base));
    try (RuntimeSession session = new RuntimeSession(rule)) {
      assertAreTold(rule.inputs(), session.inputs());
      assertAreTold(rule.outputs(), session.outputs());
    }
  }

  private static void assertAreTold(List<Tensor> told, Map<String, NodeInfo> seen) {
    assertThat(seen.keySet()).containsExactlyElementsOf(told.stream().map(Tensor::name).toList());
    List<NodeInfo> nodes = List.copyOf(seen.values());
    for (int i = 0; i < told.size(); i++) {
      Tensor tensor = told.get(i);
      TensorInfo info = (TensorInfo) nodes.get(i).getInfo();
      assertThat(info.type)
          .isEqualTo(
              switch (tensor.element()) {
                case FLOAT -> OnnxJavaType.FLOAT;
                case INT64 -> OnnxJavaType.INT64;
              });
      long[] shape =
          tensor.shape().stream()
              .mapToLong(it -> it instanceof Tensor.Fixed(long extent) ? extent : -1)
              .toArray();
      assertThat(info.getShape()).isEqualTo(shape);
    }
  }

  @Test
  void eachGroupHasARuleOfItsOwn() throws InvalidProtocolBufferException {
    List<ExportedRule> rules =
        OnnxExport.of(
            TrainedRules.of(
                new Grouped(
                    List.of(
                        new Group("matrices", new BlockFilter("weights"), Lstm.forQuadratics()),
                        new Group("offsets", new BlockFilter("offset$"), Rule.parse("sgd=0.5"))),
                    NETWORK)),
            "1.0");
    assertThat(rules)
        .extracting(ExportedRule::group)
        .containsExactly("matrices", "offsets", "rest");
    assertThat(rules)
        .extracting(rule -> rule.blocks().map(BlockFilter::regex).orElse("none"))
        .containsExactly("weights", "offset$", "none");
    assertThat(rules.get(1).inputs()).extracting(Tensor::name).containsExactly("gradient");
    assertThat(metadata(rules.get(1)))
        .containsEntry("kind", "sgd")
        .containsEntry("blocks", "offset$");
    assertThat(metadata(rules.get(2))).containsEntry("kind", "lstm");
  }

  @Test
  void theSameRuleGivesTheSameBytes() {
    Corrected architecture = new Corrected(NETWORK, Rule.parse("muon=0.1"));
    assertThat(only(architecture).toBytes()).isEqualTo(only(architecture).toBytes());
  }

  /// A new baseline is refused until its equation is written, and then comes off the list here.
  @Test
  void everyBaselineIsExportedOrRefusedByName() {
    assertThat(exported().map(rule -> rule.baseline().name())).contains("adam", "muon", "rprop");
    for (String name : REFUSED) {
      Baseline baseline = Baselines.find(name);
      assertRefused(new Corrected(NETWORK, baseline.rule(0.1)), "the rule '%s'".formatted(name));
    }
  }

  @Test
  void whatNeedsMoreThanAGradientIsRefused() {
    assertRefused(new QuasiNewton(NETWORK, 5), "a quasi-newton rule cannot be a graph");
    assertRefused(new Smoothed(NETWORK, BlockFilter.ALL), "a smoothed rule cannot be a graph");
    assertRefused(new Hopping(NETWORK), "a hopping rule cannot be a graph");
    Probing probing = new Probing(NETWORK, new QuasiNewton(NETWORK, 5));
    assertRefused(probing, "a probing rule cannot be a graph");
    Lstm averaged = NETWORK.withGlobalCells(1);
    assertRefused(averaged, "an lstm with global cells cannot be a graph");
    assertRefused(new Corrected(averaged, Rule.parse("sgd=1")), "an lstm with global cells");
    Grouped grouped = new Grouped(List.of(new Group("a", BlockFilter.ALL, NETWORK)), NETWORK);
    assertRefused(new Corrected(grouped, Rule.parse("sgd=1")), "groups inside another rule");
    Corrected corrected = new Corrected(NETWORK, Rule.parse("sgd=1"));
    assertRefused(
        new Corrected(corrected, Rule.parse("sgd=1")), "2 blocks of weights called 'base/");
  }

  @Test
  void anUnknownArchitectureIsRefusedByNameWhereverItIs() {
    String message = "an architecture of the kind 'own' cannot be a graph";
    assertRefused(new Own(), message);
    assertRefused(new Corrected(new Own(), Rule.parse("adam=0.1")), message);
    assertRefused(
        new Grouped(List.of(new Group("a", BlockFilter.ALL, NETWORK)), new Own()), message);
  }

  private static void assertRefused(Architecture<?> architecture, String message) {
    assertThatThrownBy(() -> OnnxExport.of(TrainedRules.of(architecture), "1.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  /// An architecture that the export has never heard of, although its layout looks like a LSTM's.
  private record Own() implements Architecture<OptimizerState> {

    @Override
    public String kind() {
      return "own";
    }

    @Override
    public JsonObject settings() {
      return JsonObject.empty();
    }

    @Override
    public String summary() {
      return "own";
    }

    @Override
    public ParameterLayout layout() {
      return NETWORK.layout();
    }

    @Override
    public float[] initialWeights(long seed) {
      return NETWORK.initialWeights(seed);
    }

    @Override
    public Optimizer<OptimizerState> with(float[] weights) {
      throw new UnsupportedOperationException("no rule");
    }

    @Override
    public Coupling coupling() {
      return Coupling.COORDINATES;
    }
  }
}
