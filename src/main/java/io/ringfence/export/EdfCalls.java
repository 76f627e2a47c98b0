package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A trace of {@code spec/EdfScheduler.tla} as calls of the EDF scheduler: those of clients in
 * threads of their own, those of the work queue's thread in the callbacks of the tasks.
 */
final class EdfCalls implements CFamily {
  private static final String QUEUE = "edf";

  /** Whatever waits for its time waits in the order of arrival. */
  private static final int DELAY_MS = 10;

  private final Trace trace;
  private final LlTraces.Constants given;
  private final CallbackTurns steps = new CallbackTurns();

  EdfCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
    Step.of(trace).forEach(step -> add(step.call(), step.before()));
  }

  private void add(ActionCall call, TraceState before) {
    String thread = LlTraces.thread(call);
    List<String> code = code(call);
    // Whatever of the work queue has code here, a callback does.
    if (thread.equals(QUEUE) && !code.isEmpty()) {
      steps.addToCallback(call, thread, true, code);
    } else {
      steps.addToThread(call, thread, code);
    }
    begin(before, call);
  }

  /** The steps that call what the client gave. */
  private void begin(TraceState before, ActionCall call) {
    switch (call.name()) {
      case "E2_Call" -> steps.callbacks().begin("run_" + handled(before));
      case "E5_Complete" -> steps.callbacks().begin("complete_" + handled(before));
      case "E5_Submit" -> {
        steps.callbacks().begin("deadline_" + handled(before));
        steps.callbacks().add(List.of("return " + deadline(call) + ";"));
      }
      default -> {}
    }
  }

  /** The task whose handler runs. */
  private static String handled(TraceState state) {
    return Plain.name(LlTraces.frame(state, QUEUE, "task"));
  }

  private static boolean isLater(ActionCall call) {
    return ActionArguments.text(call, "delay").equals("later");
  }

  private static String deadline(ActionCall call) {
    return isLater(call)
        ? "k_uptime_ticks() + k_ms_to_ticks_ceil64(" + DELAY_MS + ")"
        : "SOF_TASK_DEADLINE_NOW";
  }

  private static List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "N_Init" -> {
        String task = task(call);
        yield List.of(
            "zassert_ok(schedule_task_init_edf(&task_"
                + task
                + ", &task_uid, &ops_"
                + task
                + ", NULL, 0, 0));");
      }
      case "S0_Schedule" ->
          List.of(
              "schedule_task(&task_"
                  + task(call)
                  + ", "
                  + (isLater(call) ? 1000 * DELAY_MS : 0)
                  + ", 0);");
      case "C0_Cancel" -> List.of("zassert_ok(schedule_task_cancel(&task_" + task(call) + "));");
      case "F0_Free" -> List.of("schedule_task_free(&task_" + task(call) + ");");
      case "D_Destroy" ->
          List.of(
              "/* the memory is released, and has another owner at once */",
              "memset(&task_" + task(call) + ", 0xa5, sizeof(task_" + task(call) + "));");
      case "X_Return" -> List.of("return SOF_TASK_STATE_" + result(call) + ";");
      case "X_Completed" -> List.of("return;");
      default -> List.of();
    };
  }

  private static String task(ActionCall call) {
    return Plain.name(ActionArguments.text(call, "k"));
  }

  private static String result(ActionCall call) {
    return Plain.name(ActionArguments.text(call, "result"));
  }

  @Override
  public List<String> includes() {
    return List.of("sof/schedule/edf_schedule.h", "sof/schedule/schedule.h");
  }

  @Override
  public String otherThread() {
    return "\"" + QUEUE + "\"";
  }

  private List<String> tasks() {
    return given.names("Tasks").stream().map(Plain::name).toList();
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>();
    lines.add("static const __unused struct sof_uuid_entry task_uid;");
    tasks().forEach(task -> lines.add("static struct task task_" + task + ";"));
    lines.add("");
    for (String task : tasks()) {
      lines.addAll(
          steps
              .callbacks()
              .function(
                  "enum task_state",
                  "run_" + task,
                  List.of("ringfence_at(\"X_Return\");", "return SOF_TASK_STATE_COMPLETED;")));
      lines.addAll(
          steps
              .callbacks()
              .function("void", "complete_" + task, List.of("ringfence_at(\"X_Completed\");")));
      lines.addAll(
          steps
              .callbacks()
              .function("uint64_t", "deadline_" + task, List.of("return SOF_TASK_DEADLINE_NOW;")));
      lines.add("static const struct task_ops ops_" + task + " = {");
      lines.add("\t.run = run_" + task + ",");
      lines.add("\t.complete = complete_" + task + ",");
      lines.add("\t.get_deadline = deadline_" + task + ",");
      lines.add("};");
      lines.add("");
    }
    if (tasks().stream().anyMatch(this::isGone)) {
      lines.addAll(
          CTestSource.lines(
              """
              static void check_released(const void *task, size_t bytes)
              {
              	for (size_t i = 0; i < bytes; i++)
              		zassert_equal(((const uint8_t *)task)[i], 0xa5,
              			      "released memory was written, byte %zu", i);
              }
              """));
      lines.add("");
    }
    return lines;
  }

  private boolean isGone(String task) {
    return LlTraces.text(Verdicts.end(trace), "mem", task).equals("gone");
  }

  @Override
  public List<CThread> threads() {
    return given.names("Clients").stream()
        .map(Plain::name)
        .filter(steps::has)
        .map(client -> new CThread(client, false, 0))
        .toList();
  }

  @Override
  public List<Turn> turns() {
    return steps.turns();
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    List<String> states = new ArrayList<>();
    for (String task : tasks()) {
      if (isGone(task)) {
        lines.add("check_released(&task_" + task + ", sizeof(task_" + task + "));");
      } else if (LlTraces.text(end, "mem", task).equals("live")) {
        String state = Plain.name(LlTraces.text(end, "state", task));
        states.add("task_" + task + ".state == SOF_TASK_STATE_" + state);
      }
    }
    lines.addAll(Verdicts.anotherWay(property, states));
    return lines;
  }
}
