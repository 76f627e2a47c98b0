package io.ringfence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.conform.SpecGraph;
import io.ringfence.conform.SpecGraph.Edge;
import io.ringfence.conform.SpecGraph.State;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import io.ringfence.trace.ValueParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is written down of a state graph is all that there is in it. */
class GraphRecordTest {
  private static final ActionCall GO = new ActionCall("Go", Map.of());

  private static String text(GraphRecord graph, int value) {
    int[] parts = graph.values()[value];
    GraphRecord.Shape shape = graph.shapes().get(parts[0]);
    List<String> inside = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      String part =
          shape.kind() == GraphRecord.Kind.TEXT
              ? graph.texts().get(parts[i])
              : text(graph, parts[i]);
      inside.add(
          switch (shape.kind()) {
            case TEXT, SET, SEQUENCE -> part;
            case RECORD -> shape.keys().get(i - 1) + " |-> " + part;
            case FUNCTION -> shape.keys().get(i - 1) + " :> " + part;
          });
    }
    return switch (shape.kind()) {
      case TEXT -> inside.get(0);
      case SET -> "{" + String.join(", ", inside) + "}";
      case SEQUENCE -> "<<" + String.join(", ", inside) + ">>";
      case RECORD -> "[" + String.join(", ", inside) + "]";
      case FUNCTION -> "(" + String.join(" @@ ", inside) + ")";
    };
  }

  /** The values of a state: its own, and for the others those of where the first edge began. */
  private static String[] values(GraphRecord graph, int state) {
    String[] values = new String[graph.variables().size()];
    if (Arrays.stream(graph.initial()).noneMatch(initial -> initial == state)) {
      int parent =
          IntStream.range(0, graph.edges().length)
              .filter(
                  from ->
                      IntStream.range(0, graph.edges()[from].length)
                          .anyMatch(i -> i % 2 == 1 && graph.edges()[from][i] == state))
              .findFirst()
              .orElseThrow();
      values = values(graph, parent);
    }
    int[] changed = graph.states()[state];
    for (int i = 0; i < changed.length; i += 2) {
      values[changed[i]] = text(graph, changed[i + 1]);
    }
    return values;
  }

  private static State state(String... values) {
    List<Value> parsed = Arrays.stream(values).map(ValueParser::parse).toList();
    return new State(parsed, false, true);
  }

  private static GraphRecord encoded(SpecGraph graph) {
    return GraphEncoder.encode("M", graph, Map.of());
  }

  private static Map<String, Trace> traces(RunRecord.ModelRecord model) {
    return model.claims().stream()
        .map(RunRecord.ClaimRecord::counterexample)
        .filter(Objects::nonNull)
        .collect(
            Collectors.toMap(
                RunRecord.CounterexampleRecord::file, RunRecord.CounterexampleRecord::trace));
  }

  @Test
  void aRunKeepsTheGraphsOfItsModelsWithTheWaysOfTheirCounterexamples() throws Exception {
    for (RunRecord.ModelRecord model : RunOfTwoModels.get().models()) {
      GraphRecord graph = model.graph();
      assertThat(graph.model()).isEqualTo(model.name());
      assertThat(graph.states().length)
          .isEqualTo((int) (model.conformance().states() + model.conformance().cut()));
      assertThat(Arrays.stream(graph.edges()).mapToInt(steps -> steps.length / 2).sum())
          .isEqualTo((int) model.conformance().edges());
      assertThat(graph.paths()).hasSize(1);
      graph
          .paths()
          .forEach(
              (name, path) -> {
                Trace trace = traces(model).get(name);
                assertThat(path).hasSize(2 * trace.states().size() - 1);
                for (TraceState state : trace.states()) {
                  int at = 2 * state.index();
                  assertThat(values(graph, path[at]))
                      .containsExactly(
                          graph.variables().stream()
                              .map(variable -> state.values().get(variable).toString())
                              .toArray(String[]::new));
                  if (state.action() != null) {
                    assertThat(graph.actions().get(path[at - 1]))
                        .isEqualTo(state.action().toString());
                  }
                }
              });
    }
  }

  @Test
  void eachKindOfValueIsWrittenWithItsParts() {
    String[] before = {
      "<<>>", "{1, {}}", "[a |-> \"<\", b |-> TRUE]", "(0 :> <<1, 2>> @@ {} :> -5)"
    };
    String[] after = {"<<>>", "{{1}}", "[a |-> \"<\", b |-> {}]", "(0 :> <<2>> @@ {} :> -5)"};
    SpecGraph graph =
        new SpecGraph(
            List.of("w", "x", "y", "z"),
            List.of(new State(state(before).values(), true, true), state(after)),
            List.of(new Edge(0, GO, 1), new Edge(1, GO, 1)));
    GraphRecord encoded = encoded(graph);
    for (int i = 0; i < 2; i++) {
      List<String> expected = graph.states().get(i).values().stream().map(Value::toString).toList();
      assertThat(values(encoded, i)).containsExactlyElementsOf(expected);
    }
    assertThat(encoded.states()[1]).hasSize(6);
    assertThat(encoded.values().length)
        .isEqualTo(Arrays.stream(encoded.values()).map(Arrays::toString).distinct().count());
  }

  @Test
  void parallelEdgesAreKeptAndStatesOutsideTheModelNamed() {
    SpecGraph graph =
        new SpecGraph(
            List.of("x"),
            List.of(
                new State(List.of(IntValue.of(0)), true, true),
                new State(List.of(IntValue.of(1)), false, false)),
            List.of(new Edge(0, GO, 1), new Edge(0, new ActionCall("Run", Map.of()), 1)));
    GraphRecord encoded = encoded(graph);
    assertThat(encoded.actions()).containsExactly("Go", "Run");
    assertThat(encoded.edges()[0]).containsExactly(0, 1, 1, 1);
    assertThat(encoded.edges()[1]).isEmpty();
    assertThat(encoded.initial()).containsExactly(0);
    assertThat(encoded.outside()).containsExactly(1);
  }

  @Test
  void aCounterexampleThatIsNotInTheGraphHasNoWay() {
    SpecGraph graph =
        new SpecGraph(
            List.of("x"), List.of(new State(List.of(IntValue.of(0)), true, true)), List.of());
    Trace other =
        new Trace(
            new TraceMeta(Map.of()),
            List.of("x"),
            List.of(new TraceState(0, null, Map.of("x", IntValue.of(7)))),
            Optional.empty());
    assertThat(GraphEncoder.encode("M", graph, Map.of("traces/a", other)).paths()).isEmpty();
  }
}
