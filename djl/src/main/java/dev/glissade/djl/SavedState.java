package dev.glissade.djl;

import dev.glissade.file.JsonObject;
import dev.glissade.file.MalformedFileException;
import dev.glissade.file.Safetensors;
import dev.glissade.file.Safetensors.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What all parts of an optimizer remember, as safetensors hold it: for a part named
/// `01Linear_bias` the metadata `01Linear_bias/rule` and `01Linear_bias/step`, and the tensors
/// `01Linear_bias/0` …
///
/// @param parts by the names of the parts
record SavedState(Map<String, SavedPart> parts) {

  static final SavedState NONE = new SavedState(Map.of());

  private static final String FORMAT_KEY = "format";
  private static final String FORMAT = "glissade.djl/1";
  private static final String RULE = "/rule";
  private static final String STEP = "/step";

  /// What one part remembers.
  ///
  /// @param rule the name of its rule
  /// @param step how many updates were made
  /// @param arrays of its state
  record SavedPart(String rule, long step, List<float[]> arrays) {

    SavedPart {
      if (step < 0) {
        throw new IllegalArgumentException("a number of updates must be >= 0, got " + step);
      }
    }

    void into(Part part) {
      if (!part.rule().equals(rule)) {
        throw new IllegalArgumentException(
            "the state is one of %s, and the rule is %s".formatted(rule, part.rule()));
      }
      part.resume(step, arrays);
    }
  }

  /// This state, with those parts as they are now.
  SavedState with(List<Part> now) {
    Map<String, SavedPart> all = new LinkedHashMap<>(parts);
    now.forEach(
        part -> all.put(part.name(), new SavedPart(part.rule(), part.step(), part.arrays())));
    return new SavedState(all);
  }

  /// Brings a part to where it was saved, if it was.
  void into(Part part) {
    SavedPart saved = parts.get(part.name());
    if (saved != null) {
      saved.into(part);
    }
  }

  void write(Path file) throws IOException {
    JsonObject metadata = JsonObject.empty().with(FORMAT_KEY, FORMAT);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, SavedPart> entry : parts.entrySet()) {
      SavedPart part = entry.getValue();
      metadata =
          metadata
              .with(entry.getKey() + RULE, part.rule)
              .with(entry.getKey() + STEP, Long.toString(part.step));
      for (int i = 0; i < part.arrays.size(); i++) {
        float[] array = part.arrays.get(i);
        tensors.put(entry.getKey() + "/" + i, Tensor.of(List.of(array.length), array));
      }
    }
    new Safetensors(metadata, tensors).write(file);
  }

  /// Reads what [#write] wrote.
  ///
  /// @throws MalformedFileException if the file holds something else
  static SavedState read(Path file) throws IOException {
    Safetensors stored = Safetensors.read(file);
    JsonObject metadata = stored.metadata();
    try {
      if (!metadata.has(FORMAT_KEY) || !metadata.text(FORMAT_KEY).equals(FORMAT)) {
        throw new IllegalArgumentException(
            "its metadata lack '%s': '%s'".formatted(FORMAT_KEY, FORMAT));
      }
      Map<String, SavedPart> parts = new LinkedHashMap<>();
      for (String key : metadata.keys()) {
        if (key.endsWith(STEP)) {
          String name = key.substring(0, key.length() - STEP.length());
          long step = Long.parseLong(metadata.text(key));
          parts.put(name, new SavedPart(metadata.text(name + RULE), step, arrays(stored, name)));
        }
      }
      return new SavedState(parts);
    } catch (IllegalArgumentException e) {
      throw new MalformedFileException(file, "holds no state of an optimizer: " + e.getMessage());
    }
  }

  private static List<float[]> arrays(Safetensors stored, String name) {
    List<float[]> arrays = new ArrayList<>();
    for (int i = 0; stored.tensors().containsKey(name + "/" + i); i++) {
      arrays.add(stored.floats(name + "/" + i));
    }
    return arrays;
  }

  /// Tries whether all of it fits these rules and parameters.
  ///
  /// @throws MalformedFileException if it does not
  void check(Path file, Groups groups, Terms terms) throws MalformedFileException {
    Replica trial = new Replica(groups, terms, this);
    for (String name : parts.keySet()) {
      try {
        Part part = trial.part(groups.named(name));
        if (!part.name().equals(name)) {
          throw new IllegalArgumentException(
              "%s steps with '%s' now, and did not then".formatted(name, part.name()));
        }
      } catch (IllegalArgumentException e) {
        throw new MalformedFileException(file, "'%s': %s".formatted(name, e.getMessage()));
      }
    }
  }
}
