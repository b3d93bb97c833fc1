package dev.glissade.cluster;

import java.io.Serial;
import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/// What tasks leave behind for the next task of their index. It travels as a name: every JVM has a
/// shelf of its own under it, which starts empty.
///
/// A task must be able to do without: what it left may be on another machine, or lost.
///
/// @param <T> what is left
public final class Shelf<T> implements Serializable {

  @Serial private static final long serialVersionUID = 1;

  /// The number of shelves that a JVM keeps of those that came from elsewhere. One belongs to an
  /// episode of a training, after which it is not asked for again.
  private static final int KEPT = 2;

  private static final Deque<Shelf<?>> VISITED = new ArrayDeque<>();

  private final UUID id;
  private final transient Map<Integer, T> left = new ConcurrentHashMap<>();

  /// A shelf that is empty everywhere.
  public Shelf() {
    this(UUID.randomUUID());
  }

  private Shelf(UUID id) {
    this.id = id;
  }

  /// The name of the shelf, which no other has.
  public UUID id() {
    return id;
  }

  /// Takes what the last task of this index left, so that no other task can.
  public Optional<T> take(int index) {
    return Optional.ofNullable(left.remove(index));
  }

  /// Leaves something for the next task of this index.
  public void put(int index, T value) {
    left.put(index, value);
  }

  /// The shelf of this JVM.
  @Serial
  private Object readResolve() {
    synchronized (VISITED) {
      for (Shelf<?> known : VISITED) {
        if (known.id.equals(id)) {
          return known;
        }
      }
      Shelf<T> empty = new Shelf<>(id);
      VISITED.addLast(empty);
      if (VISITED.size() > KEPT) {
        VISITED.removeFirst();
      }
      return empty;
    }
  }
}
