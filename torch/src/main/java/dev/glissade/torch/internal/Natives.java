package dev.glissade.torch.internal;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.bytedeco.pytorch.global.torch;

/// libtorch's native libraries: loaded once, when first needed.
public final class Natives {

  /// The number of threads that one evaluation may use inside libtorch. It is 1, because whole
  /// evaluations run in parallel with less to synchronise.
  private static final String THREADS = "glissade.torch.threads";

  /// The dynamic linker's words where a file system forbids to run what lies on it.
  private static final String NOT_EXECUTABLE = "failed to map segment";

  private static final String ELSEWHERE =
      "unpack it into another folder, with"
          + " GLISSADE_JAVA_OPTIONS=-Dorg.bytedeco.javacpp.cachedir=FOLDER";

  private Natives() {}

  /// Loads the libraries unless that has been done.
  ///
  /// @throws NativesException that says what is missing and how to mend it
  public static void require() {
    if (Holder.FAILURE.isPresent()) {
      throw new NativesException(Holder.FAILURE.get());
    }
  }

  /// libtorch's platform and how many threads it uses, for people.
  public static String description() {
    require();
    return "libtorch for %s, threads: %s".formatted(Loader.getPlatform(), torch.get_num_threads());
  }

  private static final class Holder {
    static final Optional<NativesException> FAILURE = load();

    private static Optional<NativesException> load() {
      int threads = Integer.getInteger(THREADS, 1);
      if (threads < 1) {
        return Optional.of(
            new NativesException(
                "-D%s must be >= 1, got %s".formatted(THREADS, threads), "leave it out"));
      }
      try {
        unpackAlone();
        torch.set_num_threads(threads);
        openblas_nolapack.blas_set_num_threads(threads);
        setInteropThreads(threads);
        leaveNnpackOut();
        return Optional.empty();
      } catch (LinkageError | RuntimeException e) {
        return Optional.of(explain(e));
      }
    }

    /// Loads the libraries, after JavaCPP has unpacked them if they are not there yet: one process
    /// at a time, as another that mapped a file while it is written would die of it.
    private static void unpackAlone() {
      try (FileChannel file = FileChannel.open(lockFile(), CREATE, WRITE);
          FileLock _ = file.lock()) {
        loadAll(torch.class, openblas_nolapack.class);
      } catch (IOException | OverlappingFileLockException e) {
        // cannot be locked: a folder that is not ours to write in, where all is unpacked already,
        // or another class loader of this process is at it
        loadAll(torch.class, openblas_nolapack.class);
      }
    }

    private static void loadAll(Class<?>... libraries) {
      for (Class<?> library : libraries) {
        Loader.load(library);
      }
    }

    private static Path lockFile() throws IOException {
      return Loader.getCacheDir().toPath().resolve("glissade.lock");
    }

    private static void setInteropThreads(int threads) {
      try {
        torch.set_num_interop_threads(threads);
      } catch (RuntimeException e) {
        // the host program has used libtorch already, with a number of its own
      }
    }

    /// NNPACK knows few processors. On others it would say so at each convolution, a thousand lines
    /// a second; and where it does work, bits may differ from those there.
    private static void leaveNnpackOut() {
      torch.globalContext().setUserEnabledNNPACK(false);
    }

    /// The linker's own reason, which begins with the file, is the cause of "not found".
    private static NativesException explain(Throwable e) {
      String library = "libtorch's native library for " + Loader.getPlatform();
      String own = e.getCause() == null ? "" : firstLine(e.getCause());
      if (!own.contains(folder())) {
        return new NativesException(
            "%s could not be loaded (%s)".formatted(library, firstLine(e)),
            ("put org.bytedeco:pytorch, openblas and javacpp with classifier %s on the class path;"
                    + " there are linux-x86_64, macosx-arm64 and windows-x86_64")
                .formatted(Loader.getPlatform()));
      }
      return own.contains(NOT_EXECUTABLE)
          ? new NativesException(
              "%s cannot be run from %s (mounted noexec?)".formatted(library, folder()), ELSEWHERE)
          : new NativesException("%s cannot be loaded (%s)".formatted(library, own), ELSEWHERE);
    }

    private static String firstLine(Throwable e) {
      return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    private static String folder() {
      try {
        return Loader.getCacheDir().toString();
      } catch (IOException e) {
        return "JavaCPP's cache";
      }
    }
  }
}
