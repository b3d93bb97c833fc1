package dev.glissade.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import dev.glissade.ParameterLayout.Block;
import java.util.Arrays;
import java.util.List;

/// A parameter and its name in the model.
///
/// @param name as in `block.getParameters()`, such as `01Linear_weight`
/// @param parameter the parameter
record NamedParameter(String name, Parameter parameter) {

  /// What DJL calls it in updates.
  String id() {
    return parameter.getId();
  }

  boolean isTrained() {
    return parameter.requiresGradient();
  }

  /// The block that rules see: it has the parameter's shape, and a name like those of Glissade's
  /// own networks, such as `01Linear/weights`, so that rules for weights alone know them.
  ///
  /// @throws IllegalStateException if the parameter is not initialised
  Block block() {
    if (!parameter.isInitialized()) {
      throw new IllegalStateException(
          "parameter '%s' has no shape yet: call trainer.initialize(shape) first".formatted(name));
    }
    Shape shape = parameter.getArray().getShape();
    List<Integer> extents = Arrays.stream(shape.getShape()).mapToObj(Math::toIntExact).toList();
    return new Block(owner() + "/" + role(), extents);
  }

  /// The name of the layer, if the name is one of a layer and a role.
  private String owner() {
    String own = "_" + parameter.getName();
    return name.endsWith(own) ? name.substring(0, name.length() - own.length()) : name;
  }

  private String role() {
    return switch (parameter.getType()) {
      case WEIGHT -> "weights";
      case BIAS -> "bias";
      case GAMMA -> "scale";
      case BETA -> "offset";
      case RUNNING_MEAN, RUNNING_VAR, OTHER -> parameter.getName();
    };
  }
}
