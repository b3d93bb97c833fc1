package dev.glissade.app.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The command `completion`: it prints a script with which a shell completes commands, options and
/// names. Exit code 0.
@Command(
    name = "completion",
    description = "Print a script with which a shell completes commands, options and names.",
    footer = {
      "",
      "Examples:",
      "  source <(./glissade completion bash)",
      "  source <(./glissade completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {

  private final Context context;

  @Spec private CommandSpec spec = CommandSpec.create(); // that of this command, by picocli

  @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell = Shell.BASH;

  CompletionCommand(Context context) {
    this.context = context;
  }

  /// The shells that are known.
  enum Shell {
    /// Takes a colon for the end of a word, unless it is told not to.
    BASH("COMP_WORDBREAKS=${COMP_WORDBREAKS//:/} # pretrained:mnist is one word\n"),

    /// Understands what is written for bash once it is asked to.
    ZSH("autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n");

    private final String beginning;

    Shell(String beginning) {
      this.beginning = beginning;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Override
  public Integer call() {
    context.console().out().print(shell.beginning + script());
    return 0;
  }

  /// The script, whose numbers picocli writes in the digits of the user's locale: those of shells
  /// are not Persian.
  private String script() {
    Locale own = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    try {
      return AutoComplete.bash(spec.root().name(), spec.root().commandLine());
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, own);
    }
  }
}
