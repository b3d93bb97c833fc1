package dev.glissade.benchmarks;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// `benchmarks/compare cold`: what a program that has just started waits for its first solves, of
/// 100 steps with `pretrained:quadratic` in 10 dimensions; in fresh JVMs, of which the median is
/// told.
public final class ColdStart {

  private static final int JVMS = 7;

  /// The solves that are told, from 1 on.
  private static final List<Integer> TOLD = List.of(1, 2, 10, 100, 1_000);

  /// @param options that make Java choose these kernels
  private record Start(String name, List<String> options) {}

  private static final String MODULE = "--add-modules=jdk.incubator.vector";

  private static final List<Start> STARTS =
      List.of(
          new Start("with the module", List.of(MODULE)),
          new Start("without the module", List.of()),
          new Start("without fused multiply-add", List.of(MODULE, "-XX:-UseFMA")));

  private ColdStart() {}

  /// Runs it.
  public static void main(String[] arguments) throws IOException {
    Table table =
        new Table("milliseconds of solve", "kernels in the end", "1", "2", "10", "100", "1,000");
    String[][][] runs = new String[STARTS.size()][JVMS][];
    for (int jvm = 0; jvm < JVMS; jvm++) { // in turns, for a machine has its moods
      for (int i = 0; i < runs.length; i++) {
        List<String> options = STARTS.get(i).options;
        String last = "" + TOLD.getLast();
        runs[i][jvm] = Fork.fresh(ColdSolve.class, options, last).split("\\|");
      }
    }
    for (int i = 0; i < runs.length; i++) {
      String[][] ofStart = runs[i];
      table.row(
          STARTS.get(i).name,
          ofStart[0][0],
          median(ofStart, TOLD.get(0)),
          median(ofStart, TOLD.get(1)),
          median(ofStart, TOLD.get(2)),
          median(ofStart, TOLD.get(3)),
          median(ofStart, TOLD.get(4)));
    }
    System.out.printf(Locale.ROOT, "%s%n%n%s", Machine.current(), table);
  }

  private static String median(String[][] runs, int solve) {
    double[] millis =
        Arrays.stream(runs).mapToDouble(it -> Double.parseDouble(it[solve])).toArray();
    Arrays.sort(millis);
    return String.format(Locale.ROOT, "%.1f", millis[JVMS / 2]);
  }
}
