package dev.glissade.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;

class BaselinesTest {

  @Test
  void findsEveryBaselineByItsName() {
    assertThat(Baselines.all())
        .extracting(Baseline::name)
        .containsExactly(
            "sgd", "momentum", "nesterov", "rmsprop", "adagrad", "rprop", "adam", "muon", "lbfgs");
    for (Baseline baseline : Baselines.all()) {
      assertThat(Baselines.find(baseline.name())).isSameAs(baseline);
      assertThat(baseline.summary()).isNotBlank();
      assertThat(baseline.source()).isNotBlank();
    }
  }

  @Test
  void makesTheRecordWithItsDefaults() {
    assertThat(Baselines.find("adam").at(0.01)).isEqualTo(new Adam(0.01, 0.9, 0.999, 1e-8));
    assertThat(Baselines.find("rprop").at(0.01)).isEqualTo(new Rprop(0.01, 0.5, 1.2, 1e-6, 50));
  }

  @Test
  void everyBaselineCanFade() {
    for (Baseline baseline : Baselines.all()) {
      Baseline fading = Baselines.find(baseline.name() + "+cosine");
      assertThat(fading.rule(0.1, 250).optimizer())
          .isEqualTo(new CosineDecay<>(baseline.at(0.1), 250));
      assertThat(fading.source()).startsWith(baseline.source()).contains("Loshchilov");
      assertThat(baseline.rule(0.1, 250)).isEqualTo(baseline.rule(0.1));
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> Baselines.find("adam").fading().fading())
        .withMessage("adam+cosine fades already");
  }

  /// A rate that faded over a number of steps that nobody chose would be no rate.
  @Test
  void overHowManyStepsARateFadesMustBeSaid() {
    for (String text : List.of("sgd+cosine=0.1", "sgd+cosine=0.1,steps=0.5")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Rule.parse(text))
          .withMessageStartingWith(
              "sgd+cosine fades over so many steps, a whole number >= 1 such as steps=100, got ");
    }
    assertThatIllegalArgumentException().isThrownBy(() -> Baselines.find("sgd+cosine").at(1));
  }

  @Test
  void theStandardOnesAreAllAndAdamThatKnowsTheEnd() {
    List<String> standard = Baselines.standard().stream().map(Baseline::name).toList();
    assertThat(standard)
        .startsWith(Baselines.all().stream().map(Baseline::name).toArray(String[]::new))
        .endsWith("lbfgs", "adam+cosine")
        .hasSize(Baselines.all().size() + 1);
    for (Baseline baseline : Baselines.standard()) {
      assertThat(Baselines.named(baseline.name()).orElseThrow().rule(1, 9))
          .isEqualTo(baseline.rule(1, 9));
    }
  }

  @Test
  void settingsAreThoseOfTheRecordInItsOrder() throws ReflectiveOperationException {
    for (Baseline baseline : Baselines.all()) {
      Record rule = (Record) baseline.at(1);
      var components = rule.getClass().getRecordComponents();
      assertThat(baseline.settings()).hasSize(components.length - 1);
      int i = 1; // after the learning rate
      for (var setting : baseline.settings()) {
        assertThat(setting.name()).isEqualTo(components[i].getName());
        var value = (Number) components[i].getAccessor().invoke(rule);
        assertThat(setting.value()).isEqualTo(value.doubleValue());
        i++;
      }
    }
  }

  @Test
  void unknownNamesGetASuggestion() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Baselines.find("Adma"))
        .withMessage(
            "unknown optimizer 'Adma' (did you mean 'adam'?); known: sgd, momentum, nesterov,"
                + " rmsprop, adagrad, rprop, adam, muon, lbfgs");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Baselines.find("adma+cosine"))
        .withMessageStartingWith("unknown optimizer 'adma+cosine'; known: sgd,");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Baselines.find("powell"))
        .withMessageStartingWith("unknown optimizer 'powell'; known: sgd,");
  }

  @Test
  void badSettingsAreRejectedWithNameAndValue() {
    assertRejected(() -> new Momentum(0.1, 1), "momentum must be >= 0 and < 1, got 1.0");
    assertRejected(() -> new Nesterov(0.1, -0.5), "momentum must be >= 0 and < 1, got -0.5");
    assertRejected(() -> new Muon(0.1, 1), "momentum must be >= 0 and < 1, got 1.0");
    assertRejected(() -> new RmsProp(0.1, 1.5, 1e-8), "smoothing must be >= 0 and < 1, got 1.5");
    assertRejected(() -> new Adagrad(0.1, 0), "epsilon must be > 0, got 0.0");
    assertRejected(
        () -> new Adam(0.1, 0.9, Double.NaN, 1e-8), "beta2 must be >= 0 and < 1, got NaN");
    assertRejected(() -> new Rprop(1, 0.5, 1, 1e-6, 50), "grow must be > 1, got 1.0");
    assertRejected(() -> new Rprop(1, 0.5, 1.2, 2, 1), "maxStep must be >= minStep = 2.0, got 1.0");
    assertRejected(() -> new Lbfgs(1, 0), "memory must be >= 1, got 0");
    assertRejected(() -> new GradientClipping<>(new Sgd(1), -1), "norm must be > 0, got -1.0");
  }

  private static void assertRejected(Runnable construction, String message) {
    assertThatIllegalArgumentException().isThrownBy(construction::run).withMessage(message);
  }
}
