package dev.glissade.app.cli;

import dev.glissade.app.FailureException;
import dev.glissade.app.Version;
import dev.glissade.app.cli.Doctor.Finding;
import dev.glissade.app.cli.Doctor.Status;
import dev.glissade.app.terminal.Console;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// The command `doctor`: it tells what works on this machine, and how to mend what doesn't. It
/// prints a line for each finding of [Doctor], with the remedy below where there is one. Exit code
/// 1 if something necessary is missing, 0 otherwise, warnings included.
@Command(
    name = "doctor",
    description =
        "Check this machine: Java, kernels, memory, folders; say how to mend what is wrong.",
    footer = {"", "Exit code 1 if something necessary is missing."})
final class DoctorCommand implements Callable<Integer> {

  private final Context context;

  @Mixin private final JsonOption json = new JsonOption();

  DoctorCommand(Context context) {
    this.context = context;
  }

  /// The result that `--json` writes.
  ///
  /// @param version of Glissade
  /// @param findings as they are printed
  private record Report(String version, List<Finding> findings) {}

  @Override
  public Integer call() throws IOException, FailureException {
    json.check(context);
    Console console = context.console();
    console.print("@|bold Glissade %s|@".formatted(Version.TEXT));
    List<Finding> findings = new Doctor(context).examine();
    for (Finding finding : findings) {
      console.print(
          "%s  %-13s  %s".formatted(mark(finding.status()), finding.what(), finding.found()));
      if (!finding.remedy().isEmpty()) {
        console.print("      → " + finding.remedy());
      }
    }
    json.write(context, new Report(Version.TEXT, findings));
    boolean failed = findings.stream().anyMatch(f -> f.status() == Status.FAIL);
    return failed ? 1 : 0;
  }

  private static String mark(Status status) {
    return switch (status) {
      case OK -> "@|green ok  |@";
      case WARN -> "@|yellow warn|@";
      case FAIL -> "@|red fail|@";
    };
  }
}
