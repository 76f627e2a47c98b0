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
import io.ringfence.trace.ValueParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
  private static Evaluator open(String module, String config) throws IOException {
    return Evaluators.open(file(module + ".tla"), file(config + ".cfg"), List.of(), tlcJar());
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
          .containsExactly(Map.entry("t", StringValue.of("t1")), Map.entry("n", IntValue.of(2)));
      assertThat(evaluator.actions().get(5).arguments()).containsOnlyKeys("t", "previous");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Wrapped; WrappedLetNext; Bounded(1) Bounded(2) Down",
        "Wrapped; WrappedPlain; Plain",
        "Wrapped; WrappedPlainChoice; PlainChoice(1) PlainChoice(2)",
        "Wrapped; WrappedSwapped; Swap(3, 1) Swap(3, 2)",
        "Wrapped; WrappedNested; Up(1) Down Up(2) Down",
        "Wrapped; WrappedLabelledNext; Labelled(1)",
        "Wrapped; WrappedTwoWaysNext; TwoWays(1) TwoWays(1)",
        "HiddenByInstance; NamedByInstance; A!Up(1) A!Up(2) A!Down"
      })
  void findsTheActionsOfANextRelation(String module, String config, String expected)
      throws Exception {
    try (Evaluator evaluator = open(module, config)) {
      assertThat(
              evaluator.actions().stream()
                  .map(ActionInstance::toString)
                  .collect(Collectors.joining(" ")))
          .isEqualTo(expected);
    }
  }

  @Test
  void mapsArgumentsToParametersInTheOrderOfTheDefinition() throws Exception {
    try (Evaluator evaluator = open("Wrapped", "WrappedSwapped")) {
      assertThat(evaluator.actions().get(0).arguments())
          .containsExactly(Map.entry("a", IntValue.of(3)), Map.entry("b", IntValue.of(1)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Wrapped, WrappedConjoined, hides a choice",
    "Wrapped, WrappedOverState, hides a choice",
    "Wrapped, WrappedOfState, is not a constant",
    "HiddenByInstance, HiddenByInstance, hides a choice"
  })
  void refusesANextRelationThatHidesWhichActionAStepIs(
      String module, String config, String message) {
    assertThatThrownBy(() -> open(module, config))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("of module " + module)
        .hasMessageContaining("Write Next as a disjunction");
  }

  @Test
  void givesParallelEdgesOneByOne() throws Exception {
    try (Evaluator evaluator = open("Queues", "QueuesAll")) {
      SpecState free =
          evaluator.initialStates().stream()
              .filter(state -> evaluator.values(state)[1].equals(StringValue.of("Nobody")))
              .findFirst()
              .orElseThrow();
      List<String> toItself = new ArrayList<>();
      evaluator.successors(
          free,
          (action, next) -> {
            if (evaluator.fingerprint(next) == evaluator.fingerprint(free)) {
              toItself.add(evaluator.actions().get(action).toString());
            }
          });

      assertThat(toItself).containsExactly("Release", "Forget");
    }
  }

  @Test
  void givesValuesInTheOrderOfTheVariablesAndSharesEqualOnes() throws Exception {
    try (Evaluator evaluator = open("Queues", "QueuesAll")) {
      assertThat(evaluator.variables()).containsExactly("queue", "owner", "ticks");
      StateGraph graph = StateGraph.explore(evaluator);
      Map<Value, Value> canonical = new HashMap<>();
      for (SpecState state : graph.states.values()) {
        Value queue = evaluator.values(state)[0];
        assertThat(canonical.computeIfAbsent(queue, q -> q)).isSameAs(queue);
      }
      assertThat(canonical.keySet()).contains(SeqValue.EMPTY);
      assertThat(evaluator.values(graph.states.values().iterator().next()))
          .containsExactly(
              SeqValue.EMPTY, StringValue.of("t1"), ValueParser.parse("(t1 :> 0 @@ t2 :> 0)"));
    }
  }

  @Test
  void givesTheSameValuesWhetherSharedWithThePredecessorOrNot() throws Exception {
    try (Evaluator evaluator = open("Queues", "QueuesAll");
        Evaluator other = open("Queues", "QueuesAll")) {
      StateGraph graph = StateGraph.explore(evaluator);
      Map<Long, List<Value>> expected = new HashMap<>();
      StateGraph.explore(other)
          .states
          .forEach((fingerprint, state) -> expected.put(fingerprint, List.of(other.values(state))));
      for (SpecState state : graph.states.values()) {
        evaluator.values(state);
        evaluator.successors(
            state,
            (action, next) ->
                assertThat(List.of(evaluator.values(next)))
                    .isEqualTo(expected.get(evaluator.fingerprint(next))));
      }
    }
  }

  @Test
  void evaluatesAnyStatePredicateOfTheRootModule() throws Exception {
    try (Evaluator evaluator = open("Queues", "QueuesAll")) {
      StateGraph graph = StateGraph.explore(evaluator);

      assertThat(evaluator.invariants()).containsExactly("TypeOK", "SoleOwnerInv");
      assertThat(graph.states.values())
          .allMatch(state -> evaluator.holds("TypeOK", state))
          .anyMatch(state -> evaluator.holds("ReachFullQueue", state))
          .anyMatch(state -> !evaluator.holds("ReachFullQueue", state));
    }
  }

  @Test
  void honorsADefinitionThatTheConfigurationReplaces() throws Exception {
    try (Evaluator evaluator = open("Wrapped", "WrappedPlain")) {
      SpecState state = evaluator.initialStates().get(0);

      assertThat(evaluator.holds("ReplacedInv", state)).isTrue();
      assertThat(evaluator.holds("SmallInv", state)).isTrue();
    }
  }

  @Test
  void saysWhyAPredicateCannotBeEvaluated() throws Exception {
    try (Evaluator evaluator = open("Queues", "QueuesAll")) {
      SpecState state = evaluator.initialStates().get(0);

      assertThatThrownBy(() -> evaluator.holds("NoSuchInv", state))
          .isInstanceOf(EvaluationException.class)
          .hasMessageContaining("NoSuchInv is not defined in Queues");
      assertThatThrownBy(() -> evaluator.holds("Take", state))
          .isInstanceOf(EvaluationException.class)
          .hasMessageContaining("not a predicate of states");
      assertThatThrownBy(() -> evaluator.holds("TicksProp", state))
          .isInstanceOf(EvaluationException.class)
          .hasMessageContaining("not a predicate of states");
      assertThatThrownBy(() -> evaluator.holds("NotABoolean", state))
          .isInstanceOf(EvaluationException.class)
          .hasMessageContaining("NotABoolean");
    }
  }

  @Test
  void evaluatesPropertiesOfSteps() throws Exception {
    try (Evaluator evaluator = open("StepPropertyBroken", "StepPropertyBroken")) {
      List<String> broken = new ArrayList<>();
      for (SpecState state : StateGraph.explore(evaluator).states.values()) {
        evaluator.successors(
            state,
            (action, next) -> {
              if (!evaluator.actionPropertyHolds("MonoProp", state, next)) {
                broken.add(evaluator.actions().get(action).name());
              }
            });
      }

      assertThat(evaluator.actionProperties()).containsExactly("MonoProp");
      assertThat(broken).containsExactly("Back");
    }
  }

  @Test
  void saysThatAnActionDoesNotAssignAVariable() throws Exception {
    try (Evaluator evaluator = open("IncompleteStep", "IncompleteStep")) {
      SpecState state = evaluator.initialStates().get(0);

      assertThatThrownBy(() -> evaluator.successors(state, (action, next) -> {}))
          .isInstanceOf(EvaluationException.class)
          .hasMessageContaining("Step")
          .hasMessageContaining("y");
    }
  }

  @Test
  void survivesEndlessRecursion() throws Exception {
    try (Evaluator evaluator = open("EndlessRecursion", "EndlessRecursion")) {
      SpecState state = evaluator.initialStates().get(0);

      assertThatThrownBy(() -> evaluator.successors(state, (action, next) -> {}))
          .isInstanceOf(EvaluationException.class)
          .hasMessageContaining("recursion");
    }
  }

  @Test
  void passesOnWhatTheSinkThrows() throws Exception {
    try (Evaluator evaluator = open("Counter", "Counter")) {
      SpecState state = evaluator.initialStates().get(0);
      IllegalStateException thrown = new IllegalStateException("mine");

      assertThatThrownBy(
              () ->
                  evaluator.successors(
                      state,
                      (action, next) -> {
                        throw thrown;
                      }))
          .isSameAs(thrown);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "SyntaxError, line 4",
    "UnknownOperator, `zz'",
    "UnknownInvariant, Nope",
    "UnknownKeyword, line 3"
  })
  void saysWhyAModelCannotBeRead(String model, String message) {
    assertThatThrownBy(() -> open(model, model))
        .isInstanceOf(EvaluationException.class)
        .hasMessageContaining(model + ".tla")
        .hasMessageContaining(message);
  }

  @Test
  void saysWhichFileIsMissing() {
    assertThatThrownBy(() -> open("NoSuchFile", "Counter"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("NoSuchFile.tla: no such module");
    assertThatThrownBy(() -> open("Counter", "NoSuchFile"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("NoSuchFile.cfg: no such configuration");
  }
}
