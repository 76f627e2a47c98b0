package io.ringfence.report;

import io.ringfence.verify.GraphRecord;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Places for the states of a graph, in layers: a state's layer is the length of the shortest way to
 * it, so that a step leads at most one layer further. Within the layers the order is that of
 * barycenter sweeps, which bring states near to those that they are joined with; then each state
 * moves as close to their middle as its neighbors in the order leave room for. The same graph has
 * the same layout each time.
 *
 * @param layers each state's layer, from 0
 * @param places each state's place across its layer, from 0; those of one layer are at least 1
 *     apart
 * @param depth the number of layers
 * @param breadth the greatest place
 */
record GraphLayout(int[] layers, double[] places, int depth, double breadth) {
  /** Further sweeps change next to nothing. */
  private static final int SWEEPS = 8;

  /** Lays a graph out. */
  static GraphLayout of(GraphRecord graph) {
    return new Drawing(graph).layout();
  }

  /** The layout while it is made. */
  private static final class Drawing {
    private final int[] layers;
    private final List<int[]> order = new ArrayList<>();
    private final double[] places;

    /** States of the layer before, and of the layer after, that a state is joined with. */
    private final IntArrayList[] before;

    private final IntArrayList[] after;

    Drawing(GraphRecord graph) {
      int states = graph.states().length;
      layers = layers(graph);
      places = new double[states];
      before = lists(states);
      after = lists(states);
      for (int from = 0; from < states; from++) {
        for (int i = 1; i < graph.edges()[from].length; i += 2) {
          join(from, graph.edges()[from][i]);
        }
      }
      int depth = Arrays.stream(layers).max().orElse(-1) + 1;
      for (int i = 0; i < depth; i++) {
        int layer = i;
        order.add(IntStream.range(0, states).filter(state -> layers[state] == layer).toArray());
      }
    }

    private static IntArrayList[] lists(int size) {
      return IntStream.range(0, size)
          .mapToObj(i -> new IntArrayList())
          .toArray(IntArrayList[]::new);
    }

    /** Breadth first, as the states were found; one that no step leads to stands at the front. */
    private static int[] layers(GraphRecord graph) {
      int[] layers = new int[graph.states().length];
      Arrays.fill(layers, -1);
      IntArrayList queue = IntArrayList.of(graph.initial());
      queue.forEach(state -> layers[state] = 0);
      for (int i = 0; i < queue.size(); i++) {
        int from = queue.getInt(i);
        for (int step = 1; step < graph.edges()[from].length; step += 2) {
          int to = graph.edges()[from][step];
          if (layers[to] < 0) {
            layers[to] = layers[from] + 1;
            queue.add(to);
          }
        }
      }
      for (int i = 0; i < layers.length; i++) {
        layers[i] = Math.max(0, layers[i]);
      }
      return layers;
    }

    /** An edge that stays in its layer, or leads far back, has no say in the order. */
    private void join(int from, int to) {
      if (layers[to] == layers[from] + 1) {
        after[from].add(to);
        before[to].add(from);
      } else if (layers[to] == layers[from] - 1) {
        before[from].add(to);
        after[to].add(from);
      }
    }

    GraphLayout layout() {
      order.forEach(this::spread);
      for (int sweep = 0; sweep < SWEEPS; sweep++) {
        sweep(sweep, (layer, middle) -> sort(order.get(layer), middle));
      }
      for (int sweep = 0; sweep < SWEEPS; sweep++) {
        sweep(sweep, (layer, middle) -> place(order.get(layer), middle));
      }
      double first = Arrays.stream(places).min().orElse(0);
      for (int i = 0; i < places.length; i++) {
        places[i] -= first;
      }
      double breadth = Arrays.stream(places).max().orElse(0);
      return new GraphLayout(layers, places, order.size(), breadth);
    }

    /** What a sweep does to a layer, given where each state would like to be. */
    private interface Visit {
      void layer(int layer, double[] middle);
    }

    /** Goes through the layers, forward by what is before each, then backward by what is after. */
    private void sweep(int sweep, Visit visit) {
      boolean forward = sweep % 2 == 0;
      for (int i = 0; i < order.size(); i++) {
        int layer = forward ? i : order.size() - 1 - i;
        IntArrayList[] joined = forward ? before : after;
        double[] middle =
            Arrays.stream(order.get(layer)).mapToDouble(state -> middle(joined, state)).toArray();
        visit.layer(layer, middle);
      }
    }

    private double middle(IntArrayList[] joined, int state) {
      return joined[state]
          .intStream()
          .mapToDouble(other -> places[other])
          .average()
          .orElse(places[state]);
    }

    private void sort(int[] layer, double[] middle) {
      int[] sorted =
          IntStream.range(0, layer.length)
              .boxed()
              .sorted(Comparator.comparingDouble(i -> middle[i]))
              .mapToInt(i -> layer[i])
              .toArray();
      System.arraycopy(sorted, 0, layer, 0, layer.length);
      spread(layer);
    }

    /** Puts a layer's states side by side, around 0. */
    private void spread(int[] layer) {
      for (int i = 0; i < layer.length; i++) {
        places[layer[i]] = i - (layer.length - 1) / 2.0;
      }
    }

    /**
     * Moves states to where they would like to be, or as near (by least squares) as the order and a
     * distance of 1 allow: those that would pass each other form a group around their mean.
     */
    private void place(int[] layer, double[] middle) {
      double[] mean = new double[layer.length];
      int[] size = new int[layer.length];
      int groups = 0;
      for (int i = 0; i < layer.length; i++) {
        mean[groups] = middle[i] - i;
        size[groups++] = 1;
        while (groups > 1 && mean[groups - 2] >= mean[groups - 1]) {
          groups--;
          int both = size[groups - 1] + size[groups];
          mean[groups - 1] =
              (mean[groups - 1] * size[groups - 1] + mean[groups] * size[groups]) / both;
          size[groups - 1] = both;
        }
      }
      for (int group = 0, i = 0; group < groups; group++) {
        for (int end = i + size[group]; i < end; i++) {
          places[layer[i]] = mean[group] + i;
        }
      }
    }
  }
}
