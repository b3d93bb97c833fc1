package dev.glissade.training;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The process that has hold of a run, or had when it ended without letting go.
///
/// @param pid its number
/// @param host where it runs
/// @param since when it took hold of the run
public record RunOwner(long pid, String host, Instant since) {

  private static final Pattern FORM = Pattern.compile("pid (\\d{1,18}) on (\\S.{0,255})");

  /// The largest file of a lock, in bytes.
  private static final int LARGEST = 300;

  /// This process.
  static RunOwner self() {
    return new RunOwner(ProcessHandle.current().pid(), thisHost(), Instant.now());
  }

  private static String thisHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "a host without a name";
    }
  }

  /// The owner that a lock's file names; empty if it names none. The lock itself is not asked:
  /// whoever asks for a lock may be in the way of one who wants it.
  static Optional<RunOwner> read(Path lock) throws IOException {
    if (!Files.isRegularFile(lock, LinkOption.NOFOLLOW_LINKS) || Files.size(lock) > LARGEST) {
      return Optional.empty();
    }
    Matcher form = FORM.matcher(new String(Files.readAllBytes(lock), StandardCharsets.UTF_8));
    return form.matches()
        ? Optional.of(
            new RunOwner(
                Long.parseLong(form.group(1)),
                form.group(2),
                Files.getLastModifiedTime(lock).toInstant()))
        : Optional.empty();
  }

  /// Whether its process is known to have ended: there is none of its number here, or a younger
  /// one. Of another host nothing is known.
  public boolean isGone() {
    if (!host.equals(thisHost())) {
      return false;
    }
    Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    // A process is as old as a clock says that ticks a hundred times a second.
    return process
        .map(it -> it.info().startInstant().filter(start -> start.minusSeconds(2).isAfter(since)))
        .map(Optional::isPresent)
        .orElse(true);
  }

  /// What the lock's file holds.
  @Override
  public String toString() {
    return "pid %s on %s".formatted(pid, host);
  }
}
