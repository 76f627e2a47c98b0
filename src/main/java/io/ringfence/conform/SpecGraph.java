package io.ringfence.conform;

import io.ringfence.tlc.eval.Evaluator;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state graph of a small model.
 *
 * @param variables the names of the variables, in the order of each state's values
 * @param states each at the position that is its number
 * @param edges in the order of the states that they leave; parallel ones are kept
 */
public record SpecGraph(List<String> variables, List<State> states, List<Edge> edges) {

  /**
   * A state.
   *
   * @param initial whether the spec can begin there
   * @param inModel whether it satisfies the state constraints; no edge leaves it otherwise
   */
  public record State(List<Value> values, boolean initial, boolean inModel) {}

  /**
   * A step.
   *
   * @param from the number of the state that it leaves
   * @param to the number of the state that it leads to
   */
  public record Edge(int from, ActionCall action, int to) {}

  /** There are more states than were asked for. */
  private static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooMany() {
      super(null, null, false, false);
    }
  }

  /**
   * Explores a model breadth first.
   *
   * @param limit the most states that the graph may have
   * @return the whole graph, or null if it is larger
   */
  public static @Nullable SpecGraph of(Evaluator spec, int limit) {
    SpecSide side = new SpecSide(spec, List.of());
    GraphRecorder recorder = new GraphRecorder(limit, Integer.MAX_VALUE);
    try {
      recorder.start(side.initialStates());
      side.explore(
          expansion -> {
            recorder.add(expansion);
            if (!recorder.isSmall()) {
              throw new TooMany();
            }
          });
    } catch (TooMany e) {
      return null;
    }
    recorder.finish(spec, side.graph());
    return recorder.graph();
  }
}
