package io.ringfence.tlc.eval;

import static io.ringfence.tlc.TlaResources.file;
import static io.ringfence.tlc.TlaResources.tlcJar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.tlc.TlaResources;
import io.ringfence.tlc.TlcOutcome;
import io.ringfence.tlc.TlcResult;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  private static Evaluator open(String module, String config) throws IOException {
    return Evaluators.open(
        file(module + ".tla"), file(config + ".cfg"), List.of(), tlcJar());
  }

  @ParameterizedTest
  @CsvSource({
    "Counter, Counter",
    "Constrained, Constrained",
    "Queues, QueuesAll",
    "Queues, QueuesConstrained",
    "Deadlock, Deadlock",
    "Refined, Refined"
  })
  void findsTheStatesAndEdgesThatTlcCounts(String module, String config) throws Exception {
    TlcResult result = TlaResources.runWithoutDeadlockCheck(module, config);
    try (Evaluator evaluator = open(module, config)) {
      StateGraph graph = StateGraph.explore(evaluator);

      if (result.outcome() instanceof TlcOutcome.Success) {
        assertThat(graph.states).hasSize((int) result.statistics().distinct().getAsLong());
        assertThat(graph.initial + graph.edges.size())
            .isEqualTo((int) result.statistics().generated().getAsLong());
      } else {
        assertThat(result.outcome()).isInstanceOf(TlcOutcome.Violated.class);
        assertThat(graph.states)
            .hasSizeGreaterThanOrEqualTo((int) result.statistics().distinct().getAsLong());
      }
    }
  }

  @Test
  void namesActionsByTheirOperatorAndArgumentsByItsParameters() throws Exception {
    try (Evaluator evaluator = open("Queues", "QueuesAll")) {
      assertThat(evaluator.actions())
          .extracting(ActionInstance::toString)
          .containsExactly(
              "Append2(t1, 1)",
              "Append2(t1, 2)",
              "Append2(t2, 1)",
              "Append2(t2, 2)",
              "Take(t1)",
              "Grab(t1, t1)",
              "Grab(t1, t2)",
              "Grab(t1, Nobody)",
              "Take(t2)",
              "Grab(t2, t1)",
              "Grab(t2, t2)",
              "Grab(t2, Nobody)",
              "Release",
              "Forget");
      assertThat(evaluator.actions().get(1).arguments())
          .containsExactly(
              Map.entry("t", StringValue.of("t1")), Map.entry("n", IntValue.of(2)));
      assertThat(evaluator.actions().get(5).arguments()).containsOnlyKeys("t", "previous");
    }
  }
}
