package dev.glissade.learned;

import dev.glissade.LearnedOptimizer.Backpropagatable;
import dev.glissade.learned.GroupedOptimizer.Group;
import dev.glissade.learned.GroupedOptimizer.Rule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a learned optimizer is, weights aside: one LSTM for all coordinates, or one for each group
/// of blocks, perhaps with hand-designed rules for some groups.
///
/// @param network the architecture of every LSTM
/// @param base the hand-designed rule that the LSTMs correct; empty if their output is the whole
///   update
/// @param groups which blocks have a rule of their own; empty if one LSTM serves all
public record Architecture(
    LstmConfiguration network, Optional<BlockGroup.Fixed> base, List<BlockGroup> groups) {

  private static final String REST = "rest";
  private static final String ALL = "all";

  public Architecture {
    groups = List.copyOf(groups);
    if (groups.stream().map(BlockGroup::name).distinct().count() < groups.size()) {
      throw new IllegalArgumentException("two groups have one name: " + BlockGroup.format(groups));
    }
    if (groups.stream().anyMatch(group -> group.name().equals(REST))) {
      throw new IllegalArgumentException(
          "a group cannot be called '%s', as blocks in no group are: choose another name"
              .formatted(REST));
    }
  }

  /// LSTMs whose output is the whole update.
  public Architecture(LstmConfiguration network, List<BlockGroup> groups) {
    this(network, Optional.empty(), groups);
  }

  /// One LSTM for all coordinates, whose output is the update.
  public static Architecture of(LstmConfiguration network) {
    return new Architecture(network, List.of());
  }

  /// The optimizers of this architecture. Blocks that are in no group have an LSTM of their own.
  public Backpropagatable<?> optimizer() {
    LstmOptimizer lstm = new LstmOptimizer(network);
    if (groups.isEmpty()) {
      return correcting(base, lstm);
    }
    List<Group> rules = new ArrayList<>();
    for (BlockGroup group : groups) {
      rules.add(new Group(group.name(), group.blocks(), rule(group, lstm)));
    }
    rules.add(new Group(REST, Pattern.compile(""), new Rule.Learned<>(correcting(base, lstm))));
    return new GroupedOptimizer(rules);
  }

  private Rule<?> rule(BlockGroup group, LstmOptimizer lstm) {
    return switch (group.rule()) {
      case BlockGroup.Learned(Optional<BlockGroup.Fixed> own) ->
          new Rule.Learned<>(correcting(own.or(() -> base), lstm));
      case BlockGroup.Fixed fixed -> new Rule.Fixed<>(fixed.optimizer());
    };
  }

  private static Backpropagatable<?> correcting(
      Optional<BlockGroup.Fixed> base, LstmOptimizer lstm) {
    return base.isPresent() ? new CorrectedOptimizer<>(lstm, base.get().optimizer()) : lstm;
  }

  /// As text by name, for files.
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("layers", Integer.toString(network.layers()));
    map.put("hidden", Integer.toString(network.hidden()));
    map.put("preprocessing", network.preprocessing().toString());
    map.put("outputScale", Double.toString(network.outputScale()));
    base.ifPresent(rule -> map.put("base", rule.toString()));
    if (!groups.isEmpty()) {
      map.put("groups", BlockGroup.format(groups));
    }
    return map;
  }

  /// Reads what [#toMap] wrote; other keys are passed over.
  ///
  /// @throws IllegalArgumentException if something is missing or out of range
  public static Architecture fromMap(Map<String, String> map) {
    LstmConfiguration network =
        new LstmConfiguration(
            Integer.parseInt(get(map, "layers")),
            Integer.parseInt(get(map, "hidden")),
            Preprocessing.parse(get(map, "preprocessing")),
            Double.parseDouble(get(map, "outputScale")));
    String base = map.getOrDefault("base", "");
    return new Architecture(
        network,
        base.isEmpty() ? Optional.empty() : Optional.of(BlockGroup.Fixed.parse(base)),
        BlockGroup.parse(map.getOrDefault("groups", "")));
  }

  /// The rules that LSTMs correct, those of the whole update without one, by the groups that they
  /// are for; in the order of φ.
  Map<String, Optional<BlockGroup.Fixed>> bases() {
    Map<String, Optional<BlockGroup.Fixed>> bases = new LinkedHashMap<>();
    for (BlockGroup group : groups) {
      if (group.rule() instanceof BlockGroup.Learned(Optional<BlockGroup.Fixed> own)) {
        bases.put(group.name(), own.or(() -> base));
      }
    }
    bases.put(groups.isEmpty() ? ALL : REST, base);
    return bases;
  }

  private static String get(Map<String, String> map, String key) {
    String value = map.get(key);
    if (value == null) {
      throw new IllegalArgumentException("'%s' is missing".formatted(key));
    }
    return value;
  }

  /// Weights for this architecture from those of another: the same ones if it is the same, those of
  /// its one LSTM for every LSTM here if it has one.
  ///
  /// @throws IllegalArgumentException if neither is the case
  public float[] adopt(TrainedOptimizer other) {
    if (other.architecture().equals(this)) {
      return other.weights().clone();
    }
    if (!other.architecture().equals(of(network))
        || bases().values().stream().anyMatch(Optional::isPresent)) {
      throw new IllegalArgumentException(
          "cannot start from an optimizer of another architecture: %s expected, got %s"
              .formatted(toMap(), other.architecture().toMap()));
    }
    float[] lstm = other.weights();
    float[] weights = new float[optimizer().layout().size()];
    for (int offset = 0; offset < weights.length; offset += lstm.length) {
      System.arraycopy(lstm, 0, weights, offset, lstm.length);
    }
    return weights;
  }
}
