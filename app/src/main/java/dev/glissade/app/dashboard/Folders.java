package dev.glissade.app.dashboard;

import dev.glissade.app.dashboard.Snapshot.Content;
import dev.glissade.app.dashboard.Snapshot.Picture;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The folders below one, and what may be looked at in them.
///
/// @param byId by their paths relative to that folder, whose own is empty
/// @param whole whether all was looked at: a folder with very many files in it may be no folder of
///   runs
record Folders(Map<String, Folder> byId, boolean whole) {

  /// Runs lie at most three folders deep: experiments keep theirs in folders of their folders.
  private static final int DEPTH = 4;

  private static final int MOST_FILES = 100_000;
  private static final int MOST_PICTURES = 24;

  /// A folder.
  ///
  /// @param content what may be looked at in it
  record Folder(Path path, Content content) {}

  /// Looks at all folders that are not hidden.
  static Folders below(Path root) {
    try {
      Walk walk = new Walk(root, root.toRealPath());
      Files.walkFileTree(walk.real, EnumSet.noneOf(FileVisitOption.class), DEPTH, walk);
      return new Folders(walk.found, walk.files <= MOST_FILES);
    } catch (IOException e) { // there is no such folder, or not any more
      return new Folders(Map.of(), true);
    }
  }

  /// A walk through folders. Links are not followed, and what cannot be read is passed over.
  private static final class Walk extends SimpleFileVisitor<Path> {

    private final Path root;
    private final Path real; // root may be a link itself
    private final Map<String, Folder> found = new TreeMap<>();
    private final Deque<List<Picture>> pictures = new ArrayDeque<>();
    private final Deque<Boolean> reports = new ArrayDeque<>();
    private int files;

    Walk(Path root, Path real) {
      this.root = root;
      this.real = real;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      if (!folder.equals(real) && name(folder).startsWith(".")) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      pictures.push(new ArrayList<>());
      reports.push(false);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        String name = name(file);
        if (name.equals(Content.REPORT)) {
          reports.pop();
          reports.push(true);
        } else if (Picture.isOne(name)) {
          pictures.element().add(new Picture(name, attributes.lastModifiedTime().toMillis()));
        }
      }
      files++;
      return files > MOST_FILES ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) {
      List<Picture> shown =
          pictures.pop().stream()
              .sorted(Comparator.comparing(Picture::name))
              .limit(MOST_PICTURES)
              .toList();
      String id = real.relativize(folder).toString();
      found.put(id, new Folder(root.resolve(id), new Content(reports.pop(), shown)));
      return FileVisitResult.CONTINUE;
    }

    private static String name(Path path) {
      return String.valueOf(path.getFileName());
    }
  }
}
