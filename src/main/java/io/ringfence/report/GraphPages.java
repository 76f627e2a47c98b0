package io.ringfence.report;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.ringfence.verify.GraphRecord;
import io.ringfence.verify.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Writes the pages of the state graphs of small models, which the report links to. */
public final class GraphPages {
  private GraphPages() {}

  /**
   * Writes a page for each state graph of a run. Pages of graphs that are no more are removed.
   *
   * @param graphs the state graphs by {@link RunRecord.ModelRecord#graph}
   * @param reports the folder to write to
   * @throws IOException if a page cannot be written
   */
  public static void write(RunRecord run, Map<String, GraphRecord> graphs, Path reports)
      throws IOException {
    TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);
    String style = ReportWriter.resource("report.css") + ReportWriter.resource("graph.css");
    String script = ReportWriter.resource("graph.js");
    Path folder = Files.createDirectories(reports.resolve(Pages.GRAPHS));
    Set<Path> written = new HashSet<>();
    for (RunRecord.ModelRecord model : run.models()) {
      GraphRecord graph = model.graph() == null ? null : graphs.get(model.graph());
      if (graph != null) {
        StringOutput output = new StringOutput();
        engine.render(
            "graph.jte",
            Map.of("page", GraphPage.of(run, model, graph), "style", style, "script", script),
            output);
        Path page = reports.resolve(Pages.graph(model));
        WholeFile.write(page, output.toString());
        written.add(page);
      }
    }
    ReportWriter.removeStale(folder, written);
  }
}
