package dev.glissade.app.art;

import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.torch.art.Painting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The pictures that `art` writes on the way, every so many steps. The last step is no preview: it
/// is the picture.
///
/// @param files where they go
/// @param steps of the run
/// @param every from one to the next, ≥ 1; empty for none
public record ArtPreviews(ArtFiles files, int steps, Optional<Integer> every) {

  public ArtPreviews {
    if (every.isPresent() && every.get() < 1) {
      throw new IllegalArgumentException("--preview-every must be >= 1, got " + every.get());
    }
  }

  /// All of them, to find out first whether they can be written.
  public List<Path> paths() {
    return every
        .map(n ->
            IntStream.iterate(n, step -> step < steps, step -> step + n)
                .mapToObj(step -> files.preview(step, steps))
                .toList())
        .orElse(List.of());
  }

  /// A watcher that writes them, and that keeps up to date what is said if the user stops the
  /// painting: which picture is the last one on disk.
  Painting.Listener listener(Console console) {
    console.onInterrupt("Interrupted: no picture was written; --preview-every N keeps some");
    return (step, _, picture) -> {
      if (step > 0 && step < steps && step % every.orElse(steps) == 0) {
        Path preview = files.preview(step, steps);
        Outputs.write(preview, picture.png());
        console.onInterrupt("Interrupted: the last picture is " + preview);
      }
    };
  }
}
