package dev.glissade.app.terminal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A writer and reader of numbers as people write them. All are written alike in every locale, so
/// that reports can be compared.
public final class Numbers {

  private static final Pattern DURATION =
      Pattern.compile("(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,6})s?)?");

  private Numbers() {}

  /// Writes a loss to four digits; one that is not finite is called what it is, diverged.
  public static String loss(double value) {
    return Double.isFinite(value) ? digits(value, 4) : "diverged";
  }

  /// Writes a number to so many significant digits, with an exponent where zeros would fill the
  /// line: below 10⁻⁴ and from 10⁶ on.
  ///
  /// @param digits ≥ 1
  /// @return the number, `–` if it is not finite
  public static String digits(double value, int digits) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double magnitude = Math.abs(value);
    if (value == 0 || (magnitude >= 1e-4 && magnitude < 1e6)) {
      BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
      int decimals = digits - rounded.precision() + rounded.scale();
      return rounded.setScale(value == 0 ? 0 : Math.max(0, decimals)).toPlainString();
    }
    String scientific = String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
    return scientific.replaceFirst("e([+-])0*(\\d)", "e$1$2").replace("e+", "e");
  }

  /// Writes a whole number with its thousands apart, such as `12,345`.
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /// Writes a size to three digits, such as `11.6 MB`, where 1 MB is 10⁶ bytes.
  public static String bytes(long count) {
    double value = count;
    List<String> units = List.of("B", "kB", "MB", "GB");
    int unit = 0;
    while (value >= 1e3 && unit < units.size() - 1) {
      value /= 1e3;
      unit++;
    }
    return "%s %s".formatted(unit == 0 ? count : digits(value, 3), units.get(unit));
  }

  /// Writes a short time to two digits, such as `1.5 ms`.
  public static String micros(double micros) {
    double value = micros;
    List<String> units = List.of("µs", "ms", "s");
    int unit = 0;
    while (value >= 995 && unit < units.size() - 1) {
      value /= 1e3;
      unit++;
    }
    return "%s %s".formatted(digits(value, 2), units.get(unit));
  }

  /// Writes a time in minutes and seconds, such as `1:05`; with hours where it takes any.
  ///
  /// @param seconds rounded; below 0 counts as 0
  public static String clock(double seconds) {
    long s = Math.round(Math.clamp(seconds, 0, 3.6e9));
    return s < 3600
        ? String.format(Locale.ROOT, "%s:%02d", s / 60, s % 60)
        : String.format(Locale.ROOT, "%s:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
  }

  /// Reads `90s`, `10m`, `1h30m` or plain seconds, as `--budget` takes them.
  ///
  /// @return a time > 0
  /// @throws IllegalArgumentException if it is none of these, or nothing
  public static Duration duration(String text) {
    Matcher matcher = DURATION.matcher(text);
    if (matcher.matches()) {
      Duration duration =
          Duration.ofHours(part(matcher, 1))
              .plusMinutes(part(matcher, 2))
              .plusSeconds(part(matcher, 3));
      if (duration.isPositive()) {
        return duration;
      }
    }
    throw new IllegalArgumentException(
        "a duration such as 90s, 10m or 1h30m is expected, got '%s'".formatted(text));
  }

  private static long part(Matcher matcher, int group) {
    return matcher.start(group) < 0 ? 0 : Long.parseLong(matcher.group(group));
  }
}
