package dev.glissade.training;

import dev.glissade.BlockFilter;
import dev.glissade.LearnedOptimizer;
import dev.glissade.Optimizer;
import dev.glissade.OptimizerState;
import dev.glissade.learned.TrainedOptimizer;
import dev.glissade.optimizer.Baselines;
import dev.glissade.optimizer.CosineDecay;
import dev.glissade.optimizer.Freezing;
import dev.glissade.optimizer.GradientClipping;
import dev.glissade.optimizer.Guarded;
import dev.glissade.optimizer.Rule;
import java.util.Optional;

/// The outer optimizer: what updates the weights φ of the optimizer that is trained.
///
/// @param teacher the rule
/// @param clip the greatest norm of a meta-gradient that it sees, > 0
public record Outer(Teacher teacher, double clip) {

  private static final double CLIP = 1;

  /// The rule that updates φ.
  public sealed interface Teacher {

    /// The optimizer for a run of so many updates.
    ///
    /// @param family of the optimizers that are trained
    Optimizer<?> optimizer(LearnedOptimizer<?> family, long updates);

    /// This rule with its learning rate halved so many times; one without a rate as it is.
    Teacher slowed(int times);

    /// The learning rate at an update; NaN if there is no such number.
    ///
    /// @param update which one, from 0
    /// @param updates of the whole training
    double rate(long update, long updates);
  }

  /// A hand-designed rule that updates φ.
  ///
  /// @param rule with its learning rate
  /// @param fading whether its updates fade to 0 along half a cosine
  public record HandDesigned(Rule rule, boolean fading) implements Teacher {

    @Override
    public Optimizer<?> optimizer(LearnedOptimizer<?> family, long updates) {
      return fading ? fading(rule.optimizer(), updates) : rule.optimizer();
    }

    private static <S extends OptimizerState> Optimizer<S> fading(
        Optimizer<S> optimizer, long updates) {
      return new CosineDecay<>(optimizer, updates);
    }

    @Override
    public HandDesigned slowed(int times) {
      double rate = Math.scalb(rule.learningRate(), -times);
      return new HandDesigned(rule.withLearningRate(rate), fading);
    }

    @Override
    public double rate(long update, long updates) {
      return rule.learningRate() * (fading ? CosineDecay.factor(update, updates) : 1);
    }
  }

  /// An optimizer that was itself learned: g(g).
  ///
  /// @param name for people
  public record Learned(String name, TrainedOptimizer optimizer) implements Teacher {

    @Override
    public Optimizer<?> optimizer(LearnedOptimizer<?> family, long updates) {
      return optimizer.optimizer();
    }

    @Override
    public Teacher slowed(int times) {
      return this;
    }

    @Override
    public double rate(long update, long updates) {
      return Double.NaN;
    }
  }

  /// The optimizer that is trained, as it is at that moment: it trains itself.
  public record Self() implements Teacher {

    @Override
    public Optimizer<?> optimizer(LearnedOptimizer<?> family, long updates) {
      return SelfTaught.of(family);
    }

    @Override
    public Teacher slowed(int times) {
      return this;
    }

    @Override
    public double rate(long update, long updates) {
      return Double.NaN;
    }
  }

  /// A rule that is watched, and a hand-designed one that goes on where it fails: what a guard
  /// watches is the meta-loss.
  ///
  /// @param watched learned, or the optimizer that is trained
  public record Watched(Teacher watched, HandDesigned fallback) implements Teacher {

    public Watched {
      if (watched instanceof Watched) {
        throw new IllegalArgumentException("an outer optimizer takes one guard, got two");
      }
    }

    @Override
    public Optimizer<?> optimizer(LearnedOptimizer<?> family, long updates) {
      return new Guarded<>(watched.optimizer(family, updates), fallback.optimizer(family, updates));
    }

    @Override
    public Teacher slowed(int times) {
      return new Watched(watched.slowed(times), fallback.slowed(times));
    }

    @Override
    public double rate(long update, long updates) {
      return watched.rate(update, updates);
    }
  }

  public Outer {
    if (!(clip > 0) || Double.isInfinite(clip)) {
      throw new IllegalArgumentException("clip must be > 0, got " + clip);
    }
  }

  /// Adam, whose learning rate fades to 0 along half a cosine, on clipped gradients.
  ///
  /// @param learningRate > 0
  public static Outer adam(double learningRate) {
    return new Outer(new HandDesigned(Baselines.find("adam").rule(learningRate), true), CLIP);
  }

  /// A learned optimizer as the teacher, on clipped gradients.
  public static Outer of(TrainedOptimizer optimizer) {
    return new Outer(new Learned("learned", optimizer), CLIP);
  }

  /// The optimizer itself as its teacher, on clipped gradients.
  public static Outer self() {
    return new Outer(new Self(), CLIP);
  }

  /// The learned optimizer that is the teacher, be it watched; empty if there is none.
  public Optional<TrainedOptimizer> learned() {
    return learned(teacher);
  }

  private static Optional<TrainedOptimizer> learned(Teacher teacher) {
    return switch (teacher) {
      case HandDesigned _, Self _ -> Optional.empty();
      case Learned(_, TrainedOptimizer optimizer) -> Optional.of(optimizer);
      case Watched(Teacher watched, _) -> learned(watched);
    };
  }

  /// This outer optimizer with another teacher.
  public Outer withTeacher(Teacher other) {
    return new Outer(other, clip);
  }

  /// This outer optimizer with another bound on the norm.
  public Outer withClip(double norm) {
    return new Outer(teacher, norm);
  }

  /// The optimizer of φ, with its clipping and what it leaves alone.
  ///
  /// @param family of the optimizers that are trained
  /// @param updates how many there will be
  /// @param trained the blocks of φ that it may change
  Optimizer<?> optimizer(LearnedOptimizer<?> family, long updates, BlockFilter trained) {
    return guarded(teacher.optimizer(family, updates), trained);
  }

  private <S extends OptimizerState> Optimizer<?> guarded(
      Optimizer<S> optimizer, BlockFilter trained) {
    GradientClipping<S> clipped = new GradientClipping<>(optimizer, clip);
    return trained.equals(BlockFilter.ALL) ? clipped : new Freezing<>(clipped, trained);
  }
}
