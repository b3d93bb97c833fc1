package dev.glissade.app.terminal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/// A translation of failures of reading and writing for people: the JDK says no more than the
/// file's name for some of them.
public final class FileErrors {

  private static final String FULL = "No space left on device";

  private FileErrors() {}

  /// Describes a failure in one line that names the file and what is wrong with it.
  public static String describe(IOException e) {
    String message = text(e.getMessage(), e.getClass().getSimpleName());
    return switch (e) {
      case NoSuchFileException f -> f.getFile() + ": no such file";
      case AccessDeniedException f -> f.getFile() + ": permission denied";
      case FileAlreadyExistsException f -> f.getFile() + ": exists and is not a folder";
      case NotDirectoryException f -> f.getFile() + ": is not a folder";
      case FileSystemException f when FULL.equals(f.getReason()) ->
          f.getFile() + ": the disk is full: make room there and try again";
      case FileSystemException f ->
          "%s: %s".formatted(f.getFile(), text(f.getReason(), "cannot be read or written"));
      default -> message;
    };
  }

  private static String text(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
