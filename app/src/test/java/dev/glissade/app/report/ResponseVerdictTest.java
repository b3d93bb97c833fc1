package dev.glissade.app.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Optimizer;
import dev.glissade.evaluation.Responses;
import dev.glissade.evaluation.Responses.Response;
import dev.glissade.optimizer.Adam;
import dev.glissade.optimizer.Momentum;
import dev.glissade.optimizer.Sgd;
import java.util.List;
import org.junit.jupiter.api.Test;

class ResponseVerdictTest {

  private static String of(Optimizer<?> optimizer) {
    return String.join("\n", ResponseVerdict.of(Responses.of(optimizer)));
  }

  @Test
  void gradientDescentKeepsItsPaceAndGoesAsFarAsTheGradientSays() {
    assertThat(of(new Sgd(0.1)))
        .isEqualTo(
            """
            Under the same gradient at every step it keeps its pace: step 32 is 1.0 times as long as the first.
            Under one that changes its sign at every step it keeps its pace: step 32 is 1.0 times as long as the first.
            A gradient 10,000 times as large makes a first step 10000 times as long.\
            """);
  }

  @Test
  void momentumSpeedsUpAndSlowsDown() {
    assertThat(of(new Momentum(0.1, 0.9)))
        .contains("same gradient at every step it speeds up: step 32 is 9.7 times as long")
        .contains("its sign at every step it slows down: step 32 is 0.51 times as long");
  }

  @Test
  void adamFollowsSigns() {
    assertThat(of(new Adam(0.1))).endsWith("about as long: its sign counts, not its size.");
  }

  /// Nothing that is said of steps down would be true.
  @Test
  void nothingIsSaidOfWhatGoesUp() {
    List<Response> up =
        Responses.of(new Sgd(0.1)).responses().stream()
            .map(it ->
                new Response(
                    it.history(), it.magnitude(), it.rates().stream().map(rate -> -rate).toList()))
            .toList();
    assertThat(ResponseVerdict.of(new Responses(up))).isEmpty();
  }
}
