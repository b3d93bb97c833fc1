package dev.glissade.published;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import javax.xml.xpath.XPathNodes;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/// What a folder of the checkout publishes: a POM, and the jars that were built with it.
///
/// @param folder that of the POM
/// @param pom as it is written, without what it inherits
record Artifact(String folder, Node pom) {

  static final Artifact PARENT = of(".");

  /// The version of this build.
  static final String VERSION = PARENT.texts("/project/version").getFirst();

  /// All modules that are not kept from being published.
  static List<Artifact> modules() {
    return PARENT.texts("/project/modules/module").stream()
        .map(Artifact::of)
        .filter(module -> !module.texts("//maven.deploy.skip").contains("true"))
        .toList();
  }

  private static Artifact of(String folder) {
    Path file = Document.ROOT.resolve(folder).resolve("pom.xml");
    try {
      return new Artifact(
          folder,
          DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(file.toFile()));
    } catch (IOException | ParserConfigurationException | SAXException e) {
      throw new IllegalStateException(file + " cannot be read", e);
    }
  }

  /// The texts of all elements of the POM that an XPath finds.
  List<String> texts(String path) {
    try {
      XPathNodes nodes =
          XPathFactory.newDefaultInstance()
              .newXPath()
              .evaluateExpression(path, pom, XPathNodes.class);
      List<String> texts = new ArrayList<>();
      nodes.forEach(node -> texts.add(node.getTextContent().strip()));
      return texts;
    } catch (XPathExpressionException e) {
      throw new IllegalArgumentException(path, e);
    }
  }

  /// A jar of the module.
  ///
  /// @param suffix such as `-sources`, or nothing
  JarFile jar(String suffix) throws IOException {
    String name = texts("/project/artifactId").getFirst();
    Path target = Document.ROOT.resolve(folder).resolve("target");
    return new JarFile(target.resolve("%s-%s%s.jar".formatted(name, VERSION, suffix)).toFile());
  }

  @Override
  public String toString() {
    return folder;
  }
}
