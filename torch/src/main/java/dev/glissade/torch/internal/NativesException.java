package dev.glissade.torch.internal;

/// libtorch's native libraries cannot be used on this machine, as it is.
public final class NativesException extends IllegalStateException {

  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String remedy;

  NativesException(String problem, String remedy) {
    super("%s: %s".formatted(problem, remedy));
    this.problem = problem;
    this.remedy = remedy;
  }

  /// The same for a new place.
  NativesException(NativesException known) {
    this(known.problem, known.remedy);
    initCause(known);
  }

  /// What is wrong.
  public String problem() {
    return problem;
  }

  /// What to do about it.
  public String remedy() {
    return remedy;
  }
}
