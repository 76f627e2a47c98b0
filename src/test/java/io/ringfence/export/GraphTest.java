package io.ringfence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ringfence.conform.GraphPath;
import io.ringfence.conform.SpecGraph;
import io.ringfence.conform.SpecGraph.Edge;
import io.ringfence.conform.SpecGraph.State;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A state graph in the formats of other tools. */
class GraphTest {
  private static final ActionCall GO = new ActionCall("Go", Map.of());
  private static final ActionCall SAY =
      new ActionCall("Say", Map.of("w", StringValue.of("\"];\\\n0 -> 9")));

  /** Two actions lead from 0 to 1; 2 lies outside of the model. */
  private static final SpecGraph GRAPH =
      new SpecGraph(
          List.of("x"),
          List.of(state(0, true, true), state(1, false, true), state(2, false, false)),
          List.of(new Edge(0, GO, 1), new Edge(0, SAY, 1), new Edge(1, GO, 2)));

  private static State state(int x, boolean initial, boolean inModel) {
    return new State(List.of(IntValue.of(x)), initial, inModel);
  }

  private static Trace trace(ActionCall action, int... values) {
    List<TraceState> states = new ArrayList<>();
    for (int value : values) {
      Map<String, Value> named = Map.of("x", IntValue.of(value));
      states.add(new TraceState(states.size(), states.isEmpty() ? null : action, named));
    }
    return new Trace(new TraceMeta(Map.of()), List.of("x"), states, Optional.empty());
  }

  @Test
  void dotKeepsParallelEdgesAndMarksTheOneThatWasTaken() {
    assertThat(GraphDot.write("M\"x", GRAPH, GraphPath.of(trace(SAY, 0, 1), GRAPH)))
        .isEqualTo(
            """
            digraph "M\\"x" {
              node [shape=box]
              0 [tooltip="x = 0", peripheries=2, color=red, penwidth=2]
              1 [tooltip="x = 1", color=red, penwidth=2]
              2 [tooltip="x = 2", style=dashed]
              0 -> 1 [label="Go"]
              0 -> 1 [label="Say(\\"];\\\\\\n0 -> 9)", color=red, penwidth=2]
              1 -> 2 [label="Go"]
            }
            """);
  }

  @Test
  void jsonSaysTheSame() throws IOException {
    JsonNode json =
        new ObjectMapper()
            .readTree(GraphJson.write("M", GRAPH, GraphPath.of(trace(GO, 0, 1, 2), GRAPH)));
    assertThat(json.get("states").findValuesAsText("id")).containsExactly("0", "1", "2");
    assertThat(json.get("states").findValuesAsText("initial"))
        .containsExactly("true", "false", "false");
    assertThat(json.get("states").findValuesAsText("inModel"))
        .containsExactly("true", "true", "false");
    assertThat(json.get("edges").findValuesAsText("action")).containsExactly("Go", "Say", "Go");
    assertThat(json.get("edges").findValuesAsText("onTrace"))
        .containsExactly("true", "false", "true");
    assertThat(json.at("/edges/1/arguments/w").asText()).isEqualTo("\"\\\"];\\\\\\n0 -> 9\"");
  }

  @Test
  void aTraceOfAnotherModelIsRefused() {
    assertThatThrownBy(() -> GraphPath.of(trace(GO, 7), GRAPH)).hasMessageContaining("state 0");
    assertThatThrownBy(() -> GraphPath.of(trace(GO, 1, 2), GRAPH)).hasMessageContaining("state 0");
    assertThatThrownBy(() -> GraphPath.of(trace(SAY, 0, 1, 2), GRAPH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no edge Say");
  }
}
