package dev.glissade.app.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.glissade.app.FailureException;
import dev.glissade.app.tensorboard.EventReader.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Events as another program reads them.
class EventLogTest {

  @TempDir private Path folder;

  private void write(long done, long... steps) throws IOException {
    try (EventLog log = EventLog.open(folder, done)) {
      for (long step : steps) {
        log.numbers(step, Map.of("loss", 1.0 / step));
      }
    }
  }

  private List<Event> numbers() throws IOException {
    return EventReader.folder(folder).stream().filter(it -> !it.values().isEmpty()).toList();
  }

  private Path onlyFile() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().getFirst();
    }
  }

  @Test
  void numbersAreReadBack() throws IOException {
    write(0, 1, 2, 300_000_000_000L);
    List<Event> events = EventReader.folder(folder);
    assertThat(events.getFirst().version()).isEqualTo("brain.Event:2");
    assertThat(events).extracting(Event::step).containsExactly(0L, 1L, 2L, 300_000_000_000L);
    assertThat(events.get(2).values())
        .hasSize(1)
        .first()
        .satisfies(value -> {
          assertThat(value.tag()).isEqualTo("loss");
          assertThat(value.number()).isEqualTo(0.5f);
        });
    assertThat(events.get(2).time()).isCloseTo(System.currentTimeMillis() / 1e3, within(60.0));
  }

  @Test
  void picturesAreReadBack() throws IOException {
    byte[] png = new byte[100_000];
    new Random(1).nextBytes(png);
    try (EventLog log = EventLog.open(folder, 0)) {
      log.picture(7, "art/picture", 320, 200, png);
    }
    assertThat(numbers())
        .hasSize(1)
        .first()
        .satisfies(event -> {
          assertThat(event.step()).isEqualTo(7);
          assertThat(event.values().getFirst().tag()).isEqualTo("art/picture");
          assertThat(event.values().getFirst().width()).isEqualTo(320);
          assertThat(event.values().getFirst().height()).isEqualTo(200);
          assertThat(event.values().getFirst().picture()).isEqualTo(png);
        });
  }

  @Test
  void whatIsNotKnownIsLeftOutAndInfinityIsNot() throws IOException {
    try (EventLog log = EventLog.open(folder, 0)) {
      log.numbers(1, Map.of("a", Double.NaN));
      log.numbers(2, Map.of("b", Double.POSITIVE_INFINITY));
    }
    assertThat(numbers()).extracting(Event::step).containsExactly(2L);
    assertThat(numbers().getFirst().values().getFirst().number()).isInfinite();
  }

  /// A process that goes on after step 3 makes steps 4 and 5 again.
  @Test
  void whoGoesOnWritesEachStepOnce() throws IOException {
    write(0, 1, 2, 3, 4, 5);
    write(3, 4, 5, 6);
    assertThat(numbers()).extracting(Event::step).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(EventReader.folder(folder))
        .filteredOn(event -> event.session() == 1) // START
        .extracting(Event::step)
        .containsExactly(4L);
  }

  @Test
  void whatAKilledProcessWroteInPartIsCutOff() throws IOException {
    write(0, 1, 2, 3);
    byte[] whole = Files.readAllBytes(onlyFile());
    for (int lost : new int[] {1, 4, 9, 20}) {
      Files.write(onlyFile(), Arrays.copyOf(whole, whole.length - lost));
      EventFile.cutAfter(onlyFile(), 3);
      assertThat(numbers()).extracting(Event::step).containsExactly(1L, 2L);
    }
    Files.write(onlyFile(), whole);
    EventFile.cutAfter(onlyFile(), 3);
    assertThat(onlyFile()).hasBinaryContent(whole);
  }

  @Test
  void aDamagedEventAndWhatFollowsItAreCutOff() throws IOException {
    write(0, 1, 2, 3);
    byte[] bytes = Files.readAllBytes(onlyFile());
    bytes[bytes.length - 50] ^= 1;
    Files.write(onlyFile(), bytes);
    EventFile.cutAfter(onlyFile(), 3);
    assertThat(numbers()).hasSizeLessThan(3);
  }

  @Test
  void filesOfOthersAreLeftAlone() throws IOException, FailureException {
    Path other = Files.writeString(folder.resolve("events.out.tfevents.1.host"), "not ours");
    EventLog.requireNone(folder);
    write(0);
    assertThat(other).hasContent("not ours");
  }

  @Test
  void runsDoNotMix() throws IOException {
    write(0, 1);
    assertThatThrownBy(() -> EventLog.requireNone(folder))
        .isInstanceOf(FailureException.class)
        .hasMessage(
            folder + " holds events of another run already: choose another folder for each run");
  }

  @Test
  void theNameIsOneThatTensorBoardLooksFor() throws IOException {
    write(0, 1);
    assertThat(onlyFile().getFileName().toString())
        .matches("events\\.out\\.tfevents\\.\\d{10}\\..*");
  }
}
