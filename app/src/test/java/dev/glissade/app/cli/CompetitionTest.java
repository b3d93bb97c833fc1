package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Problem;
import dev.glissade.Problem.Split;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.catalog.ProblemName;
import dev.glissade.app.terminal.Console;
import dev.glissade.evaluation.Evaluation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the progress of an experiment counts.
class CompetitionTest {

  @TempDir Path folder;

  private Competition competition(Context context, String... optimizers) throws IOException {
    Problem problem = ProblemName.parse("quadratic:dim=2").problem();
    List<OptimizerName> arguments =
        List.of(OptimizerName.parse(optimizers[0]), OptimizerName.parse(optimizers[1]));
    return new Competition(
        new Evaluation(problem, Split.TEST, 3, 5, 1),
        Tuning.of(context, new Evaluation(problem, Split.VALIDATION, 4, 5, Tuning.SEED)),
        arguments);
  }

  @Test
  void foreseesTheRunsThatItMakes() throws IOException {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    Context context =
        new Context(Console.plain(nowhere, nowhere), Map.of("GLISSADE_CACHE", folder.toString()));
    assertThat(runs(context, competition(context, "sgd=0.1", "pretrained:quadratic"))).isEqualTo(6);
    Competition untuned = competition(context, "sgd", "adam=0.1");
    long foreseen = untuned.runs();
    assertThat(runs(context, untuned)).isBetween((long) (0.8 * foreseen), (long) (1.5 * foreseen));
    assertThat(untuned.runs()).as("now that the rate is known").isEqualTo(6);
    assertThat(runs(context, untuned)).isEqualTo(6);
  }

  private static long runs(Context context, Competition competition) {
    AtomicLong runs = new AtomicLong();
    competition.watched(runs::incrementAndGet).run(context);
    return runs.get();
  }
}
