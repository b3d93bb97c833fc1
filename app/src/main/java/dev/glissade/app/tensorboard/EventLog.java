package dev.glissade.app.tensorboard;

import com.google.protobuf.ByteString;
import dev.glissade.app.FailureException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.tensorflow.framework.Summary;
import org.tensorflow.util.Event;
import org.tensorflow.util.SessionLog;

/// A folder of events that TensorBoard shows. Each process writes a file of its own; one that goes
/// on after a step takes later steps from the files before it, so that each is there once.
public final class EventLog implements Closeable {

  /// The ending of our files: others are left alone.
  private static final String OURS = ".glissade";

  /// The version of the format, in the first event of each file.
  private static final String VERSION = "brain.Event:2";

  private static final int RGB = 3;

  private final EventFile file;

  private EventLog(EventFile file) {
    this.file = file;
  }

  /// Makes sure that a new run's events do not mix with those of another.
  ///
  /// @throws FailureException if there are some in the folder
  public static void requireNone(Path folder) throws IOException, FailureException {
    if (!files(folder).isEmpty()) {
      throw new FailureException(
          "%s holds events of another run already: choose another folder for each run"
              .formatted(folder));
    }
  }

  /// Begins a file in a folder, which is made if it is not there.
  ///
  /// @param done the last step that was made before, by another process; 0 for none
  public static EventLog open(Path folder, long done) throws IOException {
    Files.createDirectories(folder);
    for (Path before : files(folder)) {
      EventFile.cutAfter(before, done);
    }
    EventFile file = EventFile.create(folder.resolve(name()));
    try {
      file.append(event(0).setFileVersion(VERSION).build());
      if (done > 0) { // who watches forgets what came after it
        SessionLog start =
            SessionLog.newBuilder().setStatus(SessionLog.SessionStatus.START).build();
        file.append(event(done + 1).setSessionLog(start).build());
      }
      return new EventLog(file);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(it -> it.getFileName().toString().endsWith(OURS)).sorted().toList();
    }
  }

  /// A name that sorts by time and that no other process takes.
  private static String name() {
    return String.format(
        Locale.ROOT,
        "events.out.tfevents.%010d.%s.%d.%d%s",
        System.currentTimeMillis() / 1000,
        host(),
        ProcessHandle.current().pid(),
        System.nanoTime(),
        OURS);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName().replaceAll("[^\\w.-]", "_");
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static Event.Builder event(long step) {
    return Event.newBuilder().setWallTime(System.currentTimeMillis() / 1e3).setStep(step);
  }

  /// Writes numbers of a step, by their names. What is not known (NaN) is left out.
  public void numbers(long step, Map<String, Double> numbers) throws IOException {
    Summary.Builder summary = Summary.newBuilder();
    numbers.forEach((name, number) -> {
      if (!Double.isNaN(number)) {
        summary.addValue(
            Summary.Value.newBuilder().setTag(name).setSimpleValue(number.floatValue()));
      }
    });
    if (summary.getValueCount() > 0) {
      file.append(event(step).setSummary(summary).build());
    }
  }

  /// Writes a picture of a step.
  ///
  /// @param png the file of the picture
  public void picture(long step, String name, int width, int height, byte[] png)
      throws IOException {
    Summary.Image image =
        Summary.Image.newBuilder()
            .setWidth(width)
            .setHeight(height)
            .setColorspace(RGB)
            .setEncodedImageString(ByteString.copyFrom(png))
            .build();
    Summary.Value value = Summary.Value.newBuilder().setTag(name).setImage(image).build();
    file.append(event(step).setSummary(Summary.newBuilder().addValue(value)).build());
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
