package dev.glissade.check;

/// One thing that is checked of a problem.
public enum Aspect {
  /// The starting point is a fresh array at each call, equal to the last, and fits the layout.
  START("start", "starts", Figure.NONE),

  /// Loss and gradient are finite at the start.
  FINITE("finite", "evaluations", Figure.SHARE),

  /// Every element of an output is overwritten: none left as it was, none added to.
  OUTPUT("output", "outputs", Figure.SHARE),

  /// An evaluation leaves θ, and the vector of a product, as they are.
  INPUT("input", "evaluations", Figure.SHARE),

  /// Equal parameters and equal draws give equal results, at any time and in any order.
  REPEATABLE("repeatable", "evaluations", Figure.RELATIVE),

  /// The same on two threads at once.
  THREADS("threads", "evaluations", Figure.RELATIVE),

  /// The gradient is the derivative of the loss.
  GRADIENT("gradient", "derivatives", Figure.RELATIVE),

  /// A Hessian-vector product is the derivative of the gradient, and symmetric.
  HESSIAN("hessian", "second derivatives", Figure.RELATIVE),

  /// Equal seeds give equal members, other seeds others.
  SEEDS("seeds", "members", Figure.SHARE),

  /// The splits have no member in common.
  SPLITS("splits", "members", Figure.SHARE),

  /// The time of an evaluation, which is never wrong.
  TIME("time", "evaluations", Figure.MICROSECONDS);

  /// The meaning of the worst figure of an aspect.
  public enum Figure {
    /// There is none.
    NONE,
    /// A part of what was tried, from 0 to 1.
    SHARE,
    /// An error relative to what it is an error of.
    RELATIVE,
    /// A time.
    MICROSECONDS
  }

  private final String label;
  private final String tried;
  private final Figure figure;

  Aspect(String label, String tried, Figure figure) {
    this.label = label;
    this.tried = tried;
    this.figure = figure;
  }

  /// The aspect's name for people: one word.
  public String label() {
    return label;
  }

  /// What is counted as tried, in the plural.
  public String tried() {
    return tried;
  }

  /// The meaning of the worst figure.
  public Figure figure() {
    return figure;
  }
}
