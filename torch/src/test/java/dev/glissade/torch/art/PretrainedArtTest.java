package dev.glissade.torch.art;

import static org.assertj.core.api.Assertions.assertThat;

import dev.glissade.Descent;
import dev.glissade.LearningCurve;
import dev.glissade.Objective;
import dev.glissade.Optimizer;
import dev.glissade.learned.Pretrained;
import dev.glissade.optimizer.Lbfgs;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.features.FeatureNetworks;
import dev.glissade.torch.image.Picture;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What ships for pictures comes down faster than what it is made of, and than the paper's LSTM, in
/// styles that it has not seen, too.
class PretrainedArtTest {

  private static final int SIZE = 32;
  private static final int STEPS = 64;

  private static Objective landscape(Masterpiece style) throws IOException {
    ArtLoss loss =
        ArtLoss.load(
            FeatureNetworks.DISTILLED,
            new DataFolder(Path.of("nowhere")),
            ArtLoss.ALPHA,
            ArtLoss.BETA,
            ArtLoss.GAMMA);
    Stylisation stylisation = new Stylisation(loss, SIZE, SIZE);
    Picture content = Masterpiece.landscape().resize(SIZE, SIZE);
    return stylisation.objective(content, stylisation.style(style.picture()), content);
  }

  private static LearningCurve curve(Objective objective, Optimizer<?> optimizer) {
    return Descent.start(objective, optimizer).run(STEPS);
  }

  /// A file of other weights, or a rule that is computed otherwise, is not below L-BFGS this early.
  @ParameterizedTest
  @EnumSource(names = {"STARRY_NIGHT", "SCREAM"})
  void isBelowLbfgsAndTheLstm(Masterpiece style) throws IOException {
    Objective objective = landscape(style);
    LearningCurve own = curve(objective, Pretrained.ART.load().optimizer());
    LearningCurve lbfgs = curve(objective, new Lbfgs(1.15));
    LearningCurve lstm = curve(objective, Pretrained.ART_LSTM.load().optimizer());
    assertThat(own.loss(24)).isLessThan(lbfgs.loss(24)).isLessThan(lstm.loss(24));
    assertThat(own.last()).isLessThan(lbfgs.last()).isLessThan(lstm.last());
  }
}
