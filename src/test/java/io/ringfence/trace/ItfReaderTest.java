package io.ringfence.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of other tools are read; a file that is no trace gets a message with line and column. */
class ItfReaderTest {
  private static final String GOOD =
      """
      {"#meta": {"format": "ITF"}, "vars": ["x"],
       "states": [
        {"#meta": {"index": 0}, "x": {"#bigint": "1"}},
        {"#meta": {"index": 1, "action": "Step", "parameters": {"by": {"#bigint": "2"}}}, "x": {"#bigint": "3"}}
       ]}
      """;

  @TempDir private Path folder;

  private static Trace read(String text) throws IOException {
    return ItfReader.read(new StringReader(text), "t.itf.json");
  }

  @Test
  void readsActionsWithTheirArguments() throws IOException {
    Trace trace = read(GOOD);
    assertThat(trace.states()).hasSize(2);
    assertThat(trace.states().get(0).action()).isNull();
    assertThat(trace.states().get(1).action()).hasToString("Step(2)");
    assertThat(trace.states().get(1).values()).containsEntry("x", IntValue.of(3));
  }

  @Test
  void readsALoopWithAndWithoutTheActionThatLeadsBack() throws IOException {
    String loop = GOOD.replace("]}", "], \"loop\": 0}");
    assertThat(read(loop).loop()).contains(new Loop(0, null));
    Trace named =
        read(
            loop.replace(
                "\"ITF\"",
                "\"ITF\", \"loopAction\": {\"action\": \"Back\", \"parameters\": {\"by\": 2}}"));
    assertThat(named.loop())
        .contains(new Loop(0, new ActionCall("Back", Map.of("by", IntValue.of(2)))));
    assertThat(named.meta().entries()).isEmpty();
    assertThat(named.path()).hasSize(3);
    assertThat(named.path().get(2).values()).isEqualTo(named.states().get(0).values());
    assertThat(named.path().get(2).action()).hasToString("Back(2)");
    assertThat(named.ending()).isEqualTo("back to step 0, for ever");
  }

  @Test
  void aLoopToTheLastStateWithoutAnActionIsThatNothingHappens() throws IOException {
    Trace trace = read(GOOD.replace("]}", "], \"loop\": 1}"));
    assertThat(trace.stutters()).isTrue();
    assertThat(trace.path()).isEqualTo(trace.states());
    assertThat(trace.ending()).isEqualTo("after step 1 nothing happens, for ever");
    assertThat(read(GOOD.replace("]}", "], \"loop\": null}")).ending()).isEmpty();
  }

  @Test
  void readsAFileThatBeginsWithAByteOrderMark() throws IOException {
    Path file = folder.resolve("bom.itf.json");
    Files.writeString(file, "\uFEFF" + GOOD);
    assertThat(ItfReader.read(file)).isEqualTo(read(GOOD));
  }

  @Test
  void readsPlainNumbersAndVariablesListedTwiceAsOlderToolsWriteThem() throws IOException {
    Trace trace = read("{\"vars\": [\"x\", \"x\"], \"states\": [{\"x\": 7}]}");
    assertThat(trace.variables()).containsExactly("x");
    assertThat(trace.states().get(0).values()).containsEntry("x", IntValue.of(7));
  }

  @Test
  void equalValuesBecomeOneObject() throws IOException {
    Trace trace =
        read("{\"vars\": [\"x\"], \"states\": [{\"x\": {\"a\": 1}}, {\"x\": {\"a\": 1}}]}");
    assertThat(trace.states().get(0).values().get("x"))
        .isSameAs(trace.states().get(1).values().get("x"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "no vars           | {\"states\": [{\"x\": 1}]}                                  | vars",
        "no states         | {\"vars\": [\"x\"]}                                         | states",
        "empty states      | {\"vars\": [\"x\"], \"states\": []}                         | no states",
        "a missing value   | {\"vars\": [\"x\", \"y\"], \"states\": [{\"x\": 1}]}        | no value for the variable",
        "an extra variable | {\"vars\": [\"x\"], \"states\": [{\"x\": 1, \"y\": 1}]}     | which is no variable",
        "a loop too far    | {\"vars\": [\"x\"], \"states\": [{\"x\": 1}], \"loop\": 1}  | loop",
        "a loop before all | {\"vars\": [\"x\"], \"states\": [{\"x\": 1}], \"loop\": -1} | a number from 0",
        "a half loop       | {\"vars\": [\"x\"], \"states\": [{\"x\": 1}], \"loop\": 0.5} | a number from 0",
        "a huge loop       | {\"vars\": [\"x\"], \"states\": [{\"x\": 1}], \"loop\": 4294967296} | a number from 0",
        "a loop in words   | {\"vars\": [\"x\"], \"states\": [{\"x\": 1}], \"loop\": \"0\"} | a number from 0",
        "an action no loop | {\"#meta\": {\"loopAction\": {\"action\": \"A\"}}, \"vars\": [\"x\"], \"states\": [{\"x\": 1}]} | without a loop",
        "a nameless action | {\"#meta\": {\"loopAction\": {}}, \"vars\": [\"x\"], \"states\": [{\"x\": 1}], \"loop\": 0} | has no name",
        "an action in text | {\"#meta\": {\"loopAction\": \"A\"}, \"vars\": [\"x\"], \"states\": [{\"x\": 1}], \"loop\": 0} | the action of the loop",
        "a list for states | {\"vars\": [\"x\"], \"states\": {}}                         | states",
        "a fraction        | {\"vars\": [\"x\"], \"states\": [{\"x\": 1.5}]}             | a value",
        "null              | {\"vars\": [\"x\"], \"states\": [{\"x\": null}]}            | a value",
        "no digits         | {\"vars\": [\"x\"], \"states\": [{\"x\": {\"#bigint\": \"one\"}}]} | digits",
        "an unknown tag    | {\"vars\": [\"x\"], \"states\": [{\"x\": {\"#list\": []}}]} | #list",
        "a map entry of 3  | {\"vars\": [\"x\"], \"states\": [{\"x\": {\"#map\": [[1, 2, 3]]}}]} | 3 elements",
        "two results       | {\"vars\": [\"x\"], \"states\": [{\"x\": {\"#map\": [[1, 2], [1, 3]]}}]} | two results",
        "a wrong index     | {\"vars\": [\"x\"], \"states\": [{\"#meta\": {\"index\": 4}, \"x\": 1}]} | index is 4",
        "something behind  | {\"vars\": [\"x\"], \"states\": [{\"x\": 1}]} true          | t.itf.json",
        "an array at top   | [1]                                                          | a trace",
        "half a file       | {\"vars\": [\"x\"], \"states\": [{\"x\": {\"#big            | t.itf.json",
        "nothing           | ~~                                                           | t.itf.json",
      })
  void refuses(String what, String text, String message) {
    assertThatThrownBy(() -> read(text))
        .as(what)
        .isInstanceOf(ItfFormatException.class)
        .hasMessageContaining(message)
        .hasMessageMatching("(?s)t\\.itf\\.json:\\d+:\\d+: .*");
  }

  @Test
  void refusesBytesThatAreNotUtf8() throws IOException {
    Path file = folder.resolve("latin1.itf.json");
    Files.write(
        file,
        "{\"vars\": [\"x\"], \"states\": [{\"x\": \"\u00e4\"}]}"
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ItfReader.read(file))
        .isInstanceOf(ItfFormatException.class)
        .hasMessageContaining("latin1.itf.json");
  }
}
