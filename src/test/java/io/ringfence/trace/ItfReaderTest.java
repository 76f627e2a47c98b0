package io.ringfence.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ItfReaderTest {
  private static Trace read(String text) throws IOException {
    return ItfReader.read(new StringReader(text), "t.itf.json");
  }

  /** Read {@code x} of a trace with one state. */
  private static Value readValue(String expression) throws IOException {
    return read("{\"vars\":[\"x\"],\"states\":[{\"x\":" + expression + "}]}")
        .states()
        .get(0)
        .values()
        .get("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "true ~ TRUE",
        "\"s\" ~ \"s\"",
        "{\"#bigint\": \"-007\"} ~ -7",
        "5 ~ 5",
        "[1, [2]] ~ <<1, <<2>>>>",
        "{\"#tup\": [1, true]} ~ <<1, TRUE>>",
        "{\"#set\": [2, 1, {\"#bigint\": \"1\"}]} ~ {1, 2}",
        "{\"#map\": [[2, \"b\"], [1, \"a\"]]} ~ <<\"a\", \"b\">>",
        "{\"#map\": [[\"k\", 1]]} ~ [k |-> 1]",
        "{\"#map\": [[0, 1]]} ~ (0 :> 1)",
        "{\"#map\": []} ~ <<>>",
        "{} ~ <<>>",
        "{\"b\": 1, \"a\": {}} ~ [a |-> <<>>, b |-> 1]",
        "{\"#unserializable\": \"Int\"} ~ Int",
        "{\"tag\": \"None\", \"value\": {\"#tup\": []}} ~ [tag |-> \"None\", value |-> <<>>]",
      })
  void readsEveryKindAsItsCanonicalValue(String expression, String value) throws IOException {
    assertThat(readValue(expression)).hasToString(value);
  }

  @Test
  void readsOrderedActionsMetaAndLoop() throws IOException {
    Trace trace =
        read(
            """
            {"states": [
               {"y": 0, "#meta": {"index": 0, "more": [1]}, "x": true},
               {"x": false, "y": 1,
                "#meta": {"action": "G3", "parameters": {"k": "k0", "i": 2}}}],
             "loop": 1, "vars": ["x", "y"], "extension": {"a": [1]},
             "#meta": {"format": "ITF", "model": "m", "timestamp": 17, "varTypes": {"x": "Bool"}}}
            """);
    assertThat(trace.variables()).containsExactly("x", "y");
    assertThat(trace.loop()).isEqualTo(OptionalInt.of(1));
    assertThat(trace.meta().entries())
        .containsExactly(
            Map.entry("model", "m"),
            Map.entry("timestamp", "17"),
            Map.entry("varTypes", "{\"x\":\"Bool\"}"));
    assertThat(trace.states().get(0).action()).isNull();
    assertThat(trace.states().get(0).values())
        .containsExactly(Map.entry("x", BoolValue.TRUE), Map.entry("y", IntValue.of(0)));
    assertThat(trace.states().get(1).action()).hasToString("G3(k0, 2)");
  }

  @Test
  void takesAVariableThatQuintListsTwiceOnce() throws IOException {
    assertThat(
            read("{\"vars\":[\"mbt::a\",\"x\",\"mbt::a\"],\"states\":[{\"x\":1,\"mbt::a\":2}]}")
                .variables())
        .containsExactly("mbt::a", "x");
  }

  @Test
  void readsAFileWithAByteOrderMark(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("bom.itf.json");
    Files.writeString(file, "\uFEFF{\"vars\":[\"x\"],\"states\":[{\"x\":1}]}");
    assertThat(ItfReader.read(file).states()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "`` ~ 1:1: the file ends where the trace should begin. Give a file in ITF.",
        "hello ~ 1:6: this is not JSON: Unrecognized token 'hello'",
        "[] ~ 1:1: a trace must be an object {..}, not a list. Correct the file.",
        "{\"vars\": [\"x\"], \"states\": [{\"x\": ~ at /states/0/x: the file ends in the middle",
        "{\"vars\": [\"x\"], \"states\": [{\"x\": 1}] ~ the file ends in the middle of the trace",
        "{\"vars\": []} ~ 1:1: a trace must have \"vars\" and \"states\"; there is no \"states\"",
        "{\"states\": []} ~ there is no \"vars\"",
        "{\"vars\": [], \"states\": []} ~ the trace has no states",
        "{\"vars\": [1], \"states\": []} ~ 1:11: at /vars/0: the name of a variable must be a"
            + " string \"..\", not the number 1",
        "{\"vars\": [\"#x\"], \"states\": []} ~ begins with '#'",
        "{\"vars\": [\"x\"], \"states\": [{}]} ~ 1:29: at /states/0: state 0 has no value for"
            + " the variable \"x\"",
        "{\"vars\": [], \"states\": [{\"y\": 1}]} ~ state 0 has \"y\", which is no variable",
        "{\"vars\": [], \"vars\": []} ~ Duplicate Object property \"vars\". Remove one",
        "{\"vars\": [\"x\"], \"states\": [{\"x\": {\"a\": 1, \"a\": 2}}]} ~ at /states/0/x",
        "{\"vars\": [], \"states\": [{\"#meta\": {\"index\": 4}}]} ~ says that its index is 4",
        "{\"vars\": [], \"states\": [{\"#meta\": {\"parameters\": {}}}]} ~ without an action",
        "{\"vars\": [], \"states\": [{\"#meta\": {\"action\": 1}}]} ~ action of a state must be",
        "{\"vars\": [], \"states\": [{}], \"loop\": 1} ~ 1:37: at /loop: the loop leads to state"
            + " 1 of 1",
        "{\"vars\": [], \"states\": [{}], \"loop\": -1} ~ loop must be a number from 0, not the",
        "{\"vars\": [], \"states\": [{}]} {} ~ 1:30: something follows the trace",
        "{\"vars\": [], \"states\": {}} ~ states must be a list [..], not an object",
        "{\"#meta\": 1} ~ #meta of the trace must be an object {..}, not the number 1",
      })
  void saysWhatIsWrongWithAFile(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(ItfFormatException.class)
        .hasMessageStartingWith("t.itf.json:")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "null ~ at /states/0/x: a value must be true, false, a string",
        "1.5 ~ not the number 1.5",
        "{\"#bigint\": 1} ~ #bigint must be a string \"..\", not the number 1",
        "{\"#bigint\": \"1e3\"} ~ an integer must be digits, not \"1e3\"",
        "{\"#bigint\": \"\"} ~ an integer must be digits",
        "{\"#set\": 1} ~ at /states/0/x/#set: #set must be a list",
        "{\"#tuple\": []} ~ ITF has no tag \"#tuple\". Use #bigint, #tup",
        "{\"#set\": [], \"a\": 1} ~ something follows #set in its object",
        "{\"a\": 1, \"#b\": 1} ~ a record has the field \"#b\"",
        "{\"#map\": [1]} ~ at /states/0/x/#map/0: an entry of #map must be a list",
        "{\"#map\": [[1]]} ~ an entry of #map has 1 elements. Write each entry as",
        "{\"#map\": [[1, 2], [1, 3]]} ~ #map has two results for \"1\"",
        "{\"\\u001b[31m\\u202e\": null} ~ at /states/0/x/\\u001b[31m\\u202e: a value must",
      })
  void saysWhatIsWrongWithAValue(String expression, String message) {
    assertThatThrownBy(() -> readValue(expression))
        .isInstanceOf(ItfFormatException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"[, 1000000", "'{\"a\":', 1000000", "'{\"#set\":[', 1000000"})
  void refusesAbsurdDepth(String opening, int times) {
    assertThatThrownBy(() -> readValue(opening.repeat(times)))
        .isInstanceOf(ItfFormatException.class)
        .hasMessageContaining("nesting depth");
  }

  @Test
  void refusesAbsurdNumbers() {
    assertThatThrownBy(() -> readValue("{\"#bigint\": \"" + "9".repeat(5_000_000) + "\"}"))
        .isInstanceOf(ItfFormatException.class)
        .hasMessageContaining("more than 10000 digits");
    assertThatThrownBy(() -> readValue("9".repeat(100_000))).isInstanceOf(ItfFormatException.class);
  }

  @Test
  void refusesBytesThatAreNotUtf8(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("latin.itf.json");
    Files.write(file, new byte[] {'{', '"', (byte) 0xe9, '"', ':', '1', '}'});
    assertThatThrownBy(() -> ItfReader.read(file))
        .isInstanceOf(ItfFormatException.class)
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void refusesEveryProperPrefixOfAFile() {
    String whole =
        "{\"#meta\":{\"a\":\"b\"},\"vars\":[\"x\"],\"states\":[{\"#meta\":{\"index\":0,"
            + "\"action\":\"A\",\"parameters\":{\"p\":{\"#bigint\":\"1\"}}},"
            + "\"x\":{\"#map\":[[{\"#set\":[true]},{\"f\":[\"\\u0041\"]}]]}}],\"loop\":0}";
    for (int length = 0; length < whole.length(); length++) {
      String prefix = whole.substring(0, length);
      assertThatThrownBy(() -> read(prefix)).as(prefix).isInstanceOf(ItfFormatException.class);
    }
  }

  @Test
  void leavesAMissingFileToTheCaller(@TempDir Path folder) {
    assertThatThrownBy(() -> ItfReader.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
