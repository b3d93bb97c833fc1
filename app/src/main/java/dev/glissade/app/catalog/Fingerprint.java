package dev.glissade.app.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.glissade.app.terminal.FileErrors;
import dev.glissade.internal.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// A fingerprint that tells one state of somebody's code from another: eight digits that depend on
/// the classes, not on when or how they were packed.
final class Fingerprint {

  private static final String CLASS = ".class";

  /// The length of a fingerprint: short enough for names in tables, and two states of one's code
  /// are hardly ever alike in all of 32 bits.
  private static final int DIGITS = 8;

  private Fingerprint() {}

  /// Computes the fingerprint of all classes in jars and folders, of which earlier ones hide later
  /// ones, as for the class loader.
  ///
  /// @return hexadecimal digits
  /// @throws IllegalArgumentException if one cannot be read
  static String ofClasses(List<Path> entries) {
    SortedMap<String, Long> sums = new TreeMap<>();
    for (Path entry : entries) {
      try {
        if (Files.isDirectory(entry)) {
          addFolder(entry, sums);
        } else {
          addJar(entry, sums);
        }
      } catch (ZipException e) {
        throw new IllegalArgumentException("--classpath: %s is no jar".formatted(entry), e);
      } catch (IOException e) {
        throw new IllegalArgumentException("--classpath: " + FileErrors.describe(e), e);
      }
    }
    return Sha256.of(sums.toString().getBytes(UTF_8)).substring(0, DIGITS);
  }

  /// Adds the checksums of a jar, which stand in its directory: nothing has to be unpacked.
  private static void addJar(Path jar, SortedMap<String, Long> sums) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (entry.getName().endsWith(CLASS)) {
          sums.putIfAbsent(entry.getName(), entry.getCrc());
        }
      }
    }
  }

  /// Adds the checksums of a folder, by the same names and of the same kind as those of a jar with
  /// these classes.
  private static void addFolder(Path folder, SortedMap<String, Long> sums) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (file.toString().endsWith(CLASS)) {
          CRC32 sum = new CRC32();
          sum.update(Files.readAllBytes(file));
          String name = folder.relativize(file).toString().replace('\\', '/');
          sums.putIfAbsent(name, sum.getValue());
        }
      }
    }
  }
}
