package dev.glissade.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is put into an object comes out of its text, and what is not there is named.
class JsonObjectTest {

  private static final JsonObject ALL =
      JsonObject.empty()
          .with("text", "a \"b\"\u00e9\u221e")
          .with("whole", Long.MIN_VALUE)
          .with("real", 1e-300)
          .with("round", 3.0)
          .with("truth", true)
          .with("object", JsonObject.empty().with("inner", 1))
          .with("objects", List.of(JsonObject.empty(), JsonObject.empty().with("x", "y")))
          .with("texts", List.of("a", ""))
          .with("nothing", List.of());

  @Test
  void isWhatItsTextSays() throws IOException {
    JsonObject read = JsonObject.parse(ALL.toString());
    assertThat(read).isEqualTo(ALL).hasSameHashCodeAs(ALL);
    assertThat(read).hasToString(ALL.toString());
    assertThat(ALL.toString()).doesNotContain("\n");
    assertThat(read.keys()).containsExactlyElementsOf(ALL.keys());
    assertThat(read.text("text")).isEqualTo("a \"b\"\u00e9\u221e");
    assertThat(read.whole("whole")).isEqualTo(Long.MIN_VALUE);
    assertThat(read.real("real")).isEqualTo(1e-300);
    assertThat(read.real("round")).isEqualTo(3);
    assertThat(read.real("whole")).isEqualTo(Long.MIN_VALUE);
    assertThat(read.truth("truth")).isTrue();
    assertThat(read.object("object").integer("inner")).isEqualTo(1);
    assertThat(read.objects("objects").get(1).text("x")).isEqualTo("y");
    assertThat(read.texts("texts")).containsExactly("a", "");
    assertThat(read.texts("nothing")).isEmpty();
  }

  /// Every bit of a double comes back.
  @ParameterizedTest
  @ValueSource(doubles = {0.1, 1.0 / 3, Double.MIN_VALUE, Double.MAX_VALUE, -0.0, 1e22})
  void numbersComeBackBitForBit(double number) throws IOException {
    JsonObject json = JsonObject.parse(JsonObject.empty().with("x", number).toString());
    assertThat(Double.doubleToRawLongBits(json.real("x")))
        .isEqualTo(Double.doubleToRawLongBits(number));
  }

  @Test
  void whatIsNotFiniteIsAbsentOnceWritten() throws IOException {
    JsonObject json = JsonObject.empty().with("x", Double.NaN).with("y", 1);
    assertThat(json).hasToString("{\"x\":null,\"y\":1}");
    JsonObject read = JsonObject.parse(json.toString());
    assertThat(read.has("x")).isFalse();
    assertThatThrownBy(() -> read.real("x")).hasMessage("'x' is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "text | a text of one line",
        "whole | a whole number",
        "integer | a whole number of 32 bits",
        "real | a number",
        "truth | true or false",
        "object | an object",
        "objects | an array of objects",
        "texts | an array of texts of one line"
      })
  void saysWhatIsMissingOrOfAnotherType(String type, String what) {
    assertThatThrownBy(() -> get(ALL, type, "absent"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'absent' is missing");
    String other = type.equals("text") || type.equals("integer") ? "whole" : "text";
    assertThatThrownBy(() -> get(ALL, type, other))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'%s' must be %s, got ".formatted(other, what));
  }

  private static Object get(JsonObject json, String type, String key) {
    return switch (type) {
      case "text" -> json.text(key);
      case "whole" -> json.whole(key);
      case "integer" -> json.integer(key);
      case "real" -> json.real(key);
      case "truth" -> json.truth(key);
      case "object" -> json.object(key);
      case "objects" -> json.objects(key);
      default -> json.texts(key);
    };
  }

  @Test
  void whatMessagesMayRepeatIsOfOneLine() throws IOException {
    JsonObject object = JsonObject.parse("{\"kind\":\"l\\nstm\",\"mix\":[\"a\",\"b\\r\"]}");

    assertThatThrownBy(() -> object.text("kind"))
        .hasMessage("'kind' must be a text of one line, got \"l\\nstm\"");
    assertThatThrownBy(() -> object.texts("mix"))
        .hasMessage("'mix' must be an array of texts of one line, got [\"a\",\"b\\r\"]");
    assertThatThrownBy(() -> JsonObject.parse("{\"a\\nb\":[1]}"))
        .hasMessage("\"a\\nb\" must hold objects or texts");
  }

  @Test
  void refusesNumbersThatNoDoubleHolds() {
    assertThatThrownBy(() -> JsonObject.parse("{\"rate\":-11e9999}"))
        .isInstanceOf(IOException.class)
        .hasMessage("\"rate\" is a number that is too large");
  }

  @Test
  void aNumberWithAPointIsNoWholeNumber() {
    assertThatThrownBy(() -> ALL.whole("round"))
        .hasMessage("'round' must be a whole number, got 3.0");
    assertThatThrownBy(() -> ALL.objects("texts"))
        .hasMessageContaining("'texts' must be an array of objects");
  }

  @Test
  void isAValue() {
    JsonObject one = JsonObject.empty().with("a", 1);
    JsonObject two = one.with("a", 2).with("b", 3);
    assertThat(one.whole("a")).isEqualTo(1);
    assertThat(one.plus(two)).isEqualTo(two);
    assertThat(two.plus(one)).isEqualTo(two.with("a", 1));
    List<String> texts = new ArrayList<>(List.of("x"));
    JsonObject array = one.with("texts", texts);
    texts.add("y");
    assertThat(array.texts("texts")).containsExactly("x");
    assertThatThrownBy(() -> one.with("c", List.of(1)))
        .hasMessage("an array holds objects or texts, got 1");
  }

  @Test
  void everyValueHasAPath() {
    List<String> paths = new ArrayList<>();
    ALL.forEachText((key, value) -> paths.add(key + "=" + value));
    assertThat(paths)
        .contains("object/inner=1", "objects/1/x=y", "texts/0=a", "truth=true")
        .hasSize(9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "3",
        "{",
        "{\"a\":1",
        "{\"a\":1}{",
        "{\"a\":1} 2",
        "{\"a\":[1]}",
        "{\"a\":[[]]}",
        "{\"a\":[null]}",
        "{\"a\":[\"x\"",
        "{\"a\":NaN}",
        "{\"a\":99999999999999999999}",
        "{a:1}"
      })
  void refusesWhatIsNoSuchObject(String text) {
    assertThatThrownBy(() -> JsonObject.parse(text)).isInstanceOf(IOException.class);
  }

  /// A hostile file exhausts no stack, whether it nests objects or arrays of them.
  @Test
  void refusesWhatIsNestedTooDeeply() throws IOException {
    for (String open : List.of("{\"a\":", "{\"a\":[")) {
      String close = open.endsWith("[") ? "]}" : "}";
      JsonObject.parse(open.repeat(20) + "{}" + close.repeat(20));
      String deep = open.repeat(100_000) + "{}" + close.repeat(100_000);
      assertThatThrownBy(() -> JsonObject.parse(deep)).isInstanceOf(IOException.class);
    }
  }
}
