package dev.glissade.app.cli;

import dev.glissade.app.catalog.Catalog;
import picocli.CommandLine.Mixin;

/// The options that say where problems come from: `--classpath` for classes of the user's, `--data`
/// for what the others are made of. Whatever runs a problem that the user names has them.
final class ProblemOptions {

  private final Context context;

  @Mixin private final ClassPathOption classPath = new ClassPathOption();
  @Mixin private final DataOption data = new DataOption();

  ProblemOptions(Context context) {
    this.context = context;
  }

  /// The catalog of the problems that can be named, the user's among them.
  ///
  /// @throws IllegalArgumentException if the class path cannot be opened
  Catalog catalog() {
    return new Catalog(context.dataFolder(), data.given(), classPath.open());
  }
}
