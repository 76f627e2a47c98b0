package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.tlc.eval.Evaluator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A conformance check keeps the state graph of a small model as it goes. */
class GraphRecorderTest {
  private static final String SPEC = "SchedulerOwnership";
  private static final int STATES = 101;
  private static final int EDGES = 433;

  private static Evaluator s01() throws IOException {
    return Models.open("ownership", "MCOwnership", "S01.cfg");
  }

  private static @Nullable SpecGraph recorded(int states, int edges, Switches switches)
      throws IOException, InterruptedException {
    GraphRecorder recorder = new GraphRecorder(states, edges);
    try (Evaluator model = s01()) {
      Conformer.check(
          model,
          Bindings.open(SPEC, Models.constants(model, Bindings.constants(SPEC)), switches),
          List.of(),
          ConformListener.NONE,
          recorder);
    }
    return recorder.graph();
  }

  @Test
  void theGraphIsTheOneThatAnExplorationAloneFinds() throws Exception {
    try (Evaluator model = s01()) {
      SpecGraph graph = recorded(STATES, EDGES, Switches.NONE);
      assertThat(graph).isEqualTo(SpecGraph.of(model, STATES));
      assertThat(graph.states()).hasSize(STATES);
      assertThat(graph.edges()).hasSize(EDGES);
    }
  }

  @Test
  void aGraphWithOneStateOrEdgeTooManyIsNotKept() throws Exception {
    assertThat(recorded(STATES - 1, EDGES, Switches.NONE)).isNull();
    assertThat(recorded(STATES, EDGES - 1, Switches.NONE)).isNull();
  }

  @Test
  void aGraphThatWasNotExploredToTheEndIsNotKept() throws Exception {
    assertThat(recorded(STATES, EDGES, Switches.parse("-S-01"))).isNull();
  }
}
