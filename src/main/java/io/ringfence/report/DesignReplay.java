package io.ringfence.report;

import io.ringfence.binding.Switches;
import io.ringfence.replay.Replay;
import io.ringfence.verify.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A counterexample on the firmware in one design.
 *
 * @param follows whether the firmware goes through all states of the trace
 * @param partsAt the first step where it does not; null if it follows
 * @param why the difference at that step; may be empty
 * @param command replays it
 */
public record DesignReplay(
    String design, boolean follows, @Nullable Integer partsAt, String why, String command) {

  /** The design that TLC found the counterexample in, and the others. */
  static List<DesignReplay> of(
      RunRecord.ModelRecord model, RunRecord.CounterexampleRecord counterexample) {
    String command = "./ringfence replay " + quoted("reports/" + counterexample.file());
    Replay.Step parting = counterexample.replay().parting();
    List<DesignReplay> replays = new ArrayList<>();
    replays.add(
        new DesignReplay(
            (model.variant() + " " + CoverageTable.switches(model)).trim(),
            counterexample.replay().reproduced(),
            parting == null ? null : parting.index(),
            parting == null ? "" : String.join("; ", parting.differences()),
            command));
    for (RunRecord.OtherReplay other : counterexample.elsewhere()) {
      replays.add(
          new DesignReplay(
              other.design(),
              other.partsAt() == null,
              other.partsAt(),
              other.why(),
              command + options(other.design())));
    }
    return replays;
  }

  private static String options(String design) {
    StringBuilder options = new StringBuilder();
    Switches switches = Switches.parse(design);
    if (switches.variant() != null) {
      options.append(" --variant ").append(quoted(switches.variant()));
    }
    append(options, " --fix ", switches.fixes());
    append(options, " --defect ", switches.defects());
    append(options, " --without ", switches.without());
    return options.toString();
  }

  private static void append(StringBuilder options, String option, Set<String> ids) {
    ids.stream().sorted().forEach(id -> options.append(option).append(quoted(id)));
  }

  /** A name as a shell takes it. */
  private static String quoted(String name) {
    return name.matches("[\\w./-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }
}
