package io.ringfence.conform;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.binding.Switches;
import io.ringfence.binding.catalog.Bindings;
import io.ringfence.tlc.eval.Evaluator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who waits for a conformance check hears how far it is. */
class ConformProgressTest {
  private static final String SPEC = "SchedulerOwnership";

  private record Heard(long states, long edges, long queue) {}

  @Test
  void theQueueIsTheStatesThatWereFoundAndNotYetPerformed() throws Exception {
    List<Heard> heard = new ArrayList<>();
    Conformance done;
    try (Evaluator spec = Models.open("ownership", "MCOwnership", "B502.cfg")) {
      done =
          Conformer.check(
              spec,
              Bindings.open(SPEC, Models.constants(spec, Bindings.constants(SPEC)), Switches.NONE),
              List.of(),
              (states, edges, queue) -> heard.add(new Heard(states, edges, queue)));
    }

    assertThat(heard).hasSizeGreaterThan(1);
    assertThat(heard)
        .allSatisfy(
            now -> {
              assertThat(now.queue()).isPositive();
              assertThat(now.states() + now.queue()).isLessThanOrEqualTo(done.states());
            });
  }
}
