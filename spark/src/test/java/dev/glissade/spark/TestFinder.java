package dev.glissade.spark;

import dev.glissade.Problem;
import dev.glissade.cluster.ProblemFinder;
import dev.glissade.problem.ProblemCatalog;
import dev.glissade.problem.ProblemFactory;
import dev.glissade.problem.Problems;
import dev.glissade.torch.data.DataFolder;
import dev.glissade.torch.problem.TorchProblems;
import java.util.List;
import java.util.stream.Stream;

/// Finds the problems of core and of libtorch.
record TestFinder() implements ProblemFinder {

  @Override
  public Problem find(String name) {
    Stream<List<ProblemFactory>> all =
        Stream.of(Problems.core(), TorchProblems.all(DataFolder.standard()));
    return new ProblemCatalog(all.flatMap(List::stream).toList()).parse(name);
  }
}
