package dev.glissade.app.dashboard;

import dev.glissade.app.dashboard.Snapshot.Content;
import dev.glissade.app.report.Json;
import dev.glissade.app.terminal.Shell;
import dev.glissade.training.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A folder with runs in it and below it, looked at when somebody asks and not more often than once
/// a second. Links in it are not followed: what lies elsewhere is not shown.
final class RunsFolder {

  /// The time for which a look is good enough.
  private static final Duration FRESH = Duration.ofMillis(900);

  /// The part of the time in which folders may be searched for new runs: a folder of very many
  /// files takes long, and a training may want the processor.
  private static final int WALKING = 20;

  /// The runs whose curves are remembered: some megabytes.
  private static final int REMEMBERED = 64;

  private final Path root;
  private final Map<String, WatchedRun> runs = new TreeMap<>();
  private final Map<String, RunCurves> curves = new LinkedHashMap<>();
  private Snapshot snapshot;
  private Folders folders = new Folders(Map.of(), true);
  private long nextLook = System.nanoTime();
  private long nextWalk = System.nanoTime();
  private Told told = new Told(-1, "");

  /// What a page is told.
  ///
  /// @param version of the snapshot
  /// @param json of it
  record Told(long version, String json) {}

  RunsFolder(Path root) {
    this.root = root;
    String start = Shell.command("train", "quadratic", "-o", root.resolve("quadratic"));
    this.snapshot = new Snapshot(0, root.toString(), false, true, start, List.of(), List.of());
  }

  /// Has a first look, so that the first page need not wait for one: all that comes after is
  /// quicker.
  synchronized void prepare() {
    told();
    nextLook = System.nanoTime();
    nextWalk = nextLook;
  }

  /// What is known now.
  synchronized Snapshot snapshot() {
    long now = System.nanoTime();
    if (now - nextLook >= 0) {
      if (now - nextWalk >= 0) {
        folders = Folders.below(root);
        nextWalk = System.nanoTime() + WALKING * (System.nanoTime() - now);
      }
      Snapshot seen = look(folders);
      if (!seen.tellsWhat(snapshot)) {
        snapshot = seen.withVersion(snapshot.version() + 1);
      }
      nextLook = System.nanoTime() + FRESH.toNanos();
    }
    return snapshot;
  }

  /// What is known now, as it is sent: made once for all who listen.
  synchronized Told told() {
    Snapshot now = snapshot();
    if (now.version() != told.version()) {
      told = new Told(now.version(), Json.line(now));
    }
    return told;
  }

  private Snapshot look(Folders found) {
    Instant now = Instant.now();
    List<Snapshot.Run> seen = new ArrayList<>();
    List<Snapshot.Result> results = new ArrayList<>();
    runs.keySet().retainAll(found.byId().keySet());
    found
        .byId()
        .forEach((id, folder) -> {
          if (RunFolder.exists(folder.path())) {
            WatchedRun run = runs.computeIfAbsent(id, _ -> new WatchedRun(id, folder.path()));
            seen.add(run.look(folder.content(), now));
          } else if (!folder.content().isEmpty()) {
            results.add(new Snapshot.Result(id, folder.content()));
          }
        });
    return new Snapshot(
        0,
        snapshot.folder(),
        Files.isDirectory(root),
        found.whole(),
        snapshot.start(),
        seen,
        results);
  }

  /// The curves of a run as JSON; empty if there is no such run.
  Optional<String> curves(String id) throws IOException {
    Optional<Snapshot.Run> run =
        snapshot().runs().stream().filter(it -> it.id().equals(id)).findFirst();
    if (run.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(remembered(id).json(run.get().version()));
  }

  /// The curves of a run, which are forgotten when those of many others were asked for since.
  private synchronized RunCurves remembered(String id) {
    RunCurves known = curves.remove(id);
    RunCurves found =
        known == null ? new RunCurves(WatchedRun.metricsFile(root.resolve(id))) : known;
    curves.put(id, found);
    if (curves.size() > REMEMBERED) {
      curves.remove(curves.keySet().iterator().next());
    }
    return found;
  }

  /// A file that may be looked at: a page or a picture in a folder of the last snapshot. Only what
  /// was found there is known, so that no path leads out of the folder.
  Optional<Path> file(String id, String name) {
    Snapshot now = snapshot();
    Optional<Content> content =
        now.runs().stream()
            .filter(run -> run.id().equals(id))
            .map(Snapshot.Run::content)
            .findFirst()
            .or(() ->
                now.results().stream()
                    .filter(result -> result.id().equals(id))
                    .map(Snapshot.Result::content)
                    .findFirst());
    return content
        .filter(it -> it.has(name))
        .map(_ -> root.resolve(id).resolve(name))
        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
  }
}
