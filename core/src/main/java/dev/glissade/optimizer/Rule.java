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
/// As text `adam=0.01`, and with settings that are not the default `adam=0.01,beta2=0.99`. One
/// whose rate fades says over how many steps: `adam+cosine=0.01,steps=200`.
///
/// @param baseline which rule
/// @param learningRate η > 0
/// @param settings one for each of the baseline's, in its order
public record Rule(Baseline baseline, double learningRate, List<Setting> settings) {

  private static final Pattern FORM =
      Pattern.compile("([a-z]+(?:\\+[a-z]+)?)=([^,=]+)((?:,[^,=]+=[^,=]+)*)");
  private static final String NAME = "rule";
  private static final String RATE = "learningRate";

  /// Checks that the settings are those of the baseline, in its order.
  ///
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
    return new Rule(baseline, learningRate, changed(baseline, settings, name, value));
  }

  private static List<Setting> changed(
      Baseline baseline, List<Setting> settings, String name, double value) {
    if (settings.stream().noneMatch(setting -> setting.name().equals(name))) {
      throw new IllegalArgumentException(
          "%s has no setting '%s'; it has %s"
              .formatted(baseline.name(), name, settings.stream().map(Setting::name).toList()));
    }
    return settings.stream()
        .map(setting -> setting.name().equals(name) ? new Setting(name, value) : setting)
        .toList();
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
    Baseline baseline = Baselines.find(match.group(1));
    List<Setting> settings = baseline.settings();
    for (String pair :
        match.group(3).isEmpty() ? new String[0] : match.group(3).substring(1).split(",")) {
      int equals = pair.indexOf('=');
      double value = number(text, pair.substring(equals + 1));
      settings = changed(baseline, settings, pair.substring(0, equals), value);
    }
    return new Rule(baseline, number(text, match.group(2)), settings);
  }

  private static double number(String text, String number) {
    try {
      return Double.parseDouble(number);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "'%s' is no number, in the rule '%s'".formatted(number, text), e);
    }
  }

  /// A number as short as it can be: what counts something has no decimals.
  private static String number(double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e9;
    return whole ? Long.toString((long) value) : Double.toString(value);
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
    Baseline baseline = Baselines.find(json.text(NAME));
    double rate = json.real(RATE);
    List<Setting> settings = new ArrayList<>();
    for (Setting setting : baseline.settings()) {
      settings.add(new Setting(setting.name(), json.real(setting.name())));
    }
    return new Rule(baseline, rate, settings);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(baseline.name()).append('=').append(learningRate);
    for (Setting setting : settings) {
      if (!baseline.settings().contains(setting)) {
        text.append(',').append(setting.name()).append('=').append(number(setting.value()));
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
