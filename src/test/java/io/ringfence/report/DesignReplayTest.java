package io.ringfence.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.verify.RunRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What became of a counterexample in each design. */
class DesignReplayTest {
  private static List<DesignReplay> replays(String trace, RunRecord.OtherReplay... others) {
    return DesignReplay.of(
        ReportOfThreads.tickAndClient().run().models().get(0),
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
                "MERGED", true, null, "", "./ringfence replay reports/traces/a.itf.json"));
  }

  @Test
  void eachDesignHasTheCommandThatReplaysTheTraceThere() {
    List<DesignReplay> replays =
        replays(
            "traces/a.itf.json",
            new RunRecord.OtherReplay("V2_SPLIT", 3, "x: 1 -> 2"),
            new RunRecord.OtherReplay("HARDENED +O-15 -B-04 +B-06", null, "the same"));
    assertThat(replays.get(1).partsAt()).isEqualTo(3);
    assertThat(replays.get(1).follows()).isFalse();
    assertThat(replays.get(1).command()).endsWith("a.itf.json --variant V2_SPLIT");
    assertThat(replays.get(2).follows()).isTrue();
    assertThat(replays.get(2).command())
        .endsWith("a.itf.json --variant HARDENED --fix O-15 --defect B-06 --without B-04");
  }

  @Test
  void aNameThatAShellWouldTakeApartIsQuoted() {
    assertThat(replays("traces/a b'$(x).itf.json").get(0).command())
        .isEqualTo("./ringfence replay 'reports/traces/a b'\\''$(x).itf.json'");
  }
}
