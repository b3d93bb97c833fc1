package dev.glissade.optimizer;

import dev.glissade.Optimizer;
import dev.glissade.file.JsonObject;
import dev.glissade.optimizer.Baseline.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A hand-designed rule with its learning rate and all its settings, as a value that can be written
/// down.
///
/// As text `adam=0.01`, and with settings that are not the default `adam=0.01,beta2=0.99`.
///
/// @param baseline which rule
/// @param learningRate η > 0
/// @param settings one for each of the baseline's, in its order
public record Rule(Baseline baseline, double learningRate, List<Setting> settings) {

  private static final Pattern FORM = Pattern.compile("([a-z]+)=([^,=]+)((?:,[^,=]+=[^,=]+)*)");
  private static final String NAME = "rule";
  private static final String RATE = "learningRate";

  /// @throws IllegalArgumentException if a value is out of range
  public Rule {
    settings = List.copyOf(settings);
    List<String> expected = baseline.settings().stream().map(Setting::name).toList();
    List<String> given = settings.stream().map(Setting::name).toList();
    if (!given.equals(expected)) {
      throw new IllegalArgumentException(
          "%s has the settings %s, got %s".formatted(baseline.name(), expected, given));
    }
    make(baseline, learningRate, settings); // throws if a value is out of range
  }

  /// The optimizer that follows this rule.
  public Optimizer<?> optimizer() {
    return make(baseline, learningRate, settings);
  }

  private static Optimizer<?> make(Baseline baseline, double rate, List<Setting> settings) {
    return baseline.maker().make(rate, settings.stream().mapToDouble(Setting::value).toArray());
  }

  /// This rule with another learning rate.
  ///
  /// @throws IllegalArgumentException if it is out of range
  public Rule withLearningRate(double rate) {
    return new Rule(baseline, rate, settings);
  }

  /// This rule with one setting changed.
  ///
  /// @throws IllegalArgumentException if it has no such setting, or the value is out of range
  public Rule with(String name, double value) {
    List<Setting> changed = new ArrayList<>(settings);
    changed.replaceAll(setting -> setting.name().equals(name) ? new Setting(name, value) : setting);
    if (settings.stream().noneMatch(setting -> setting.name().equals(name))) {
      throw new IllegalArgumentException(
          "%s has no setting '%s'; it has %s"
              .formatted(baseline.name(), name, settings.stream().map(Setting::name).toList()));
    }
    return new Rule(baseline, learningRate, changed);
  }

  /// Reads a rule from the text that [#toString] gives.
  ///
  /// @throws IllegalArgumentException if the text has another form, or a value is out of range
  public static Rule parse(String text) {
    Matcher match = FORM.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException(
          "a hand-designed rule must be like 'nesterov=0.1' or 'nesterov=0.1,momentum=0.95',"
              + " got '%s'".formatted(text));
    }
    Rule rule = Baselines.find(match.group(1)).rule(number(text, match.group(2)));
    for (String pair :
        match.group(3).isEmpty() ? new String[0] : match.group(3).substring(1).split(",")) {
      int equals = pair.indexOf('=');
      rule = rule.with(pair.substring(0, equals), number(text, pair.substring(equals + 1)));
    }
    return rule;
  }

  private static double number(String text, String number) {
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is no number, in the rule '%s'".formatted(number, text), e);
    }
  }

  /// This rule as a JSON object.
  public JsonObject toJson() {
    JsonObject json = JsonObject.empty().with(NAME, baseline.name()).with(RATE, learningRate);
    for (Setting setting : settings) {
      json = json.with(setting.name(), setting.value());
    }
    return json;
  }

  /// Reads a rule from what [#toJson] gave.
  ///
  /// @throws IllegalArgumentException if something is missing or out of range
  public static Rule fromJson(JsonObject json) {
    Rule rule = Baselines.find(json.text(NAME)).rule(json.real(RATE));
    for (Setting setting : rule.settings) {
      rule = rule.with(setting.name(), json.real(setting.name()));
    }
    return rule;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(baseline.name()).append('=').append(learningRate);
    for (Setting setting : settings) {
      if (!baseline.settings().contains(setting)) {
        text.append(',').append(setting.name()).append('=').append(setting.value());
      }
    }
    return text.toString();
  }

  /// Whether baselines, rates and settings are equal.
  @Override
  public boolean equals(Object other) {
    return other instanceof Rule rule && rule.toJson().equals(toJson());
  }

  @Override
  public int hashCode() {
    return toJson().hashCode();
  }
}
