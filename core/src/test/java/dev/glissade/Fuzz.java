package dev.glissade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/// Feeds a reader inputs that are sound ones with something wrong: bits flipped, parts cut out,
/// doubled or exchanged, numbers that are too large. A reader may take an input or refuse it, in
/// one line; it must not fail in another way, take more than a second, or more than 64 MB.
///
/// How many inputs there are is a share of what a test names, so that ordinary builds are quick:
/// `-Dglissade.fuzz=1` takes all.
public final class Fuzz {

  private static final double SHARE =
      Double.parseDouble(System.getProperty("glissade.fuzz", "0.02"));
  private static final long LONGEST = 1_000_000_000L; // nanoseconds
  private static final long MOST = 64L << 20; // bytes
  private static final int LONGEST_LINE = 2000;

  private static final byte[][] NASTY = {
    {0},
    {-1},
    {-1, -1, -1, -1},
    {-1, -1, -1, 127},
    {127, -1, -1, -1},
    {0, 0, 0, -128},
    ascii("9223372036854775807"),
    ascii("-1"),
    ascii("1e999"),
    ascii("NaN"),
    ascii("null"),
    ascii("{"),
    ascii("["),
    ascii("\""),
    ascii("\\"),
    ascii("}"),
    ascii(":"),
    ascii(","),
    ascii("\u0000"),
    ascii("\r\n"),
    ascii("%s"),
    {-61, 40},
    {-16, -97, -104, -128},
    ascii("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["),
    ascii("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":"),
  };

  private Fuzz() {}

  /// A reader of bytes. It may throw what tells people that an input is wrong.
  public interface Reader {
    void read(byte[] input) throws IOException;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// Feeds a reader with what comes of sound inputs.
  ///
  /// @param seed of all inputs
  /// @param count how many there are in full
  /// @param sound inputs, at least one
  /// @return how many were taken
  public static int run(long seed, int count, List<byte[]> sound, Reader reader) {
    for (byte[] input : sound) { // which also loads what is loaded once
      try {
        reader.read(input);
      } catch (IOException e) {
        throw new AssertionError(of("a sound input is refused", input), e);
      }
    }
    int taken = 0;
    int inputs = (int) Math.max(100, count * SHARE);
    for (int i = 0; i < inputs; i++) {
      Random random = new Random(Seeds.derive(seed, "fuzz", i));
      byte[] input = sound.get(random.nextInt(sound.size()));
      int changes = 1 + random.nextInt(random.nextInt(10) == 0 ? 20 : 3);
      for (int c = 0; c < changes; c++) {
        input = changed(input, sound, random);
      }
      taken += isTaken(input, "seed %s, input %s".formatted(seed, i), reader) ? 1 : 0;
    }
    return taken;
  }

  private static boolean isTaken(byte[] input, String name, Reader reader) {
    com.sun.management.ThreadMXBean threads =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long allocated = threads.getCurrentThreadAllocatedBytes();
    long start = threads.getCurrentThreadCpuTime(); // not the clock: others may be busy
    boolean taken = false;
    try {
      reader.read(input);
      taken = true;
    } catch (IOException | IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      if (message.lines().count() != 1 || message.length() > LONGEST_LINE + input.length) {
        throw new AssertionError(of(name, input) + " is refused in other than one line", e);
      }
    } catch (RuntimeException | Error e) {
      throw new AssertionError(of(name, input), e);
    }
    assertThat(threads.getCurrentThreadCpuTime() - start)
        .as(of(name, input))
        .isLessThanOrEqualTo(LONGEST);
    assertThat(threads.getCurrentThreadAllocatedBytes() - allocated)
        .as(of(name, input))
        .isLessThanOrEqualTo(MOST);
    return taken;
  }

  private static String of(String name, byte[] input) {
    return "%s, %s bytes: %s"
        .formatted(
            name,
            input.length,
            HexFormat.of().formatHex(Arrays.copyOf(input, Math.min(input.length, 3000))));
  }

  private static byte[] changed(byte[] input, List<byte[]> sound, Random random) {
    int at = input.length == 0 ? 0 : random.nextInt(input.length);
    int end = at + Math.min(input.length - at, 1 + random.nextInt(16));
    byte[] nasty = NASTY[random.nextInt(NASTY.length)];
    return switch (random.nextInt(8)) {
      case 0 -> flipped(input, at, random.nextInt(8));
      case 1 -> Arrays.copyOf(input, at);
      case 2 -> spliced(input, at, end, new byte[0]);
      case 3 -> spliced(input, at, at, Arrays.copyOfRange(input, at, end));
      case 4 -> spliced(input, at, at, nasty);
      case 5 -> spliced(input, at, Math.min(input.length, at + nasty.length), nasty);
      case 6 -> spliced(input, at, input.length, tail(sound, random));
      default -> digit(input, at, random);
    };
  }

  private static byte[] flipped(byte[] input, int at, int bit) {
    byte[] result = input.clone();
    if (result.length > 0) {
      result[at] ^= (byte) (1 << bit);
    }
    return result;
  }

  private static byte[] tail(List<byte[]> sound, Random random) {
    byte[] other = sound.get(random.nextInt(sound.size()));
    return Arrays.copyOfRange(other, random.nextInt(other.length), other.length);
  }

  /// Another digit in place of the next one.
  private static byte[] digit(byte[] input, int from, Random random) {
    byte[] result = input.clone();
    for (int i = from; i < result.length; i++) {
      if (result[i] >= '0' && result[i] <= '9') {
        result[i] = (byte) ('0' + random.nextInt(10));
        break;
      }
    }
    return result;
  }

  private static byte[] spliced(byte[] input, int from, int to, byte[] between) {
    byte[] result = new byte[from + between.length + input.length - to];
    System.arraycopy(input, 0, result, 0, from);
    System.arraycopy(between, 0, result, from, between.length);
    System.arraycopy(input, to, result, from + between.length, input.length - to);
    return result;
  }
}
