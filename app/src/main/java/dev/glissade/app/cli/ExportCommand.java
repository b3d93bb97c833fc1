package dev.glissade.app.cli;

import dev.glissade.BlockFilter;
import dev.glissade.app.FailureException;
import dev.glissade.app.Version;
import dev.glissade.app.catalog.OptimizerName;
import dev.glissade.app.terminal.Console;
import dev.glissade.app.terminal.Markup;
import dev.glissade.app.terminal.Outputs;
import dev.glissade.onnx.ExportedRule;
import dev.glissade.onnx.OnnxExport;
import dev.glissade.onnx.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The command `export`: it writes the update rule of a learned optimizer as ONNX graphs, one for
/// each group of blocks that has a rule of its own, and prints what goes in and what comes out.
///
/// Without `--onnx` it writes nothing, and prints the same. Exit code 0; 2 if the rule cannot be a
/// graph.
@Command(
    name = "export",
    description = {
      "Write the update rule of a learned optimizer as an ONNX graph: gradient and state in,"
          + " update and next state out. Without --onnx, show what would be written.",
      "",
      "An optimizer with groups of blocks has a rule, and becomes a file, for each of them."
    },
    footer = {
      "",
      "Examples:",
      "  ./glissade export pretrained:mnist --onnx mnist.onnx",
      "  ./glissade export pretrained:digits"
    })
final class ExportCommand implements Callable<Integer> {

  private final Context context;

  @Parameters(
      index = "0",
      paramLabel = "OPTIMIZER",
      completionCandidates = Candidates.OfPretrained.class,
      description = "A .safetensors file, a run folder or pretrained:NAME.")
  private String optimizer = "";

  @Option(
      names = "--onnx",
      paramLabel = "FILE",
      description =
          "Write the graph there; with groups FILE-GROUP.onnx for each, in place of FILE.onnx.")
  private Optional<Path> onnx = Optional.empty();

  @Mixin private final JsonOption json = new JsonOption();

  ExportCommand(Context context) {
    this.context = context;
  }

  /// A graph in what `--json` writes.
  ///
  /// @param group of blocks that it is for
  /// @param blocks the regular expression of their names; empty for all that are in no other group
  /// @param perBlock whether it takes one block at a time; else any coordinates together
  /// @param inputs as they print
  /// @param outputs as they print
  /// @param file that was written, if any
  private record Graph(
      String group,
      Optional<String> blocks,
      boolean perBlock,
      List<String> inputs,
      List<String> outputs,
      Optional<String> file) {}

  /// The result that `--json` writes.
  ///
  /// @param optimizer as it was named
  /// @param architecture in a few words
  /// @param opset the version of ONNX's operators
  private record Report(String optimizer, String architecture, long opset, List<Graph> graphs) {}

  /// Makes the graphs, checks where they are to be written, writes and prints them.
  @Override
  public Integer call() throws IOException, FailureException {
    OptimizerName.Learned learned = OptimizerName.parseLearned(optimizer);
    List<ExportedRule> rules = OnnxExport.of(learned.trained(), Version.TEXT);
    List<Path> files = onnx.map(file -> files(file, rules)).orElse(List.of());
    json.check(context, OptimizerName.files(List.of(optimizer)), files);
    for (Path file : files) {
      Outputs.requireFile(file);
    }
    List<Graph> graphs = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      graphs.add(graph(rules.get(i), files.stream().skip(i).findFirst()));
    }
    Report report =
        new Report(
            learned.name(), learned.trained().architecture().summary(), OnnxExport.OPSET, graphs);
    print(report);
    write(files, rules);
    json.write(context, report);
    return 0;
  }

  private void write(List<Path> files, List<ExportedRule> rules) throws IOException {
    for (int i = 0; i < files.size(); i++) {
      Outputs.write(files.get(i), rules.get(i).toBytes());
      context.console().note("Wrote " + files.get(i));
    }
    if (files.isEmpty()) {
      context.console().note("Wrote nothing: --onnx FILE says where to");
    }
  }

  /// Where each rule goes: to the file itself if there is one rule only, else to one beside it.
  private static List<Path> files(Path file, List<ExportedRule> rules) {
    if (rules.size() == 1) {
      return List.of(file);
    }
    String name = String.valueOf(file.getFileName());
    int end = name.lastIndexOf('.') > 0 ? name.lastIndexOf('.') : name.length();
    return rules.stream()
        .map(rule ->
            file.resolveSibling(name.substring(0, end) + "-" + rule.group() + name.substring(end)))
        .toList();
  }

  private static Graph graph(ExportedRule rule, Optional<Path> file) {
    return new Graph(
        rule.group(),
        rule.blocks().map(BlockFilter::regex),
        switch (rule.coupling()) {
          case COORDINATES -> false;
          case BLOCKS, ALL -> true;
        },
        rule.inputs().stream().map(Tensor::toString).toList(),
        rule.outputs().stream().map(Tensor::toString).toList(),
        file.map(Path::toString));
  }

  private void print(Report report) {
    Console console = context.console();
    console.print(
        "@|bold %s|@  %s, ONNX with operators of version %s"
            .formatted(
                Markup.literal(report.optimizer),
                Markup.literal(report.architecture),
                report.opset));
    for (Graph graph : report.graphs) {
      console.print("");
      console.print("@|bold %s|@: %s".formatted(Markup.literal(graph.group), use(graph)));
      graph.inputs.forEach(input -> console.print("  in   " + Markup.literal(input)));
      console.print("  out  " + Markup.literal(graph.outputs.getFirst()));
      int states = graph.outputs.size() - 1;
      console.print("  out  next_… of the last %s inputs, which are 0 at first".formatted(states));
    }
  }

  /// What the graph is to be given.
  private static String use(Graph graph) {
    String blocks =
        graph
            .blocks
            .map(regex -> "blocks in whose names '%s' is found".formatted(Markup.literal(regex)))
            .orElse(graph.group.equals("rest") ? "all other blocks" : "all blocks");
    return blocks + (graph.perBlock ? ", one at a time" : ", any coordinates together");
  }
}
