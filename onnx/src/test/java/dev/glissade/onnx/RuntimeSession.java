package dev.glissade.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.glissade.ParameterLayout;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/// A run of an exported rule in ONNX Runtime, which knows nothing of ours.
final class RuntimeSession implements AutoCloseable {

  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ExportedRule rule;
  private final Map<String, Long> extents;
  private final Map<String, float[]> state = new LinkedHashMap<>();
  private long step;

  /// A session at step 0.
  ///
  /// @param extents of the open dimensions
  RuntimeSession(ExportedRule rule, Map<String, Long> extents) throws OrtException {
    environment = environment();
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    session = environment.createSession(rule.toBytes(), options);
    this.rule = rule;
    this.extents = extents;
    for (Tensor input : rule.inputs()) {
      if (!input.name().equals("gradient") && !input.name().equals("step")) {
        state.put(input.name(), new float[size(input)]);
      }
    }
  }

  /// A session for each block, with the rule that it belongs to.
  static List<RuntimeSession> ofBlocks(List<ExportedRule> rules, ParameterLayout layout)
      throws OrtException {
    List<RuntimeSession> sessions = new ArrayList<>();
    for (ParameterLayout.Block block : layout.blocks()) {
      sessions.add(
          new RuntimeSession(
              OnnxAgainstKernelsTest.ruleOf(rules, block), OnnxAgainstKernelsTest.extents(block)));
    }
    return sessions;
  }

  /// The runtime, without which a test is skipped.
  static OrtEnvironment environment() {
    try {
      return OrtEnvironment.getEnvironment();
    } catch (LinkageError e) {
      return Assumptions.abort("ONNX Runtime has no native libraries for this platform: " + e);
    }
  }

  OrtSession session() {
    return session;
  }

  private long[] shape(Tensor tensor) {
    return tensor.shape().stream()
        .mapToLong(dimension ->
            switch (dimension) {
              case Tensor.Open(String name) -> extents.get(name);
              case Tensor.Fixed(long extent) -> extent;
            })
        .toArray();
  }

  private int size(Tensor tensor) {
    int size = 1;
    for (long extent : shape(tensor)) {
      size *= (int) extent;
    }
    return size;
  }

  /// Makes one step.
  float[] update(float[] gradient) throws OrtException {
    Map<String, OnnxTensor> given = new HashMap<>();
    try {
      for (Tensor input : rule.inputs()) {
        given.put(
            input.name(),
            input.name().equals("step")
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
      }
    } finally {
      given.values().forEach(OnnxTensor::close);
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
