package dev.glissade.djl;

import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.util.Pair;
import dev.glissade.BlockFilter;
import dev.glissade.Optimizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parameters of a model, and which optimizer each has.
final class Groups {

  /// Parameters that have an optimizer of their own.
  ///
  /// @param names which, by their names
  /// @param optimizer what updates them
  record Group(BlockFilter names, Optimizer<?> optimizer) {

    private boolean has(NamedParameter parameter) {
      return names.matches(new dev.glissade.ParameterLayout.Block(parameter.name(), List.of()));
    }

    /// Whether its parameters step together, and are told the loss.
    boolean isCoupled() {
      return switch (optimizer.coupling()) {
        case COORDINATES, BLOCKS -> false;
        case ALL -> true;
      };
    }
  }

  private final Block block;
  private final List<Group> groups;
  private final Group rest;
  private Map<String, NamedParameter> parameters = Map.of();

  Groups(Block block, List<Group> groups, Optimizer<?> rest) {
    this.block = block;
    this.groups = List.copyOf(groups);
    this.rest = new Group(BlockFilter.ALL, rest);
  }

  /// All parameters of the model by their identities, in its order; one that is in it twice once.
  private Map<String, NamedParameter> all() {
    Map<String, NamedParameter> all = new LinkedHashMap<>();
    for (Pair<String, Parameter> pair : block.getParameters()) {
      all.putIfAbsent(pair.getValue().getId(), new NamedParameter(pair.getKey(), pair.getValue()));
    }
    return all;
  }

  /// The parameter that DJL means.
  ///
  /// @throws IllegalStateException if the model has none such
  NamedParameter parameter(String id) {
    if (!parameters.containsKey(id)) {
      parameters = all();
    }
    NamedParameter found = parameters.get(id);
    if (found == null) {
      throw new IllegalStateException(
          "the block that the optimizer was built for has no such parameter as is trained: give"
              + " the builder model.getBlock(), whose parameters are "
              + names());
    }
    return found;
  }

  /// The parameter of that name.
  ///
  /// @throws IllegalArgumentException if the model has none such
  NamedParameter named(String name) {
    return all().values().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the model has no parameter '%s'; it has %s".formatted(name, names())));
  }

  private List<String> names() {
    return all().values().stream().map(NamedParameter::name).toList();
  }

  /// The group that a parameter is in.
  Group of(NamedParameter parameter) {
    return groups.stream().filter(group -> group.has(parameter)).findFirst().orElse(rest);
  }

  /// The parameters that step with this one: itself alone, or all of its group that are trained.
  List<NamedParameter> together(NamedParameter parameter) {
    Group group = of(parameter);
    if (!group.isCoupled()) {
      return List.of(parameter);
    }
    return all().values().stream()
        .filter(other -> other.isTrained() && of(other).equals(group))
        .toList();
  }
}
