package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.replay.Replay;
import io.ringfence.trace.Trace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A counterexample of several threads as a sequence diagram. */
class SequenceDiagramTest {
  @TempDir private Path folder;

  private static String diagram(ReportOfThreads report) {
    SequenceDiagram diagram = SequenceDiagram.of(report.trace(), report.replay());
    return diagram == null ? "" : diagram.text();
  }

  @Test
  void everyThreadAndListTakesPart() {
    assertThat(diagram(ReportOfThreads.tickAndClient()).lines())
        .startsWith("sequenceDiagram", "    participant T0 as timer, core 0")
        .contains("    participant T2 as ipc, core 0")
        .anyMatch(line -> line.matches(" {4}participant L\\d as temporary list"));
  }

  @Test
  void everyStepIsAMessageOfItsThread() {
    ReportOfThreads report = ReportOfThreads.tickAndClient();
    List<LaneTable.Row> rows = report.table().rows();
    String diagram = diagram(report);
    for (LaneTable.Row row : rows) {
      if (row.actor() >= 0 && !row.action().isEmpty()) {
        assertThat(diagram)
            .contains("T" + row.actor() + "->>T" + row.actor() + ": " + row.index() + " ");
      }
    }
    assertThat(diagram.lines().filter(line -> line.matches(".*->>[TO]\\d?: \\d+ .*")))
        .hasSize(rows.size() - 1);
  }

  @Test
  void namesCannotBecomeSyntax() {
    ReportOfThreads report = ReportOfThreads.tickAndClient();
    report.unreached(ReportOfThreads.action("Evil; end\n    T0->>T1: x # end"));
    String last = diagram(report).lines().reduce((one, two) -> two).orElseThrow();
    assertThat(last).contains("Evil#59; #101;nd     T0#45;#62;#62;T1#58; x #35; #101;nd");
  }

  @Test
  void whatHappensAgainAndAgainIsALoop() {
    ReportOfThreads report = ReportOfThreads.tickAndClient();
    int steps = report.trace().states().size();
    report.loop(steps - 2, ReportOfThreads.action("Again", "ll0"));
    List<String> lines = diagram(report).lines().toList();
    int begin = lines.indexOf("    loop for ever");
    assertThat(lines.subList(0, begin)).anyMatch(line -> line.contains(": " + (steps - 2) + " "));
    assertThat(lines.subList(begin, lines.size()))
        .noneMatch(line -> line.contains(": " + (steps - 2) + " "))
        .anyMatch(line -> line.contains(": " + (steps - 1) + " "))
        .anyMatch(line -> line.endsWith(": " + steps + " Again(ll0)"))
        .anyMatch(line -> line.endsWith(": back to step " + (steps - 2) + ", for ever"))
        .endsWith("    end");
  }

  @Test
  void thatNothingHappensIsANoteAndNoLoop() {
    assertThat(diagram(ReportOfThreads.tickAndClient().stutters()).lines())
        .doesNotContain("    loop for ever", "    end")
        .last()
        .asString()
        .matches(" {4}Note over T\\d: after step \\d+ nothing happens, for ever");
  }

  @Test
  void withoutThreadsThereIsNoDiagram() {
    Trace trace = ReportOfThreads.tickAndClient().trace();
    assertThat(SequenceDiagram.of(trace, new Replay(List.of(), 0, null))).isNull();
  }

  @Test
  void theReportHasTheDiagramBesideThePage() throws IOException {
    Files.createDirectories(folder.resolve("counterexamples"));
    Path stale = Files.writeString(folder.resolve("counterexamples/Old.mmd"), "old");
    ReportOfThreads.tickAndClient().write(folder);
    assertThat(folder.resolve("counterexamples/Lanes.StillThereInv.mmd"))
        .content()
        .startsWith("sequenceDiagram\n");
    assertThat(stale).doesNotExist();
  }
}
