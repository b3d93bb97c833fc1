package dev.glissade.app.cli;

import dev.glissade.Workers;
import dev.glissade.app.Version;
import dev.glissade.app.catalog.CatalogFinder;
import dev.glissade.app.cluster.LazyCluster;
import dev.glissade.app.experiment.Experiments;
import dev.glissade.app.terminal.Console;
import dev.glissade.cluster.Cluster;
import dev.glissade.cluster.ClusterProvider.Setup;
import dev.glissade.torch.data.DataFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/// The tree of all commands, and what is the same for each of them: help, version, colours,
/// threads, and what becomes of errors. To add a command, write its class and add it to
/// [#commandLine]. [Main] runs it as a process, tests run it in their own.
///
/// Results go to standard output and everything else to standard error, so that a result can be
/// piped. An error is one line on standard error.
@Command(
    name = "glissade",
    header = "Learned optimizers for the JVM: gradient descent learns gradient descent.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {
      "",
      "Examples:",
      "  ./glissade demo",
      "  ./glissade compare quadratic pretrained:quadratic adam sgd",
      "  ./glissade help COMMAND",
      "",
      "Environment: GLISSADE_DATA is the folder of data sets, GLISSADE_CACHE that of tuned",
      "learning rates, and of data sets where the former is not set. GLISSADE_JAVA_OPTIONS",
      "go to Java. GLISSADE_DEBUG=1 shows stack traces.",
      "",
      "Exit codes: 0 done, 1 failed, 2 the arguments are wrong."
    })
@SuppressWarnings("unused") // picocli acts on the options for help and version by itself
final class Glissade implements Callable<Integer> {

  private final Context context;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show the version.")
  private boolean version;

