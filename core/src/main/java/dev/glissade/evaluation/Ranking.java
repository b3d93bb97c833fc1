package dev.glissade.evaluation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Optimizers in the order of their mean final losses, the lowest first. Those with runs that got
/// stuck come after all others, whatever their losses: a run whose gradient overflowed may stand at
/// a loss that is finite, and means nothing.
///
/// @param <E> what is ranked
public final class Ranking<E extends Ranking.Ranked> {

  private static final Comparator<Ranked> ORDER =
      Comparator.comparing((Ranked ranked) -> !sound(ranked))
          .thenComparingDouble(
              ranked -> Double.isFinite(ranked.mean()) ? ranked.mean() : Double.POSITIVE_INFINITY);

  private final List<E> entries;

  /// What decides the place of an optimizer.
  public interface Ranked {

    /// Whether it is a hand-designed rule.
    boolean baseline();

    /// The mean of its final losses.
    double mean();

    /// How many of its runs got stuck.
    int stuck();
  }

  private Ranking(List<E> entries) {
    this.entries = entries;
  }

  /// Ranks entries; equal ones stay in their order.
  ///
  /// @param entries at least one
  public static <E extends Ranked> Ranking<E> of(List<E> entries) {
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("nothing to rank");
    }
    return new Ranking<>(entries.stream().sorted(ORDER).toList());
  }

  /// The ranked optimizers, the best first.
  public List<E> entries() {
    return entries;
  }

  /// The best optimizer; where all have runs that got stuck, none is good.
  public E best() {
    return entries.getFirst();
  }

  /// The best of the hand-designed rules, if there is one of which no run got stuck.
  public Optional<E> bestBaseline() {
    return first(Ranked::baseline);
  }

  /// The best of the learned optimizers, if there is one of which no run got stuck.
  public Optional<E> bestLearned() {
    return first(ranked -> !ranked.baseline());
  }

  private Optional<E> first(Predicate<Ranked> kind) {
    return entries.stream().filter(kind).filter(Ranking::sound).findFirst();
  }

  private static boolean sound(Ranked ranked) {
    return ranked.stuck() == 0 && Double.isFinite(ranked.mean());
  }
}
