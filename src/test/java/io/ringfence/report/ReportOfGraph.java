package io.ringfence.report;

import io.ringfence.verify.GraphRecord;
import io.ringfence.verify.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Pages of state graphs that are made up, as if S01 of a real run had them. */
final class ReportOfGraph {
  static final String HOSTILE = "</script><img src=x onerror=\"document.title='hit'\">&lt;'\"\\";
  private static final String TRACE = "traces/S01.SideExclusiveInv.itf.json";

  private ReportOfGraph() {}

  /** Writes the page of a graph. */
  static Path write(GraphRecord graph, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    GraphPages.write(withGraph(ReportOfTwoModels.get().run(), graph), folder);
    return folder.resolve("graphs/S01.html");
  }

  private static RunRecord withGraph(RunRecord run, GraphRecord graph) {
    RunRecord.ModelRecord model = run.models().get(0);
    RunRecord.ModelRecord other =
        new RunRecord.ModelRecord(
            model.name(),
            model.title(),
            model.spec(),
            model.module(),
            model.scope(),
            model.variant(),
            model.fixes(),
            model.defects(),
            model.bounds(),
            model.assumptions(),
            model.constants(),
            model.notApplicable(),
            model.shownIn(),
            model.claims(),
            model.conformanceVerdict(),
            model.conformanceMessage(),
            model.conformance(),
            graph);
    return new RunRecord(
        run.schema(),
        run.toolVersion(),
        run.command(),
        run.started(),
        run.seconds(),
        run.environment(),
        run.kept(),
        run.inputs(),
        run.properties(),
        List.of(other),
        run.catalogue(),
        run.sources());
  }

  /**
   * A graph of two actions, in which 0 leads to 1 by both, and all texts are hostile. The
   * counterexample goes from 0 to 1 to 2; 3 is outside of the model.
   */
  static GraphRecord hostile() {
    return new GraphRecord(
        "S01",
        List.of("x" + HOSTILE, "y"),
        List.of(
            new GraphRecord.Shape(GraphRecord.Kind.TEXT, List.of()),
            new GraphRecord.Shape(GraphRecord.Kind.RECORD, List.of("f" + HOSTILE, "g")),
            new GraphRecord.Shape(GraphRecord.Kind.SET, List.of())),
        List.of("1", "2", "v" + HOSTILE),
        new int[][] {{0, 0}, {0, 1}, {0, 2}, {1, 0, 2}, {1, 1, 2}, {2, 0}, {2, 0, 1}},
        List.of("Go", "Say(" + HOSTILE + ")"),
        new int[] {0},
        new int[] {3},
        new int[][] {{0, 3, 1, 5}, {0, 4}, {1, 6}, {0, 2}},
        new int[][] {{0, 1, 1, 1}, {1, 2, 0, 3}, {0, 2, 0, 0}, {}},
        Map.of(TRACE, new int[] {0, 1, 1, 1, 2}));
  }

  /** As large as a graph may be: each state leads to some of the next, and to any other. */
  static GraphRecord largest() {
    Random random = new Random(1);
    int states = GraphRecord.MOST_STATES;
    int each = GraphRecord.MOST_EDGES / states;
    int[][] edges = new int[states][2 * each];
    int[][] values = new int[states][2];
    int[][] changed = new int[states][];
    for (int i = 0; i < states; i++) {
      values[i] = new int[] {0, i};
      changed[i] = new int[] {0, i};
      for (int k = 0; k < each; k++) {
        boolean near = k < each / 2;
        int to = near ? 1 + i * 2 + random.nextInt(60) : random.nextInt(i + 1);
        edges[i][2 * k + 1] = Math.min(to, states - 1);
      }
      // A state that is not far is sure to be reached from one before it.
      edges[i][1] = Math.min(i + 1, states - 1);
    }
    return new GraphRecord(
        "S01",
        List.of("x"),
        List.of(new GraphRecord.Shape(GraphRecord.Kind.TEXT, List.of())),
        IntStream.range(0, states).mapToObj(Integer::toString).toList(),
        values,
        List.of("Go"),
        new int[] {0},
        new int[0],
        changed,
        edges,
        Map.of(TRACE, new int[] {0, 0, 1, 0, 2, 0, 3}));
  }
}
