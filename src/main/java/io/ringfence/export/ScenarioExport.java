package io.ringfence.export;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.scenario.scheduler.SchedulerBoard;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A trace of {@code spec/LlScheduler.tla} as a scenario of the recorded format ({@code
 * src/test/resources/oracle/FORMAT.md}), with what the executable firmware does at each step.
 *
 * <p>A scenario can suspend a thread only where it waits, in a callback, or where it passes a lock;
 * a trace that switches elsewhere is refused. The steps are run before they are given out: they
 * must end where the trace ends.
 */
public final class ScenarioExport {
  private static final String LL = LlTraces.LL;

  private static final Map<String, String> PAUSES =
      Map.of(
          "S1_Lock", "ll_lock",
          "C1_Lock", "ll_lock",
          "F1_Lock", "ll_lock",
          "S7_Register", "ll_unlock",
          "F6_Wait", "ll_unlock",
          "F7_Lock", "ll_lock");
  private static final Map<String, String> CALLS =
      Map.of(
          "S0_Schedule", "schedule",
          "S0_Before", "schedule_before",
          "S0_After", "schedule_after",
          "C0_Cancel", "cancel",
          "F0_Free", "free");
  private static final Map<String, String> FAULTS =
      Map.of(
          "null", "null-dereference",
          "uaf", "use-after-free",
          "panic", "panic",
          "assert", "assert",
          "endless", "endless-loop",
          "oops", "permission");

  private final Trace trace;
  private final LlTraces.Constants given;
  private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();
  private final ScenarioScript script = new ScenarioScript();
  private String running = "";

  private ScenarioExport(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
  }

  /**
   * Writes a trace as a scenario.
   *
   * @param name the name of the scenario
   * @param constants the model's constants
   * @throws ExportException if a scenario cannot express the trace
   */
  public static ObjectNode write(String name, Trace trace, Map<String, Value> constants) {
    return new ScenarioExport(trace, constants).scenario(name);
  }

  private ObjectNode scenario(String name) {
    if (!given.text("Variant").equals("MERGED")
        || !given.names("Fixes").isEmpty()
        || !given.names("Defects").isEmpty()) {
      throw new ExportException(
          "a scenario is what the merged code does; this trace is of another design");
    }
    setUp();
    for (int i = 1; i < trace.states().size(); i++) {
      add(trace.states().get(i - 1), trace.states().get(i));
    }
    if (running.equals(LL) && script.executes()) {
      script.operation("yield");
    }
    ObjectNode scenario = JsonNodeFactory.instance.objectNode();
    scenario.put("format", 1).put("name", name);
    scenario.put("about", "A counterexample of TLC: " + name + ".");
    scenario.putArray("tags").add("counterexample");
    scenario.put("build", given.text("Build"));
    scenario
        .putObject("config")
        .put("core_count", 2)
        .put("dynamic_objects", given.flag("Dynamic"))
        .put("assert", true);
    scenario.set("tasks", script.json());
    scenario.put("outcome", "no fault");
    scenario.set("steps", steps);
    observe(scenario);
    return scenario;
  }

  // Steps.

  private ObjectNode step(String op) {
    return steps.addObject().put("op", op);
  }

  private void setUp() {
    step("ll_init").put("core", 0).put("on", "ipc0");
    if (given.text("Build").equals("user") && given.flag("Prepared")) {
      step("task_init").put("task", "Bootstrap").put("prio", 0).put("on", "ipc0");
      step("init_context").put("task", "Bootstrap").put("on", "ipc0");
      for (String client : given.names("Clients")) {
        if (client.startsWith("user")) {
          step("grant_lock").put("to", client).put("core", 0).put("on", "ipc0");
        }
      }
    }
  }

  private void add(TraceState before, TraceState after) {
    ActionCall call = after.action();
    if (call == null) {
      throw new ExportException("state " + after.index() + " does not say which action led there");
    }
    switch (call.name()) {
      case "Isr" -> {
        suspend(before);
        step("tick").putArray("cores");
      }
      case "F6_Timeout" -> {
        suspend(before);
        running = LlTraces.argument(call, "t");
        step("sem_timeout").put("on", running);
      }
      // The thread goes on with its next step.
      case "Resume" -> suspend(before);
      default -> act(before, call, LlTraces.argument(call, "t"));
    }
    if (LlTraces.isAborted(after) && !LlTraces.isAborted(before)) {
      script.ends();
    }
  }

