package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.verify.RunOfTwoModels;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.RunRecord.OtherReplay.End;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What became of a counterexample in each design. */
class DesignReplayTest {
  private static final RunRecord.PropertyRecord PROPERTY =
      new RunRecord.PropertyRecord("P-1", "P", "PInv", "Lanes.tla", 1, "", "", List.of());

  /** No model says anything of it. */
  private static final Matrix.Cell SILENT =
      new Matrix.Cell(Matrix.State.NOT_CHECKED, null, null, "");

  private static List<DesignReplay> replays(String trace, RunRecord.OtherReplay... others) {
    RunRecord run = ReportOfThreads.tickAndClient().run();
    return DesignReplay.of(
        run,
        PROPERTY,
        run.models().get(0),
        new RunRecord.CounterexampleRecord(
            trace,
            ReportOfThreads.tickAndClient().trace(),
            ReportOfThreads.tickAndClient().replay(),
            List.of(others)));
  }

  @Test
  void theDesignOfTheModelComesFirst() {
    assertThat(replays("traces/a.itf.json"))
        .containsExactly(
            new DesignReplay(
                "MERGED",
                false,
                End.FOLLOWS,
                "",
                null,
                "",
                SILENT,
                "./ringfence replay reports/traces/a.itf.json"));
  }

  @Test
  void eachDesignHasTheCommandThatReplaysTheTraceThere() {
    List<DesignReplay> replays =
        replays(
            "traces/a.itf.json",
            new RunRecord.OtherReplay("V2_SPLIT", true, End.PARTS, "y: 0 -> 1", 3, "x: 1 -> 2"),
            new RunRecord.OtherReplay(
                "HARDENED +O-15 -B-04 +B-06", false, End.FOLLOWS, "", null, ""));
    String replay = "./ringfence replay reports/traces/a.itf.json";
    assertThat(replays.subList(1, 3))
        .containsExactly(
            new DesignReplay(
                "V2_SPLIT",
                true,
                End.PARTS,
                "y: 0 -> 1",
                3,
                "x: 1 -> 2",
                SILENT,
                replay + " --variant V2_SPLIT"),
            new DesignReplay(
                "HARDENED B-06 +O-15 without B-04",
                false,
                End.FOLLOWS,
                "",
                null,
                "",
                SILENT,
                replay + " --variant HARDENED --fix O-15 --defect B-06 --without B-04"));
  }

  @Test
  void aChangedDesignIsNamedByAllThatItHas() {
    assertThat(replays("a", new RunRecord.OtherReplay("+O-15", true, End.PARTS, "", 1, "")).get(1))
        .extracting(DesignReplay::design)
        .isEqualTo("MERGED +O-15");
  }

  @Test
  void aNameThatAShellWouldTakeApartIsQuoted() {
    assertThat(replays("traces/a b'$(x).itf.json").get(0).command())
        .isEqualTo("./ringfence replay 'reports/traces/a b'\\''$(x).itf.json'");
  }

  @Test
  void whatTheModelsOfADesignShowOfThePropertyStandsBesideTheReplay() throws Exception {
    RunRecord run = RunOfTwoModels.get();
    RunRecord.PropertyRecord property =
        run.properties().stream().filter(one -> one.id().equals("OWN-1")).findFirst().orElseThrow();
    RunRecord.ModelRecord model = run.models().get(0);
    RunRecord.CounterexampleRecord found =
        model.claims().stream()
            .map(RunRecord.ClaimRecord::counterexample)
            .filter(one -> one != null)
            .findFirst()
            .orElseThrow();
    List<DesignReplay> replays =
        DesignReplay.of(
            run,
            property,
            model,
            new RunRecord.CounterexampleRecord(
                found.file(),
                found.trace(),
                found.replay(),
                List.of(
                    new RunRecord.OtherReplay("-S-01 +B-11", false, End.PARTS, "", 3, "x"),
                    new RunRecord.OtherReplay("-S-01", true, End.PARTS, "", 3, "x"))));
    assertThat(replays)
        .extracting(replay -> replay.property().state())
        .containsExactly(Matrix.State.VIOLATED, Matrix.State.HOLDS, Matrix.State.NOT_CHECKED);
  }
}
