package io.ringfence.cli;

import io.ringfence.binding.Switches;
import io.ringfence.replay.Replay;
import io.ringfence.verify.RecordedTrace;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One trace on the firmware. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Replays a trace (ITF) on the firmware, step by step.",
      "Prints each action with its arguments, what changed, the fault if there was one, and "
          + "whether the firmware goes where the trace goes. The design is the one that the trace "
          + "was found in, or another one by --variant, --fix, --defect, --without."
    })
final class ReplayCommand implements Callable<Integer> {
  @Mixin private final GlobalOptions options = new GlobalOptions();

  @Parameters(paramLabel = "FILE", description = "The trace, an .itf.json file.")
  private @Nullable Path file;

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      completionCandidates = Candidates.Variants.class,
      description = "Another variant: ${COMPLETION-CANDIDATES}.")
  private @Nullable String variant;

  @Option(names = "--fix", paramLabel = "ID", description = "A fix in addition, e.g. O-15.")
  private final Set<String> fixes = new LinkedHashSet<>();

  @Option(names = "--defect", paramLabel = "ID", description = "A defect in addition, e.g. B-04.")
  private final Set<String> defects = new LinkedHashSet<>();

  @Option(names = "--without", paramLabel = "ID", description = "Leave a defect of the model out.")
  private final Set<String> without = new LinkedHashSet<>();

  @Mixin private final Output output = new Output();

  @Override
  public Integer call() throws IOException {
    Path path = java.util.Objects.requireNonNull(file, "picocli requires FILE");
    Replay replay = RecordedTrace.read(path).replay(new Switches(variant, fixes, defects, without));
    output.json(replay);
    if (output.isText()) {
      print(replay, output.text());
    }
    return replay.reproduced() ? ExitCode.OK : ExitCode.FINDING;
  }

  private void print(Replay replay, PrintWriter out) {
    for (Replay.Step step : replay.way()) {
      if (!options.quiet()) {
        out.printf(
            "%3d %s%n", step.index(), step.action() == null ? "initial state" : step.action());
        step.changes().forEach(change -> out.println("      " + change));
        if (!step.fault().isEmpty()) {
          out.println("      ! " + step.fault());
        }
      }
    }
    if (!replay.start().isEmpty()) {
      out.println("This design starts otherwise (trace -> firmware), which is not compared later:");
      replay.start().forEach(difference -> out.println("  " + difference));
    }
    Replay.Step parting = replay.parting();
    if (parting == null) {
      out.println(whole(replay) + (replay.loop() == null ? "." : " and " + replay.ending() + "."));
      if (replay.loop() != null && replay.loop().step() == null) {
        out.println("That nothing has to happen there is TLC's judgment, not the firmware's.");
      }
      return;
    }
    out.println(
        "The firmware leaves the trace at "
            + replay.place(parting)
            + (parting.action() == null ? "" : ", " + parting.action())
            + " (trace -> firmware):");
    parting.differences().forEach(difference -> out.println("  " + difference));
    if (!parting.fault().isEmpty()) {
      out.println("  ! " + parting.fault());
    }
  }

  private static String whole(Replay replay) {
    if (!replay.start().isEmpty()) {
      return switch (replay.total()) {
        case 1 -> "The trace has no step";
        case 2 -> "The firmware takes the only step of the trace";
        default -> "The firmware takes all " + (replay.total() - 1) + " steps of the trace";
      };
    }
    return replay.total() == 1
        ? "The firmware has the only state of the trace"
        : "The firmware goes through all " + replay.total() + " states of the trace";
  }
}
