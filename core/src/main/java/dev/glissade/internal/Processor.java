package dev.glissade.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The processor that this JVM runs on, as far as the system tells, for reports: speeds mean
/// nothing without it.
///
/// @param name as its maker has it, with the family and the model where there are such numbers, for
///   clouds often hide all but the maker; the architecture's name where nothing is known
/// @param vectors its widest vector instructions that matter here: `AVX-512`, `AVX2`, `NEON`; empty
///   where nothing is known
public record Processor(String name, String vectors) {

  private static final Path LINUX = Path.of("/proc/cpuinfo");

  /// The processor of this machine.
  public static Processor current() {
    String architecture = System.getProperty("os.arch");
    try {
      return Files.isReadable(LINUX)
          ? parse(Files.readString(LINUX, StandardCharsets.UTF_8), architecture)
          : new Processor(architecture, "");
    } catch (IOException e) {
      return new Processor(architecture, "");
    }
  }

  /// The processor that a Linux kernel describes, the first where there are several.
  ///
  /// @param cpuinfo the text of `/proc/cpuinfo`
  /// @param architecture its name in Java, for where the text does not name the processor
  static Processor parse(String cpuinfo, String architecture) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : cpuinfo.split("\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        values.putIfAbsent(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
    }
    String name = values.getOrDefault("model name", architecture);
    if (values.containsKey("cpu family") && values.containsKey("model")) {
      name += ", family %s model %s".formatted(values.get("cpu family"), values.get("model"));
    }
    String flags = values.getOrDefault("flags", values.getOrDefault("Features", ""));
    return new Processor(name, vectors(Set.of(flags.split(" +")), architecture));
  }

  private static String vectors(Set<String> flags, String architecture) {
    if (flags.contains("avx512f")) {
      return "AVX-512";
    }
    if (flags.contains("avx2")) {
      return "AVX2";
    }
    return architecture.equals("aarch64") && flags.contains("asimd") ? "NEON" : "";
  }

  /// The name and the instructions, in a few words.
  @Override
  public String toString() {
    return vectors.isEmpty() ? name : name + ", " + vectors;
  }
}
