package io.ringfence.export;

import io.ringfence.conform.GraphPath;
import io.ringfence.conform.SpecGraph;
import java.util.Set;
import java.util.StringJoiner;

/**
 * A state graph for Graphviz: states by number with their values as tooltip, initial ones with two
 * frames, those outside the model dashed, a trace in red.
 */
public final class GraphDot {
  private static final String MARKED = ", color=red, penwidth=2";

  private GraphDot() {}

  /** Writes a graph. */
  public static String write(String name, SpecGraph graph, GraphPath path) {
    Set<Integer> states = Set.copyOf(path.states());
    Set<Integer> edges = Set.copyOf(path.edges());
    StringBuilder text = new StringBuilder();
    // Not "strict", for which parallel edges would be one.
    text.append("digraph ").append(quoted(name)).append(" {\n  node [shape=box]\n");
    for (int i = 0; i < graph.states().size(); i++) {
      SpecGraph.State state = graph.states().get(i);
      text.append("  ")
          .append(i)
          .append(" [tooltip=")
          .append(quoted(values(graph, state)))
          .append(state.initial() ? ", peripheries=2" : "")
          .append(state.inModel() ? "" : ", style=dashed")
          .append(states.contains(i) ? MARKED : "")
          .append("]\n");
    }
    for (int i = 0; i < graph.edges().size(); i++) {
      SpecGraph.Edge edge = graph.edges().get(i);
      text.append("  ")
          .append(edge.from())
          .append(" -> ")
          .append(edge.to())
          .append(" [label=")
          .append(quoted(edge.action().toString()))
          .append(edges.contains(i) ? MARKED : "")
          .append("]\n");
    }
    return text.append("}\n").toString();
  }

  private static String values(SpecGraph graph, SpecGraph.State state) {
    StringJoiner values = new StringJoiner("\n");
    for (int i = 0; i < graph.variables().size(); i++) {
      values.add(graph.variables().get(i) + " = " + state.values().get(i));
    }
    return values.toString();
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.codePoints()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
              } else if (c == '\n') {
                quoted.append("\\n");
              } else {
                quoted.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
              }
            });
    return quoted.append('"').toString();
  }
}
