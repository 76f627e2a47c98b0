package io.ringfence.report;

import io.ringfence.verify.GraphRecord;
import io.ringfence.verify.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the pages of the state graphs of small models, which the report links to. */
public final class GraphPages {
  private GraphPages() {}

  /**
   * Writes a page for each state graph of a run. Pages of graphs that are no more are removed.
   *
   * @param reports the folder to write to
   * @throws IOException if a page cannot be written
   */
  public static void write(RunRecord run, Path reports) throws IOException {
    PageWriter pages = new PageWriter(reports);
    String style = PageWriter.resource("report.css") + PageWriter.resource("graph.css");
    String script = PageWriter.resource("graph.js");
    Files.createDirectories(reports.resolve(Pages.GRAPHS));
    EachOf.all(
        run.models(),
        model -> {
          GraphRecord graph = model.graph();
          if (graph != null) {
            pages.page(
                Pages.graph(model),
                "graph.jte",
                Map.of("page", GraphPage.of(run, model, graph), "style", style, "script", script));
          }
        });
    pages.removeStale(Pages.GRAPHS);
  }
}
