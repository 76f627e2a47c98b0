package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A trace of {@code spec/LlScheduler.tla} as calls of the LL scheduler: those of clients in threads
 * of their own, those of the LL thread in the callbacks of the tasks.
 */
final class LlCalls implements CFamily {
  private static final String LL = LlTraces.LL;

  /** What a callback does without code. */
  private static final Set<String> IN_CALLBACK = Set.of("Block", "Resume");

  private static final String UNLOCK = "user_ll_unlock_sched(0);";

  private final Trace trace;
  private final LlTraces.Constants given;
  private final CallbackTurns steps = new CallbackTurns();

  LlCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
    Step.of(trace).forEach(step -> add(step.call(), step.before()));
    if (trace.loop().isPresent()) {
      closeSections();
    }
  }

  /** Whoever has the lock of the scheduler where the trace ends gives it back after its call. */
  private void closeSections() {
    given.names("Clients").stream()
        .filter(client -> LlTraces.isInSection(Verdicts.end(trace), client))
        .forEach(client -> steps.addAtEnd(client, UNLOCK));
  }

  private void add(ActionCall call, TraceState before) {
    String thread = LlTraces.thread(call);
    List<String> code = code(call);
    if (call.name().equals("R2_Pick")) {
      begin(before);
    }
    if (thread.equals(LL) && LlTraces.isInCallback(before)) {
      boolean announced = !code.isEmpty() || IN_CALLBACK.contains(call.name());
      steps.addToCallback(call, thread, announced, code);
    } else {
      steps.addToThread(call, thread, code);
    }
  }

  private void begin(TraceState before) {
    String front = LlTraces.text(before, "next", "main");
    if (!front.equals("main") && !LlTraces.text(before, "state", front).equals("CANCEL")) {
      steps.callbacks().begin("callback_" + Plain.name(front));
    }
  }

  private List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "N_Init" -> init(call);
      case "S0_Schedule" -> List.of("schedule_task(" + task(call, "k") + ", 0, 1000);");
      case "S0_Before", "S0_After" ->
          List.of(
              "schedule_task_"
                  + call.name().substring("S0_".length()).toLowerCase(Locale.ROOT)
                  + "("
                  + task(call, "k")
                  + ", 0, 1000, "
                  + task(call, "ref")
                  + ");");
      case "C0_Cancel" -> List.of("schedule_task_cancel(" + task(call, "k") + ");");
      case "F0_Free" -> List.of("schedule_task_free(" + task(call, "k") + ");");
      case "R2d_Return" -> List.of("return SOF_TASK_STATE_" + result(call) + ";");
      case "K_Lock" -> List.of("user_ll_lock_sched(0);");
      case "K_Unlock" -> List.of(UNLOCK);
      default -> List.of();
    };
  }

  private static String result(ActionCall call) {
    return Plain.name(ActionArguments.text(call, "result"));
  }

  private List<String> init(ActionCall call) {
    if (!ActionArguments.text(call, "outcome").equals("ok")) {
      throw ExportException.noFailure(call);
    }
    String task = Plain.name(ActionArguments.text(call, "k"));
    return List.of(
        "zassert_ok(schedule_task_init_ll(&task_"
            + task
            + ", &task_uid, SOF_SCHEDULE_LL_TIMER, "
            + given.number("Priority", task)
            + ", callback_"
            + task
            + ", NULL, 0, 0));");
  }

  private static String task(ActionCall call, String argument) {
    return "&task_" + Plain.name(ActionArguments.text(call, argument));
  }

  @Override
  public List<String> includes() {
    return List.of(
        "sof/schedule/ll_schedule.h",
        "sof/schedule/ll_schedule_domain.h",
        "sof/schedule/schedule.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(UserDomains.llDeclarations(threads()));
    lines.add("static const __unused struct sof_uuid_entry task_uid;");
    List<String> tasks = given.names("Tasks").stream().map(Plain::name).toList();
    tasks.forEach(task -> lines.add("ZTEST_BMEM static struct task task_" + task + ";"));
    lines.add("");
    tasks.forEach(task -> lines.addAll(callback(task)));
    return lines;
  }

  private List<String> callback(String task) {
    return steps
        .callbacks()
        .function(
            "enum task_state",
            "callback_" + task,
            List.of("ringfence_at(\"R2d_Return\");", "return SOF_TASK_STATE_RESCHEDULE;"));
  }

  @Override
  public List<CThread> threads() {
    List<String> users = given.names("UserThreads");
    return given.names("Clients").stream()
        .map(Plain::name)
        .filter(steps::has)
        .map(client -> new CThread(client, users.contains(client), given.core("CoreOf", client)))
        .toList();
  }

  @Override
  public List<String> preparation() {
    return UserDomains.joinLl(threads());
  }

  @Override
  public List<Turn> turns() {
    return steps.turns();
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    String halt = LlTraces.text(end, "halt", "why");
    if (trace.loop().isPresent() && List.of("no", "endless").contains(halt)) {
      return liveness(property, end);
    }
    if (!halt.equals("no")) {
      lines.add(Verdicts.end(halt));
    }
    List<String> states =
        given.names("Tasks").stream()
            .map(
                task ->
                    "task_"
                        + Plain.name(task)
                        + ".state == SOF_TASK_STATE_"
                        + Plain.name(LlTraces.text(end, "state", task)))
            .toList();
    lines.addAll(Verdicts.anotherWay(property, states));
    return lines;
  }

  /**
   * What is in progress should end, what is queued should run, what is canceled should be reaped.
   */
  private List<String> liveness(String property, TraceState end) {
    Liveness liveness = new Liveness(property);
    List<CThread> threads = threads();
    for (int i = 0; i < threads.size(); i++) {
      if (LlTraces.isInCall(end, threads.get(i).name())) {
        liveness.call(threads.get(i).name(), i);
      }
    }
    if (LlTraces.isInCall(end, LL)) {
      liveness.otherThread(LL);
    }
    for (String task : given.names("Tasks").stream().map(Plain::name).toList()) {
      String state = LlTraces.text(end, "state", task);
      String same = "task_" + task + ".state == SOF_TASK_STATE_" + Plain.name(state);
      if (state.equals("CANCEL")) {
        liveness.change("(" + same + ")", "task " + task + " was not reaped");
      } else if (state.equals("QUEUED")) {
        String idle = steps.callbacks().hasNotRunAgain("callback_" + task);
        liveness.change("(" + same + " && " + idle + ")", "task " + task + " did not run");
      }
    }
    return liveness.verdict();
  }
}
