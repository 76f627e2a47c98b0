package io.ringfence.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.conform.GraphPath;
import io.ringfence.conform.SpecGraph;
import java.util.Set;

/**
 * A state graph as JSON: values are TLA+ text, {@code onTrace} marks the way of a trace. A state's
 * {@code id} is what {@code from} and {@code to} of an edge say.
 */
public final class GraphJson {
  private GraphJson() {}

  /** Writes a graph. */
  public static String write(String name, SpecGraph graph, GraphPath path) {
    Set<Integer> places = Set.copyOf(path.states());
    Set<Integer> steps = Set.copyOf(path.edges());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("model", name);
    ArrayNode variables = json.putArray("variables");
    graph.variables().forEach(variables::add);
    ArrayNode states = json.putArray("states");
    for (int i = 0; i < graph.states().size(); i++) {
      SpecGraph.State state = graph.states().get(i);
      ObjectNode node = states.addObject().put("id", i);
      node.put("initial", state.initial()).put("inModel", state.inModel());
      node.put("onTrace", places.contains(i));
      ObjectNode values = node.putObject("values");
      for (int v = 0; v < graph.variables().size(); v++) {
        values.put(graph.variables().get(v), state.values().get(v).toString());
      }
    }
    ArrayNode edges = json.putArray("edges");
    for (int i = 0; i < graph.edges().size(); i++) {
      SpecGraph.Edge edge = graph.edges().get(i);
      ObjectNode node = edges.addObject().put("from", edge.from()).put("to", edge.to());
      node.put("action", edge.action().name());
      ObjectNode arguments = node.putObject("arguments");
      edge.action()
          .arguments()
          .forEach((argument, value) -> arguments.put(argument, value.toString()));
      node.put("onTrace", steps.contains(i));
    }
    return json.toPrettyString() + "\n";
  }
}