  /// The line that `--version` prints, such as `Glissade 0.2.0`.
  static final class VersionLine implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"Glissade " + Version.TEXT};
    }
  }

  private Glissade(Context context) {
    this.context = context;
  }

  /// Runs one command.
  ///
  /// The few errors that are caught here come from outside a command's own code: picocli hands on
  /// what is no exception. They are told like any other failure, in one line.
  ///
  /// @param context the console and the environment that the command sees
  /// @param arguments the words of the command line, the command's name first
  /// @return the exit code: 0 done, 1 failed, 2 the arguments are wrong
  static int run(Context context, String... arguments) {
    Thread thread = Thread.currentThread();
    ClassLoader loader = thread.getContextClassLoader();
    try {
      int code = commandLine(context).execute(withHelp(arguments));
      boolean written = context.console().finished();
      return code == CommandLine.ExitCode.OK && !written ? Errors.unwritten(context) : code;
    } finally {
      thread.setContextClassLoader(loader); // which --classpath has changed
    }
  }

  /// `help COMMAND` is `COMMAND --help`.
  private static String[] withHelp(String[] arguments) {
    return arguments.length > 0 && arguments[0].equals("help")
        ? Stream.concat(Stream.of(arguments).skip(1), Stream.of("--help")).toArray(String[]::new)
        : arguments;
  }

  static CommandLine commandLine(Context context) {
    Console console = context.console();
    Ansi ansi = console.isColoured() ? Ansi.ON : Ansi.OFF;
    CommandLine root = new CommandLine(new Glissade(context));
    root.addSubcommand(DemoCommand.of(context))
        .addSubcommand(new ProblemsCommand(context))
        .addSubcommand(new OptimizersCommand(context))
        .addSubcommand(new CheckCommand(context))
        .addSubcommand(new TrainCommand(context))
        .addSubcommand(new TuneCommand(context))
        .addSubcommand(new CompareCommand(context))
        .addSubcommand(experiment(context))
        .addSubcommand(new ReportCommand(context))
        .addSubcommand(new DashboardCommand(context))
        .addSubcommand(new ArtCommand(context))
        .addSubcommand(new InspectCommand(context))
        .addSubcommand(new ImitateCommand(context))
        .addSubcommand(new JoinCommand(context))
        .addSubcommand(new ExportCommand(context))
        .addSubcommand(data(context))
        .addSubcommand(new DoctorCommand(context))
        .addSubcommand(new CompletionCommand(context));
    withVersion(root);
    return root.setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(console.out())
        .setErr(console.err())
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setUsageHelpWidth(console.textWidth())
        .setParameterExceptionHandler((e, _) -> Errors.usage(context, e))
        .setExecutionExceptionHandler(
            (e, command, _) -> Errors.execution(context, e, command.getCommandSpec()))
        .setExecutionStrategy(parsed -> withThreads(context, parsed));
  }

  /// Lets each command tell the version of the whole.
  private static void withVersion(CommandLine command) {
    command.getCommandSpec().versionProvider(new VersionLine());
    command.getSubcommands().values().forEach(Glissade::withVersion);
  }

  /// The group `experiment`. Both commands get the same experiments, so that what is listed can be
  /// run.
  private static CommandLine experiment(Context context) {
    Experiments experiments = Experiments.standard();
    return CommandGroup.of(
        context,
        "experiment",
        "Run the experiments of Andrychowicz et al. 2016, figure by figure, and compare the results"
            + " with the paper's.",
        List.of("./glissade experiment list", "./glissade experiment run fig4-quadratic"),
        List.of(
            new ExperimentListCommand(context, experiments),
            new ExperimentRunCommand(context, experiments)));
  }

  /// The group `data`, for the data sets that cannot be shipped.
  private static CommandLine data(Context context) {
    return CommandGroup.of(
        context,
        "data",
        "List, fetch and verify the data sets that some problems need.",
        List.of("./glissade data list", "./glissade data fetch mnist", "./glissade data verify"),
        List.of(
            new DataListCommand(context),
            new DataFetchCommand(context),
            new DataVerifyCommand(context)));
  }

  /// Runs the command with as many threads as it was told to use.
  private static int withThreads(Context context, ParseResult parsed) {
    ParseResult command = parsed;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    int threads =
        command.matchedOptionValue(RunOptions.THREADS, Runtime.getRuntime().availableProcessors());
    if (threads < 1) {
      throw new ParameterException(
          command.commandSpec().commandLine(),
          "%s must be >= 1, got %s".formatted(RunOptions.THREADS, threads));
    }
    ParseResult found = command;
    try {
      return Workers.with(threads, () -> onCluster(context, found, parsed));
    } catch (
        Error e) { // of a class of the user's, or out of memory: picocli handles exceptions only
      return Errors.execution(context, e, command.commandSpec());
    }
  }

  /// Runs the command, with its work on the cluster that it was told to use, if any.
  private static int onCluster(Context context, ParseResult command, ParseResult parsed) {
    Optional<String> master = matched(command, MasterOption.NAME);
    if (master.isEmpty()) {
      return new CommandLine.RunLast().execute(parsed);
    }
    DataFolder data =
        command
            .<Optional<Path>>matchedOptionValue(DataOption.NAME, Optional.empty())
            .map(DataFolder::new)
            .orElseGet(context::dataFolder);
    CatalogFinder finder = CatalogFinder.of(data, matched(command, ClassPathOption.NAME));
    String name = "glissade " + command.commandSpec().name();
    try (LazyCluster cluster =
        new LazyCluster(master.get(), new Setup(name, finder, finder.files()))) {
      return Cluster.with(cluster, () -> new CommandLine.RunLast().execute(parsed));
    }
  }

  private static Optional<String> matched(ParseResult command, String option) {
    return command.matchedOptionValue(option, Optional.empty());
  }

  /// Prints the help where no command was named, with the exit code of a wrong argument: a script
  /// that forgets the command should stop.
  @Override
  public Integer call() {
    commandLine(context).usage(context.console().out());
    return CommandLine.ExitCode.USAGE;
  }
}
