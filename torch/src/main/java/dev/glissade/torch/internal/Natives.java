package dev.glissade.torch.internal;

import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/// libtorch's native libraries: loaded once, when first needed.
public final class Natives {

  /// The number of threads that one evaluation may use inside libtorch. It is 1, because whole
  /// evaluations run in parallel with less to synchronise.
  private static final String THREADS = "glissade.torch.threads";

  private Natives() {}

  /// Loads the libraries unless that has been done.
  ///
  /// @throws IllegalStateException with one line that says what is missing and how to mend it
  public static void require() {
    if (Holder.FAILURE.isPresent()) {
      throw new IllegalStateException(Holder.FAILURE.get());
    }
  }

  /// libtorch's platform and how many threads it uses, for people.
  public static String description() {
    require();
    return "libtorch for %s, threads: %s".formatted(Loader.getPlatform(), torch.get_num_threads());
  }

  private static final class Holder {
    static final Optional<String> FAILURE = load();

    private static Optional<String> load() {
      int threads = Integer.getInteger(THREADS, 1);
      if (threads < 1) {
        return Optional.of("-D%s must be >= 1, got %s".formatted(THREADS, threads));
      }
      try {
        Loader.load(torch.class);
        torch.set_num_threads(threads);
        openblas_nolapack.blas_set_num_threads(threads);
        setInteropThreads(threads);
        return Optional.empty();
      } catch (LinkageError | RuntimeException e) {
        return Optional.of(remedy(e));
      }
    }

    private static void setInteropThreads(int threads) {
      try {
        torch.set_num_interop_threads(threads);
      } catch (RuntimeException e) {
        // the host program has used libtorch already, with a number of its own
      }
    }

    private static String remedy(Throwable e) {
      return ("libtorch's native library for %1$s could not be loaded (%2$s): put"
              + " org.bytedeco:pytorch, openblas and javacpp with classifier %1$s on the class"
              + " path; there are linux-x86_64, macosx-arm64 and windows-x86_64")
          .formatted(
              Loader.getPlatform(), String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }
}