  private void act(TraceState before, ActionCall call, String thread) {
    boolean inCallback = thread.equals(LL) && LlTraces.isInCallback(before);
    boolean begins = !thread.equals(LL) && isCall(call.name());
    if (!running.equals(thread) || begins) {
      suspend(before);
      if (!begins) {
        step("resume").put("on", thread);
      }
      running = thread;
    }
    if (CALLS.containsKey(call.name())) {
      String op = CALLS.get(call.name());
      ObjectNode operation = inCallback ? script.operation(op) : step(op);
      operation.put("task", task(LlTraces.argument(call, "k")));
      if (call.arguments().containsKey("ref")) {
        operation.put("reference", task(LlTraces.argument(call, "ref")));
      }
      on(operation, inCallback, thread);
    } else if (call.name().equals("N_Init")) {
      init(call, inCallback, thread);
    } else if (call.name().equals("K_Lock") || call.name().equals("K_Unlock")) {
      String op = call.name().equals("K_Lock") ? "ll_lock" : "ll_unlock";
      on(step(op).put("core", 0), inCallback, thread);
    } else if (call.name().equals("Block")) {
      script.operation("yield");
      running = "";
    } else if (call.name().equals("R2d_Return")) {
      script.returns(LlTraces.argument(call, "result"));
    } else if (call.name().equals("R2_Pick")) {
      begin(before);
    }
  }

  private static boolean isCall(String action) {
    return CALLS.containsKey(action) || Set.of("N_Init", "K_Lock", "K_Unlock").contains(action);
  }

  private static void on(ObjectNode operation, boolean inCallback, String thread) {
    if (!inCallback) {
      operation.put("on", thread);
    }
  }

  private void init(ActionCall call, boolean inCallback, String thread) {
    String task = LlTraces.argument(call, "k");
    String outcome = LlTraces.argument(call, "outcome");
    if (!outcome.equals("ok")) {
      String what = outcome.equals("no_record") ? "sem_record" : outcome.substring("no_".length());
      step("fail_alloc").put("what", what + "(");
    }
    ObjectNode operation = inCallback ? script.operation("task_init") : step("task_init");
    int priority = given.number("Priority", task);
    operation.put("task", task(task)).put("prio", priority).put("core", 0);
    on(operation, inCallback, thread);
  }

  /** The tick picks a task, and runs its callback unless it was cancelled. */
  private void begin(TraceState before) {
    String front = LlTraces.text(before, "next", "main");
    boolean runs = !front.equals("main") && !LlTraces.text(before, "state", front).equals("CANCEL");
    if (runs) {
      script.begin(task(front));
    }
  }

  /** The thread that runs is suspended, because another one takes the next step. */
  private void suspend(TraceState at) {
    String thread = running;
    running = "";
    if (thread.isEmpty()
        || !LlTraces.text(at, "status", thread).equals("ready")
        || LlTraces.label(at, thread).isEmpty()) {
      return;
    }
    String label = LlTraces.label(at, thread);
    if (label.equals("R2d")) {
      script.operation("yield");
      return;
    }
    if (label.equals("K_Unlock") || label.equals("L0_Take")) {
      return;
    }
    String point = PAUSES.get(label);
    if (point == null || thread.equals(LL)) {
      throw new ExportException(
          "in state "
              + at.index()
              + " "
              + thread
              + " is suspended at "
              + label
              + ", where a scenario cannot suspend it");
    }
    boolean second = label.equals("F7_Lock");
    ObjectNode last = (ObjectNode) steps.get(steps.size() - 1);
    last.putObject("pause_at").put("point", point).put("nth", second ? 2 : 1);
  }

  // What the firmware does.

  private void observe(ObjectNode scenario) {
    SchedulerBoard board = new SchedulerBoard(scenario);
    ArrayNode expected = scenario.putArray("expected");
    String fault = "";
    for (int i = 0; i < steps.size() && fault.isEmpty(); i++) {
      ObjectNode seen = board.perform(steps.get(i));
      expected.add(seen);
      fault = seen.path("fault").path("kind").asText("");
    }
    while (steps.size() > expected.size()) {
      steps.remove(steps.size() - 1);
    }
    TraceState end = trace.states().get(trace.states().size() - 1);
    String why = LlTraces.text(end, "halt", "why");
    String wanted = why.equals("no") ? "" : FAULTS.getOrDefault(why, why);
    if (!fault.equals(wanted)) {
      throw new ExportException(
          "the steps end with '"
              + fault
              + "', the trace with '"
              + wanted
              + "': a scenario cannot express what happens in between");
    }
    if (!fault.isEmpty()) {
      scenario.put("outcome", "fault: " + fault);
    }
  }

  /** Scenarios name tasks by capital letters. */
  private static String task(String name) {
    return name.toUpperCase(Locale.ROOT);
  }
}
