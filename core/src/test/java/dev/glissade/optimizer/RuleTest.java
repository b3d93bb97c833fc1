package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.glissade.file.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A rule is what its text and its JSON say, settings included.
class RuleTest {

  static Stream<Rule> rules() {
    return Stream.concat(Baselines.all().stream(), Baselines.all().stream().map(Baseline::fading))
        .flatMap(baseline -> {
          Rule rule = baseline.rule(0.015, 200);
          return baseline.settings().isEmpty()
              ? Stream.of(rule)
              : Stream.of(rule, rule.with(first(baseline), 0.6 * firstValue(baseline)));
        });
  }

  private static String first(Baseline baseline) {
    return baseline.settings().getFirst().name();
  }

  private static double firstValue(Baseline baseline) {
    double value = baseline.settings().getFirst().value();
    return Double.isNaN(value) ? 500 : value; // the steps of one that fades have no default
  }

  @ParameterizedTest
  @MethodSource("rules")
  void isWhatItsTextAndItsJsonSay(Rule rule) throws IOException {
    assertThat(Rule.parse(rule.toString())).isEqualTo(rule).hasSameHashCodeAs(rule);
    Rule read = Rule.fromJson(JsonObject.parse(rule.toJson().toString()));
    assertThat(read).isEqualTo(rule);
    assertThat(read.optimizer()).isEqualTo(rule.optimizer());
  }

  @Test
  void isTheRecordWithItsSettings() {
    assertThat(Rule.parse("adam=0.01,beta2=0.99,beta1=0.8").optimizer())
        .isEqualTo(new Adam(0.01, 0.8, 0.99, 1e-8));
    assertThat(Rule.parse("sgd=1").optimizer()).isEqualTo(new Sgd(1));
  }

  @Test
  void onlyWhatIsNotTheDefaultIsPrinted() {
    assertThat(Rule.parse("adam=0.01,beta1=0.9,beta2=0.99")).hasToString("adam=0.01,beta2=0.99");
    assertThat(Rule.parse("adam=1e-2")).hasToString("adam=0.01");
    assertThat(Baselines.find("adam").fading().rule(0.01, 200))
        .hasToString("adam+cosine=0.01,steps=200");
    assertThat(Rule.parse("adam+cosine=0.01,steps=200").optimizer())
        .isEqualTo(new CosineDecay<>(new Adam(0.01), 200));
  }

  @Test
  void rulesThatDifferAnywhereAreDifferent() {
    Rule rule = Rule.parse("nesterov=0.1");
    assertThat(rule)
        .isNotEqualTo(Rule.parse("momentum=0.1"))
        .isNotEqualTo(rule.withLearningRate(0.2))
        .isNotEqualTo(rule.with("momentum", 0.8))
        .isEqualTo(rule.withLearningRate(0.2).withLearningRate(0.1));
    assertThat(rule.with("momentum", 0.8).withLearningRate(0.2).optimizer())
        .isEqualTo(new Nesterov(0.2, 0.8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "adam | a hand-designed rule must be like 'nesterov=0.1' or 'nesterov=0.1,momentum=0.95'",
        "adam= | a hand-designed rule must be like",
        "adam=0.1, | a hand-designed rule must be like",
        "adam=0.1,beta1 | a hand-designed rule must be like",
        "adma=0.1 | unknown optimizer 'adma' (did you mean 'adam'?)",
        "adam=x | 'x' is no number, in the rule 'adam=x'",
        "adam=0.1,beta1=y | 'y' is no number, in the rule 'adam=0.1,beta1=y'",
        "adam=0.1,beta3=0 | adam has no setting 'beta3'; it has [beta1, beta2, epsilon]",
        "adam=-1 | learningRate must be > 0, got -1.0",
        "adam=0.1,beta1=2 | beta1 must be >= 0 and < 1, got 2.0"
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> Rule.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | 'rule' is missing",
        "{\"rule\":\"adam\"} | 'learningRate' is missing",
        "{\"rule\":\"nesterov\",\"learningRate\":0.1} | 'momentum' is missing",
        "{\"rule\":\"sgd\",\"learningRate\":0} | learningRate must be > 0, got 0.0"
      })
  void aFileSaysEverything(String json, String message) throws IOException {
    JsonObject parsed = JsonObject.parse(json);
    assertThatThrownBy(() -> Rule.fromJson(parsed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void settingsAreThoseOfTheBaseline() {
    Baseline adam = Baselines.find("adam");
    assertThatThrownBy(() -> new Rule(adam, 0.1, List.of()))
        .hasMessageContaining("adam has the settings [beta1, beta2, epsilon], got []");
  }
}
