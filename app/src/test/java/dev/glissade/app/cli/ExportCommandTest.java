package dev.glissade.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.glissade.app.Version;
import dev.glissade.learned.Pretrained;
import dev.glissade.onnx.ExportedRule;
import dev.glissade.onnx.OnnxExport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

  @TempDir Path folder;

  @Test
  void oneRuleGoesToTheFileThatIsNamed() throws IOException {
    Path file = folder.resolve("new/mnist.onnx");
    Cli cli = Cli.run(folder, "export", "pretrained:mnist", "--onnx", file);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("pretrained:mnist", "version 17", "any coordinates together")
        .contains("in   lstm0_hidden float[N, 20]", "out  update float[N]");
    assertThat(cli.err().lines()).containsExactly("Wrote " + file);
    assertThat(file).hasBinaryContent(rules(Pretrained.MNIST).getFirst().toBytes());
  }

  @Test
  void groupsGoToFilesOfTheirOwn() throws IOException {
    Path file = folder.resolve("my.digits.onnx");
    Path json = folder.resolve("export.json");
    Cli cli = Cli.run(folder, "export", "pretrained:digits", "--onnx", file, "--json", json);
    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .contains("matrices: blocks in whose names 'weights' is found, one at a time")
        .contains("rest: all other blocks, one at a time");
    List<ExportedRule> rules = rules(Pretrained.DIGITS);
    Path matrices = folder.resolve("my.digits-matrices.onnx");
    assertThat(matrices).hasBinaryContent(rules.getFirst().toBytes());
    assertThat(folder.resolve("my.digits-rest.onnx")).hasBinaryContent(rules.getLast().toBytes());
    assertThat(file).doesNotExist();
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.get("opset").intValue()).isEqualTo(17);
    JsonNode first = report.at("/graphs/0");
    assertThat(first.get("group").textValue()).isEqualTo("matrices");
    assertThat(first.get("blocks").textValue()).isEqualTo("weights");
    assertThat(first.get("perBlock").booleanValue()).isTrue();
    assertThat(first.get("file").textValue()).isEqualTo(matrices.toString());
    assertThat(first.at("/inputs/0").textValue()).isEqualTo("gradient float[rows, columns]");
  }

  @Test
  void withoutAFileItSaysWhatThereIsToWrite() {
    Cli cli = Cli.run(folder, "export", "pretrained:quadratic");
    assertThat(cli.code()).isZero();
    assertThat(cli.out()).contains("in   gradient float[N]");
    assertThat(cli.err().lines()).containsExactly("Wrote nothing: --onnx FILE says where to");
  }

  @Test
  void anOlderFileIsWrittenOverAndTheOptimizerIsNot() throws IOException {
    Path learned = folder.resolve("a.safetensors");
    Pretrained.QUADRATIC.load().save(learned);
    byte[] before = Files.readAllBytes(learned);
    assertThat(Cli.run(folder, "export", learned, "--onnx", learned).err())
        .contains("would be overwritten");
    assertThat(learned).hasBinaryContent(before);
    Path file = Files.writeString(folder.resolve("a.onnx"), "older");
    assertThat(Cli.run(folder, "export", learned, "--onnx", file).code()).isZero();
    assertThat(file).hasBinaryContent(rules(Pretrained.QUADRATIC).getFirst().toBytes());
  }

  @Test
  void whatCannotBeAGraphIsRefusedAndNothingWritten() {
    Path file = folder.resolve("smooth.onnx");
    Cli cli = Cli.run(folder, "export", "pretrained:smooth", "--onnx", file);
    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err().lines())
        .singleElement()
        .asString()
        .startsWith("glissade: a hopping rule cannot be a graph");
    assertThat(cli.out()).isEmpty();
    assertThat(file).doesNotExist();
  }

  private static List<ExportedRule> rules(Pretrained pretrained) {
    return OnnxExport.of(pretrained.load(), Version.TEXT);
  }
}
