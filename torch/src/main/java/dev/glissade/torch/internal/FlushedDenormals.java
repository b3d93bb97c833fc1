package dev.glissade.torch.internal;

import org.bytedeco.pytorch.Context;

/// While open, native arithmetic of this thread takes denormal numbers (below 10⁻³⁸) for 0.
/// Networks have such gradients, and a processor computes with them many times slower. Java's own
/// arithmetic must not see this mode, so close it on the thread that opened it.
public record FlushedDenormals() implements AutoCloseable {

  /// Begins to flush denormals on this thread.
  public static FlushedDenormals begin() {
    Context.setFlushDenormal(true);
    return new FlushedDenormals();
  }

  @Override
  public void close() {
    Context.setFlushDenormal(false);
  }
}
