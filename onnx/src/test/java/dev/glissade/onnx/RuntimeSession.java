package dev.glissade.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.glissade.ParameterLayout.Block;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// An exported rule in ONNX Runtime, which knows nothing of ours.
final class RuntimeSession implements AutoCloseable {

  private static final String GRADIENT = "gradient";
  private static final String STEP = "step";

  private final OrtEnvironment environment = environment();
  private final ExportedRule rule;
  private final OrtSession session;

  RuntimeSession(ExportedRule rule) throws OrtException {
    this.rule = rule;
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    session = environment.createSession(rule.toBytes(), options);
  }

  /// The runtime, without which a test is skipped.
  private static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError e) {
      return Assumptions.abort("ONNX Runtime has no native libraries for this platform: " + e);
    }
  }

  Map<String, NodeInfo> inputs() throws OrtException {
    return session.getInputInfo();
  }

  Map<String, NodeInfo> outputs() throws OrtException {
    return session.getOutputInfo();
  }

  /// A run of a block at step 0, with the state that is said to be the first.
  Run start(Block block) {
    return new Run(block);
  }

  /// The rule on a block, step by step.
  final class Run {

    private final long rows;
    private final long size;
    private final Map<String, float[]> state = new LinkedHashMap<>();
    private long step;

    private Run(Block block) {
      rows = block.shape().size() < 2 ? 1 : block.shape().getFirst();
      size = block.size();
      for (Tensor input : rule.inputs()) {
        if (!input.name().equals(GRADIENT) && !input.name().equals(STEP)) {
          int count = 1;
          for (long extent : shape(input)) {
            count *= (int) extent;
          }
          state.put(input.name(), new float[count]);
        }
      }
    }

    private long[] shape(Tensor tensor) {
      return tensor.shape().stream()
          .mapToLong(dimension ->
              switch (dimension) {
                case Tensor.Open(String name) -> extent(name);
                case Tensor.Fixed(long extent) -> extent;
              })
          .toArray();
    }

    private long extent(String name) {
      return switch (name) {
        case "N" -> size;
        case "rows" -> rows;
        case "columns" -> size / rows;
        default -> throw new IllegalArgumentException("a dimension that nobody has told: " + name);
      };
    }

    /// Makes one step.
    float[] update(float[] gradient) throws OrtException {
      Map<String, OnnxTensor> given = new HashMap<>();
      for (Tensor input : rule.inputs()) {
        given.put(
            input.name(),
            input.name().equals(STEP)
                ? OnnxTensor.createTensor(environment, step)
                : OnnxTensor.createTensor(
                    environment,
                    FloatBuffer.wrap(state.getOrDefault(input.name(), gradient)),
                    shape(input)));
      }
      try (OrtSession.Result result = session.run(given)) {
        List<String> names = List.copyOf(state.keySet());
        for (int i = 0; i < names.size(); i++) {
          state.put(names.get(i), floats(result, i + 1));
        }
        step++;
        return floats(result, 0);
      } finally {
        given.values().forEach(OnnxTensor::close);
      }
    }
  }

  private static float[] floats(OrtSession.Result result, int index) {
    FloatBuffer buffer = ((OnnxTensor) result.get(index)).getFloatBuffer();
    float[] values = new float[buffer.remaining()];
    buffer.get(values);
    return values;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
