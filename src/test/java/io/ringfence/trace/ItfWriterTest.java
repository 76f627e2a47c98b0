package io.ringfence.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ItfWriterTest {
  @TempDir private Path folder;

  private static Trace traceOf(Value x) {
    return new Trace(
        new TraceMeta(Map.of(TraceMeta.MODEL, "M")),
        List.of("x"),
        List.of(new TraceState(0, null, Map.of("x", x))),
        Optional.empty());
  }

  @Test
  void writesOneVariableALine() throws IOException {
    Map<String, Value> arguments = new LinkedHashMap<>();
    arguments.put("k", StringValue.of("k0"));
    arguments.put("i", IntValue.of(1));
    Trace trace =
        new Trace(
            new TraceMeta(Map.of(TraceMeta.MODEL, "M")),
            List.of("pc", "own"),
            List.of(
                new TraceState(
                    0, null, Map.of("pc", ValueParser.parse("[k0 |-> 1]"), "own", SetValue.EMPTY)),
                new TraceState(
                    1,
                    new ActionCall("G3", arguments),
                    Map.of(
                        "pc",
                        ValueParser.parse("(\"#\" :> <<TRUE, Int>>)"),
                        "own",
                        ValueParser.parse("{(0 :> 1)}")))),
            Optional.of(new Loop(0, new ActionCall("G4", Map.of("k", StringValue.of("k0"))))));
    StringWriter out = new StringWriter();
    ItfWriter.write(trace, out);
    assertThat(out)
        .hasToString(
            """
            {
              "#meta": {
                "format": "ITF",
                "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
                "model": "M",
                "loopAction": {
                  "action": "G4",
                  "parameters": {"k": "k0"}
                }
              },
              "vars": [
                "pc",
                "own"
              ],
              "states": [
                {
                  "#meta": {"index": 0},
                  "pc": {"k0": {"#bigint": "1"}},
                  "own": {"#set": []}
                },
                {
                  "#meta": {"index": 1, "action": "G3", "parameters": {"k": "k0", "i": \
            {"#bigint": "1"}}},
                  "pc": {"#map": [["#", [true, {"#unserializable": "Int"}]]]},
                  "own": {"#set": [{"#map": [[{"#bigint": "0"}, {"#bigint": "1"}]]}]}
                }
              ],
              "loop": 0
            }
            """);
  }

  @Test
  void replacesAFileAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("new/t.itf.json");
    ItfWriter.write(traceOf(IntValue.of(1)), file);
    ItfWriter.write(traceOf(IntValue.of(2)), file);
    assertThat(ItfReader.read(file)).isEqualTo(traceOf(IntValue.of(2)));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void keepsTheOldFileWhenATraceCannotBeWritten() throws IOException {
    Path file = folder.resolve("t.itf.json");
    ItfWriter.write(traceOf(IntValue.of(1)), file);
    Value deep = IntValue.of(1);
    for (int i = 0; i < 2000; i++) {
      deep = SeqValue.of(deep);
    }
    Trace unwritable = traceOf(deep);
    assertThatThrownBy(() -> ItfWriter.write(unwritable, file)).isInstanceOf(IOException.class);
    assertThat(ItfReader.read(file)).isEqualTo(traceOf(IntValue.of(1)));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void writesNothingInvisible() throws IOException {
    StringWriter out = new StringWriter();
    ItfWriter.write(traceOf(StringValue.of("\u202e\u0000\ud800\u007f\u00e9")), out);
    assertThat(out.toString())
        .contains("\\u202E\\u0000\\uD800\\u007F\\u00E9")
        .matches("[\\x20-\\x7e\\n]*");
  }
}
