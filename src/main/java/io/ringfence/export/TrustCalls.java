package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A trace of {@code spec/KernelTrust.tla}: a kernel thread calls, and a user thread of the LL
 * domain overwrites a word that the kernel follows.
 */
final class TrustCalls implements CFamily {
  private static final String KERNEL = "kernel";
  private static final String ATTACKER = "attacker";

  private final Trace trace;

  TrustCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
  }

  private boolean says(String text) {
    return turns().stream().anyMatch(turn -> turn.code().stream().anyMatch(c -> c.contains(text)));
  }

  @Override
  public List<String> includes() {
    return List.of(
        "sof/ipc/common.h",
        "sof/schedule/ll_schedule.h",
        "sof/schedule/ll_schedule_domain.h",
        "sof/schedule/schedule.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(UserDomains.llDeclarations(threads()));
    lines.addAll(UserDomains.sharedWords());
    lines.addAll(TrustObjects.declarations());
    lines.add("");
    return lines;
  }

  @Override
  public List<CThread> threads() {
    boolean onCore1 =
        ActionArguments.calls(trace).stream().anyMatch(call -> call.name().equals("PickSlot"));
    return List.of(new CThread(KERNEL, false, onCore1 ? 1 : 0), new CThread(ATTACKER, true, 0));
  }

  @Override
  public List<String> preparation() {
    List<String> lines = new ArrayList<>(UserDomains.joinLl(threads()));
    lines.add("ARG_UNUSED(forged);");
    if (says("&context")) {
      lines.add(
          "zassert_ok(schedule_task_init_ll(&context, &task_uid, SOF_SCHEDULE_LL_TIMER, 0, run_task,"
              + " NULL, 1, 0));");
    }
    if (says("dp_task")) {
      lines.add(
          "zassert_ok(schedule_task_init(&dp_task, &task_uid, SOF_SCHEDULE_DP, 0, run_task, NULL, 0,"
              + " 0));");
    }
    if (!says("init_task();")) {
      lines.add("init_task();");
    }
    return lines;
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(trace, TrustCalls::thread, TrustCalls::code);
  }

  private static String thread(ActionCall call) {
    return switch (call.name()) {
      case "Overwrite", "ClearCount" -> ATTACKER;
      // An interrupt cannot wait for its turn.
      case "TickTest", "TickGive" -> "";
      default -> KERNEL;
    };
  }

  private static List<String> code(ActionCall call) {
    if (call.name().equals("ClearCount")) {
      return Faults.allowed("ll()->n_tasks = 0;");
    }
    if (call.name().equals("Overwrite")) {
      return TrustWords.overwrite(call);
    }
    if (call.name().equals("GrantAudio")) {
      throw new ExportException(call + ": this is done at boot, before any test runs");
    }
    return TrustRoutines.code(call);
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    lines.add("check_objects(\"" + property + "\");");
    String stopped = Verdicts.text(end, "stopped");
    if (stopped.equals("-") || stopped.equals("hijack")) {
      lines.addAll(Verdicts.anotherWay(property, List.of()));
    } else {
      lines.addAll(Verdicts.survived(stopped));
    }
    return lines;
  }
}
