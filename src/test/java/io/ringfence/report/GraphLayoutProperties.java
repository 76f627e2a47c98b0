package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.verify.GraphRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class GraphLayoutProperties {
  private static final double ROUNDING = 1e-6;

  /** A graph without texts: pairs of states, of which the first are initial. */
  static GraphRecord graph(int states, int initial, List<int[]> pairs) {
    List<List<Integer>> steps = new ArrayList<>();
    int[] first = new int[initial];
    for (int i = 0; i < states; i++) {
      steps.add(new ArrayList<>());
      if (i < initial) {
        first[i] = i;
      }
    }
    for (int[] pair : pairs) {
      steps.get(pair[0]).addAll(List.of(0, pair[1]));
    }
    int[][] edges =
        steps.stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
    return new GraphRecord(
        "M",
        List.of(),
        List.of(),
        List.of(),
        new int[0][],
        List.of("Go"),
        first,
        new int[0],
        new int[states][0],
        edges,
        Map.of());
  }

  @Provide
  Arbitrary<GraphRecord> graphs() {
    return Arbitraries.integers()
        .between(1, 60)
        .flatMap(
            states ->
                Combinators.combine(
                        Arbitraries.integers().between(1, Math.min(3, states)),
                        Arbitraries.integers()
                            .between(0, states - 1)
                            .array(int[].class)
                            .ofSize(2)
                            .list()
                            .ofMaxSize(200))
                    .as((initial, pairs) -> graph(states, initial, pairs)));
  }

  @Property
  void aStepLeadsAtMostOneLayerFurtherAndOneOfThemToEachState(@ForAll("graphs") GraphRecord graph) {
    int[] layers = GraphLayout.of(graph).layers();
    boolean[] reached = new boolean[layers.length];
    for (int from = 0; from < layers.length; from++) {
      for (int i = 1; i < graph.edges()[from].length; i += 2) {
        int to = graph.edges()[from][i];
        if (layers[from] > 0 || from < graph.initial().length) {
          assertThat(layers[to]).isBetween(0, layers[from] + 1);
        }
        reached[to] |= layers[to] == layers[from] + 1;
      }
    }
    for (int initial : graph.initial()) {
      assertThat(layers[initial]).isZero();
    }
    for (int i = 0; i < layers.length; i++) {
      assertThat(layers[i] == 0 || reached[i]).as("state %d in layer %d", i, layers[i]).isTrue();
    }
  }

  @Property
  void noTwoStatesAreNearerThanOneInTheirLayer(@ForAll("graphs") GraphRecord graph) {
    GraphLayout layout = GraphLayout.of(graph);
    for (int i = 0; i < layout.layers().length; i++) {
      assertThat(layout.places()[i]).isBetween(-ROUNDING, layout.breadth() + ROUNDING);
      assertThat(layout.layers()[i]).isLessThan(layout.depth());
      for (int j = 0; j < i; j++) {
        if (layout.layers()[i] == layout.layers()[j]) {
          assertThat(Math.abs(layout.places()[i] - layout.places()[j])).isGreaterThan(1 - ROUNDING);
        }
      }
    }
  }

  @Property(tries = 200)
  void theSameGraphHasTheSameLayout(@ForAll("graphs") GraphRecord graph) {
    assertThat(GraphLayout.of(graph)).usingRecursiveComparison().isEqualTo(GraphLayout.of(graph));
  }

  @Example
  void linesThatCrossInTheOrderOfDiscoveryAreUntangled() {
    // 0 leads to 1, 2, 3, and these in the opposite order to 6, 5, 4.
    GraphLayout layout =
        GraphLayout.of(
            graph(
                7,
                1,
                List.of(
                    new int[] {0, 1},
                    new int[] {0, 2},
                    new int[] {0, 3},
                    new int[] {1, 6},
                    new int[] {2, 5},
                    new int[] {3, 4})));
    assertThat(layout.places()[6]).isEqualTo(layout.places()[1]);
    assertThat(layout.places()[5]).isEqualTo(layout.places()[2]);
    assertThat(layout.places()[4]).isEqualTo(layout.places()[3]);
    assertThat(layout.places()[0]).isEqualTo(layout.places()[2]);
    assertThat(layout.layers()).containsExactly(0, 1, 1, 1, 2, 2, 2);
  }

  @Example
  void aChainIsAStraightLine() {
    GraphLayout layout =
        GraphLayout.of(graph(3, 1, List.of(new int[] {0, 1}, new int[] {1, 2}, new int[] {2, 0})));
    assertThat(layout.places()).containsExactly(0, 0, 0);
    assertThat(layout.breadth()).isZero();
  }
}
