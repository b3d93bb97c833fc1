package dev.glissade.djl;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Block;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.optimizer.Optimizer;
import dev.glissade.BlockFilter;
import dev.glissade.djl.Groups.Group;
import dev.glissade.learned.Pretrained;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Any optimizer of Glissade as one of DJL: learned, pretrained or hand-designed.
///
/// ```java
/// LearnedDjlOptimizer optimizer =
///     LearnedDjlOptimizer.builder(model.getBlock()).build(); // pretrained:general, untuned
/// DefaultTrainingConfig config =
///     new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
///         .optOptimizer(optimizer)
///         .addTrainingListeners(optimizer.listener());
/// ```
///
/// A rule that looks at coordinates or at single blocks steps with each parameter as DJL brings it.
/// One that couples all (`Coupling.ALL`) steps when the last parameter of its group has come, which
/// is before `Trainer.step()` returns, and it is told the loss: by [#listener], or by [#observe] in
/// a loop of one's own. States are kept per device and step unit; every device sees the same
/// gradients and so makes the same steps.
///
/// What DJL's builder offers is done as DJL's own optimizers do it: first `setRescaleGrad`, then
/// `optClipGrad`, then `optWeightDecays`, which is the gradient of ½·decay·‖θ‖²; the loss that a
/// rule sees is rescaled and has that penalty, too, over the parameters of its group.
/// `optBeginNumUpdate` is refused, because a count of updates without their state means nothing.
/// There are no learning rate trackers: rates are the rules' own, and `CosineDecay` lets one fade.
///
/// As in a [dev.glissade.Descent], no step is made from a loss or a gradient that is NaN or
/// infinite: neither the parameter nor the state changes.
///
/// An instance belongs to one training and is no more thread-safe than a `Trainer`.
public final class LearnedDjlOptimizer extends Optimizer {

  private final Groups groups;
  private final Terms terms;
  private final Losses losses = new Losses();
  private final Map<Device, Replica> replicas = new ConcurrentHashMap<>();
  private SavedState start = SavedState.NONE;

  private LearnedDjlOptimizer(Builder builder) {
    super(builder);
    this.groups = new Groups(builder.block, builder.groups, builder.rest);
    this.terms = new Terms(rescaleGrad, clipGrad, getWeightDecay());
  }

  /// A builder for the optimizer that ships for whatever comes, [Pretrained#DEFAULT].
  ///
  /// @param block the model's block, `model.getBlock()`; it need not be initialised yet
  public static Builder builder(Block block) {
    return builder(block, Pretrained.DEFAULT.load().optimizer());
  }

  /// A builder for an optimizer of these parameters.
  ///
  /// @param block the model's block, `model.getBlock()`; it need not be initialised yet
  /// @param optimizer what updates all that is in no group: `new Muon(0.02)`,
  ///   `Pretrained.named("mnist").load().optimizer()`, `TrainedOptimizer.load(file).optimizer()`,
  ///   guarded or not
  public static Builder builder(Block block, dev.glissade.Optimizer<?> optimizer) {
    return new Builder(block, optimizer);
  }

  @Override
  public void update(String parameterId, NDArray weight, NDArray grad) {
    losses.close();
    Replica replica =
        replicas.computeIfAbsent(weight.getDevice(), _ -> new Replica(groups, terms, start));
    try (NDScope scope = new NDScope()) { // closes what the border makes
      scope.suppressNotUsedWarning();
      replica.arrive(groups.parameter(parameterId), weight, grad, losses);
    }
  }

  /// The listener that tells rules the loss of each step. Add it to the training configuration.
  public TrainingListener listener() {
    return new LossListener(this);
  }

  /// Tells rules the loss at the current parameters: for loops that call no listeners, after going
  /// back and before `Trainer.step()`. Losses of several batches before one step add up, as their
  /// gradients do.
  ///
  /// @param loss f(θ), from which the gradients come
  public void observe(double loss) {
    losses.add(loss);
  }

  /// How often a guard stepped in so far.
  public long interventions() {
    return replicas.values().stream().mapToLong(Replica::interventions).max().orElse(0);
  }

  /// How many steps were not made because a loss or a gradient was NaN or infinite, each parameter
  /// that steps alone counted by itself.
  public long nonFiniteCount() {
    return replicas.values().stream().mapToLong(Replica::nonFiniteCount).max().orElse(0);
  }

  /// Saves what the rules remember, as safetensors, between two steps. The parameters themselves
  /// are saved by `Model.save`.
  public void save(Path file) throws IOException {
    state().write(file);
  }

  private SavedState state() {
    return replicas.values().stream().findFirst().map(Replica::state).orElse(start);
  }

  /// Goes on from what [#save] wrote, for the same rules and a block with the same names and
  /// shapes.
  ///
  /// @throws dev.glissade.file.MalformedFileException if the file holds something else, or the
  ///   state of other rules or another block
  /// @throws IllegalStateException if the block is not initialised yet
  public void restore(Path file) throws IOException {
    SavedState saved = SavedState.read(file);
    saved.check(file, groups, terms);
    start = saved;
    replicas.clear();
  }

  /// Builds a [LearnedDjlOptimizer] in DJL's manner.
  public static final class Builder extends OptimizerBuilder<Builder> {

    private final Block block;
    private final dev.glissade.Optimizer<?> rest;
    private final List<Group> groups = new ArrayList<>();

    private Builder(Block block, dev.glissade.Optimizer<?> rest) {
      this.block = block;
      this.rest = rest;
    }

    /// Adds a group of parameters that have an optimizer of their own. A parameter is in the first
    /// group that it matches.
    ///
    /// @param names searched for in the names of `block.getParameters()`, such as `01Linear_bias`
    /// @param optimizer what updates them
    public Builder optGroup(BlockFilter names, dev.glissade.Optimizer<?> optimizer) {
      groups.add(new Group(names, optimizer));
      return this;
    }

    /// Refuses.
    ///
    /// @throws UnsupportedOperationException always
    @Override
    public Builder optBeginNumUpdate(int beginNumUpdate) {
      throw new UnsupportedOperationException(
          "a count of updates without their state means nothing: save the optimizer's state and"
              + " restore it");
    }

    @Override
    protected Builder self() {
      return this;
    }

    /// The optimizer.
    public LearnedDjlOptimizer build() {
      return new LearnedDjlOptimizer(this);
    }
  }
}
