package io.ringfence.report;

import io.ringfence.verify.GraphRecord;
import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.StringJoiner;

/**
 * The page of a model's state graph.
 *
 * @param data the graph with its layout, for the page's script
 * @param edges the number of edges
 * @param lines the number of edges that are drawn: of parallel ones only one is
 * @param layers what a reader who does not see the picture can know of it
 */
public record GraphPage(
    RunRecord.ModelRecord model,
    GraphRecord graph,
    String data,
    int edges,
    int lines,
    List<Way> ways,
    List<Layer> layers) {

  /**
   * A counterexample.
   *
   * @param id its place on the page
   * @param property the id of the property that is violated
   * @param steps its way through the graph; empty if it is not in it
   */
  public record Way(
      String id,
      String property,
      RunRecord.CounterexampleRecord counterexample,
      List<Step> steps) {}

  /**
   * A step of a counterexample.
   *
   * @param action with its arguments, or {@code initial state}
   * @param state the number of the state that it leads to
   */
  public record Step(String action, int state) {}

  /**
   * The states at one distance from the initial ones.
   *
   * @param edges the edges that leave them
   * @param onWays those that a counterexample goes through
   */
  public record Layer(int states, int edges, int onWays) {}

  static GraphPage of(RunRecord run, RunRecord.ModelRecord model, GraphRecord graph) {
    GraphLayout layout = GraphLayout.of(graph);
    int edges = 0;
    int lines = 0;
    BitSet targets = new BitSet();
    for (int[] steps : graph.edges()) {
      targets.clear();
      for (int i = 1; i < steps.length; i += 2) {
        targets.set(steps[i]);
      }
      edges += steps.length / 2;
      lines += targets.cardinality();
    }
    return new GraphPage(
        model,
        graph,
        data(graph, layout),
        edges,
        lines,
        ways(run, model, graph),
        layers(graph, layout));
  }

  /** A {@code <} only occurs in strings of JSON; without it no text can end the script. */
  private static String data(GraphRecord graph, GraphLayout layout) {
    StringJoiner places = new StringJoiner(",", "[", "]");
    for (double place : layout.places()) {
      places.add(Double.toString(Math.round(place * 10) / 10.0));
    }
    StringJoiner layers = new StringJoiner(",", "[", "]");
    for (int layer : layout.layers()) {
      layers.add(Integer.toString(layer));
    }
    String text =
        "{\"layers\":" + layers + ",\"places\":" + places + ",\"graph\":" + graph.json() + "}";
    return text.replace("<", "\\u003c");
  }

  private static List<Way> ways(RunRecord run, RunRecord.ModelRecord model, GraphRecord graph) {
    List<Way> ways = new ArrayList<>();
    for (RunRecord.ClaimRecord claim : model.claims()) {
      RunRecord.CounterexampleRecord found = claim.counterexample();
      if (found != null) {
        String operator = claim.violated() == null ? "" : claim.violated();
        ways.add(
            new Way(
                Pages.slug(found.file()),
                Evidence.id(run, model, operator),
                found,
                steps(graph, graph.paths().getOrDefault(found.file(), new int[0]))));
      }
    }
    return ways;
  }

  private static List<Step> steps(GraphRecord graph, int[] path) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < path.length; i += 2) {
      steps.add(new Step(i == 0 ? "initial state" : graph.actions().get(path[i - 1]), path[i]));
    }
    return steps;
  }

  private static List<Layer> layers(GraphRecord graph, GraphLayout layout) {
    BitSet onWays = new BitSet();
    for (int[] path : graph.paths().values()) {
      for (int i = 0; i < path.length; i += 2) {
        onWays.set(path[i]);
      }
    }
    int[] states = new int[layout.depth()];
    int[] edges = new int[layout.depth()];
    int[] marked = new int[layout.depth()];
    for (int i = 0; i < graph.states().length; i++) {
      int layer = layout.layers()[i];
      states[layer]++;
      edges[layer] += graph.edges()[i].length / 2;
      marked[layer] += onWays.get(i) ? 1 : 0;
    }
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < states.length; i++) {
      layers.add(new Layer(states[i], edges[i], marked[i]));
    }
    return layers;
  }
}
