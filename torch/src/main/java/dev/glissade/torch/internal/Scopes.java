package dev.glissade.torch.internal;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;

/// Keeps native objects alive beyond the scope in which they are made.
public final class Scopes {

  private Scopes() {}

  /// Makes a native object that no [PointerScope] releases: it lives as long as its Java object.
  /// Other native objects made on the way are released.
  public static <P extends Pointer> P keep(Supplier<P> maker) {
    try (PointerScope _ = new PointerScope()) {
      P pointer = maker.get();
      pointer.retainReference(); // survives the end of this scope, not the garbage collector
      return pointer;
    }
  }
}
