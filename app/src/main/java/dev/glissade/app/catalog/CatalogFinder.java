package dev.glissade.app.catalog;

import dev.glissade.Problem;
import dev.glissade.cluster.ProblemFinder;
import dev.glissade.torch.data.DataFolder;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A [Catalog] that travels: on another machine it finds the same problems by their names, from
/// data in a folder of the same path, and from the user's jars, which were sent there.
///
/// @param data the folder of the data sets
/// @param classPath of the user's classes; empty if there are none
public record CatalogFinder(String data, String classPath) implements ProblemFinder {

  /// The catalogs of this JVM: a second loader would make other classes of the user's.
  private static final Map<CatalogFinder, Catalog> CATALOGS = new ConcurrentHashMap<>();

  /// A finder on the machine that it is made for.
  public static CatalogFinder of(DataFolder data, Optional<String> classPath) {
    return new CatalogFinder(
        data.path().toAbsolutePath().toString(), classPath.map(CatalogFinder::absolute).orElse(""));
  }

  /// The user's jars, which must be sent to other machines. Folders of classes must be there.
  public List<Path> files() {
    return entries(classPath).map(Path::of).filter(Files::isRegularFile).toList();
  }

  @Override
  public Problem find(String name) {
    return CATALOGS.computeIfAbsent(this, CatalogFinder::catalog).problem(name).problem();
  }

  /// A class path that means the same in whatever folder a process works.
  private static String absolute(String classPath) {
    return entries(classPath)
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Catalog catalog() {
    String here =
        entries(classPath).map(CatalogFinder::here).collect(Collectors.joining(File.pathSeparator));
    return new Catalog(
        new DataFolder(Path.of(data)),
        Optional.empty(),
        Optional.of(here).filter(path -> !path.isEmpty()).map(ClassPath::open));
  }

  private static Stream<String> entries(String classPath) {
    return classPath.isEmpty()
        ? Stream.empty()
        : Arrays.stream(classPath.split(File.pathSeparator, -1));
  }

  /// Where an entry is on this machine: at its path, or where files go that were sent.
  private static String here(String entry) {
    Path name = Path.of(entry).getFileName();
    return Files.exists(Path.of(entry)) || name == null ? entry : name.toString();
  }
}
