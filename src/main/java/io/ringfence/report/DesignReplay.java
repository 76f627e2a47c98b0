package io.ringfence.report;

import io.ringfence.binding.Switches;
import io.ringfence.replay.Replay;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.RunRecord.OtherReplay.End;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A counterexample on the firmware in one design.
 *
 * @param required whether the counterexample counts only if the firmware leaves it here
 * @param start how the initial state differs from the trace's; may be empty
 * @param partsAt the first step where the firmware leaves the trace; null if there is none
 * @param why the difference at that step, or why it cannot be replayed; may be empty
 * @param property what the models of the design show of the property that is violated here
 * @param command replays it
 */
public record DesignReplay(
    String design,
    boolean required,
    End end,
    String start,
    @Nullable Integer partsAt,
    String why,
    Matrix.Cell property,
    String command) {

  /** The design that TLC found the counterexample in, the variants, and other repaired designs. */
  static List<DesignReplay> of(
      RunRecord run,
      RunRecord.PropertyRecord property,
      RunRecord.ModelRecord model,
      RunRecord.CounterexampleRecord counterexample) {
    String command = "./ringfence replay " + quoted("reports/" + counterexample.file());
    Replay.Step parting = counterexample.replay().parting();
    List<DesignReplay> replays = new ArrayList<>();
    replays.add(
        new DesignReplay(
            (model.variant() + " " + CoverageTable.switches(model)).trim(),
            false,
            counterexample.replay().reproduced() ? End.FOLLOWS : End.PARTS,
            "",
            parting == null ? null : parting.index(),
            parting == null ? "" : String.join("; ", parting.differences()),
            Matrix.cell(run, property, List.of(model)),
            command));
    for (RunRecord.OtherReplay other : counterexample.elsewhere()) {
      Switches switches = Switches.parse(other.design());
      replays.add(
          new DesignReplay(
              name(model, switches),
              other.required(),
              other.end(),
              other.start(),
              other.partsAt(),
              other.why(),
              Matrix.cell(run, property, models(run, model, switches)),
              command + options(switches)));
    }
    return replays;
  }

  /** The models of a spec whose design is that of another one with some switches. */
  private static List<RunRecord.ModelRecord> models(
      RunRecord run, RunRecord.ModelRecord of, Switches switches) {
    String variant = switches.variant() == null ? of.variant() : switches.variant();
    Set<String> fixes = new HashSet<>(of.fixes());
    fixes.addAll(switches.fixes());
    Set<String> defects = new HashSet<>(of.defects());
    defects.addAll(switches.defects());
    defects.removeAll(switches.without());
    return run.models().stream()
        .filter(model -> model.spec().equals(of.spec()) && model.variant().equals(variant))
        .filter(model -> Set.copyOf(model.fixes()).equals(fixes))
        .filter(model -> Set.copyOf(model.defects()).equals(defects))
        .toList();
  }

  /** The name of a design as that of the model's own: all that it has. */
  private static String name(RunRecord.ModelRecord model, Switches switches) {
    List<String> parts = new ArrayList<>();
    parts.add(switches.variant() == null ? model.variant() : switches.variant());
    model.defects().stream().filter(id -> !switches.without().contains(id)).forEach(parts::add);
    switches.defects().stream().sorted().forEach(parts::add);
    model.fixes().forEach(id -> parts.add("+" + id));
    switches.fixes().stream().sorted().forEach(id -> parts.add("+" + id));
    switches.without().stream().sorted().forEach(id -> parts.add("without " + id));
    return String.join(" ", parts);
  }

  private static String options(Switches switches) {
    StringBuilder options = new StringBuilder();
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
