package dev.glissade.cluster;

import dev.glissade.Problem;
import java.io.Serializable;

/// Finds problems by their names, on whatever machine. It is a value that travels, and loads there
/// what the problems are made of.
@FunctionalInterface
public interface ProblemFinder extends Serializable {

  /// The problem of this name; equal names give problems of equal distributions.
  ///
  /// @throws IllegalArgumentException if there is none here
  Problem find(String name);
}
