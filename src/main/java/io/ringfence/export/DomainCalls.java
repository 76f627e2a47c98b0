package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A trace of {@code spec/LlDomain.tla} as calls of the LL schedulers of two cores. The spec counts
 * tasks; here each call to schedule has a task of its own, and a tick runs the earliest first.
 */
final class DomainCalls implements CFamily {
  private static final int CORES = 2;

  private final Trace trace;
  private final LlTraces.Constants given;
  private final CallbackTurns steps = new CallbackTurns();
  private final Set<String> tasks = new LinkedHashSet<>();
  private final Set<String> contexts = new LinkedHashSet<>();

  /** The task that a thread's call in progress is about. */
  private final Map<String, String> subject = new HashMap<>();

  private final List<Deque<String>> waiting = List.of(new ArrayDeque<>(), new ArrayDeque<>());
  private final List<Deque<String>> tick = List.of(new ArrayDeque<>(), new ArrayDeque<>());

  DomainCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
    ActionArguments.calls(trace).forEach(this::add);
  }

  private void add(ActionCall call) {
    // An interrupt cannot wait for its turn.
    String thread = LlTraces.thread(call);
    switch (call.name()) {
      case "R2_Done", "R2d_Block" -> steps.addToCallback(call, thread, true, callback(call));
      case "R2d_Resume" -> steps.addWithinCallback(call, thread);
      default -> steps.addToThread(call, thread, code(call));
    }
    follow(call, thread);
  }

  private static int coreArgument(ActionCall call) {
    long core = ActionArguments.number(call, "c");
    if (core < 0 || core > 9) {
      throw new ExportException(call + ": a core should be one digit");
    }
    return (int) core;
  }

  /** A core that tasks are scheduled on. */
  private static int existing(ActionCall call) {
    int core = coreArgument(call);
    if (core >= CORES) {
      throw new ExportException(call + ": there are two cores");
    }
    return core;
  }

  /** Which tasks are in the lists, and which of them a tick is at. */
  private void follow(ActionCall call, String thread) {
    switch (call.name()) {
      case "S6_Count" -> {
        String task = subject.getOrDefault(thread, "");
        waiting.get(coreOf(task)).add(task);
      }
      case "U1_Uncount" -> {
        String task = subject.get(thread);
        if (task != null) {
          waiting.get(coreOf(task)).remove(task);
        }
      }
      case "R1_Lock" -> {
        tick.get(CThread.core(thread)).clear();
        tick.get(CThread.core(thread)).addAll(waiting.get(CThread.core(thread)));
        enter(CThread.core(thread));
      }
      case "R2_Done" -> {
        waiting.get(CThread.core(thread)).remove(tick.get(CThread.core(thread)).poll());
        enter(CThread.core(thread));
      }
      default -> {}
    }
  }

  /** The core of a task, by its name. */
  private static int coreOf(String task) {
    return task.startsWith("task_1") ? 1 : 0;
  }

  private void enter(int core) {
    if (!tick.get(core).isEmpty()) {
      steps.callbacks().begin("run_" + tick.get(core).element());
    }
  }

  private List<String> callback(ActionCall call) {
    int core = CThread.core(ActionArguments.text(call, "t"));
    if (tick.get(core).isEmpty()) {
      throw new ExportException(call + ": no task is there to run");
    }
    return switch (call.name()) {
      case "R2_Done" -> List.of("return SOF_TASK_STATE_COMPLETED;");
      case "R2d_Block" ->
          List.of(
              "/* the callback waits, and has taken a lock of its own */",
              "k_mutex_lock(&lock_of_callback, K_FOREVER);",
              "ringfence_at(\"R2d_Resume\");",
              "k_mutex_unlock(&lock_of_callback);");
      default -> List.of();
    };
  }

  private List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "S0_Schedule" -> {
        int core = existing(call);
        String task = "task_" + core + "_" + (tasks.size() + 1);
        tasks.add(task);
        subject.put(ActionArguments.text(call, "t"), task);
        yield List.of("ret_" + task + " = schedule_task(&" + task + ", 0, 1000);");
      }
      case "F0_Free" -> {
        int core = existing(call);
        String task = waiting.get(core).peekLast();
        if (task == null) {
          throw new ExportException(call + ": no task is there to free");
        }
        subject.put(ActionArguments.text(call, "t"), task);
        yield List.of("schedule_task_free(&" + task + ");");
      }
      case "V0_InitContext" -> {
        String task = "context_" + coreArgument(call);
        contexts.add(task);
        yield List.of("scheduler_init_context(&" + task + ");");
      }
      case "X0_Free" -> List.of("/* in a build for tests */", "schedule_free(0);");
      default -> List.of();
    };
  }

  @Override
  public List<String> includes() {
    return List.of(
        "sof/lib/cpu.h",
        "sof/schedule/ll_schedule.h",
        "sof/schedule/ll_schedule_domain.h",
        "sof/schedule/schedule.h");
  }

  @Override
  public String otherThread() {
    return "cpu_get_id() ? \"ll1\" : \"ll0\"";
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(UserDomains.llDeclarations(threads()));
    lines.add("static const __unused struct sof_uuid_entry task_uid;");
    if (blocks()) {
      lines.add("K_MUTEX_DEFINE(lock_of_callback);");
    }
    tasks.forEach(task -> lines.add("ZTEST_BMEM static struct task " + task + ";"));
    tasks.forEach(task -> lines.add("ZTEST_BMEM static int ret_" + task + ";"));
    contexts.forEach(task -> lines.add("ZTEST_BMEM static struct task " + task + ";"));
    lines.add("");
    for (String task : tasks) {
      lines.addAll(callback(task));
    }
    for (String task : contexts) {
      lines.addAll(callback(task));
    }
    return lines;
  }

  private boolean blocks() {
    return steps.turns().stream().anyMatch(turn -> turn.label().equals("R2d_Block"));
  }

  private List<String> callback(String task) {
    return steps
        .callbacks()
        .function("enum task_state", "run_" + task, List.of("return SOF_TASK_STATE_RESCHEDULE;"));
  }

  private boolean isUserBuild() {
    return given.text("Build").equals("user");
  }

  @Override
  public List<CThread> threads() {
    return ActionArguments.names(trace, "t").stream()
        .filter(thread -> !thread.startsWith("ll"))
        .map(
            thread ->
                new CThread(thread, isUserBuild() && thread.equals("ipc0"), CThread.core(thread)))
        .toList();
  }

  @Override
  public List<String> preparation() {
    List<String> lines = new ArrayList<>();
    List<String> all = new ArrayList<>(tasks);
    all.addAll(contexts);
    for (String task : all) {
      int core = task.charAt(task.indexOf('_') + 1) - '0';
      lines.add(
          "zassert_ok(schedule_task_init_ll(&"
              + task
              + ", &task_uid, SOF_SCHEDULE_LL_TIMER, 0, run_"
              + task
              + ", NULL, "
              + (core < CORES ? core : 0)
              + ", 0));");
      if (core >= CORES) {
        lines.add("/* there is no such core, but a task may say so */");
        lines.add(task + ".core = " + core + ";");
      }
    }
    List<CThread> threads = threads();
    lines.addAll(UserDomains.joinLl(threads));
    for (int i = 0; i < threads.size(); i++) {
      if (threads.get(i).user()) {
        lines.add("/* what is done for the IPC thread at boot */");
        lines.add("user_ll_grant_access(ringfence_tids[" + i + "], 0);");
      }
    }
    return lines;
  }

  @Override
  public List<Turn> turns() {
    return steps.turns();
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    String fault = Verdicts.text(end, "fault");
    if (!fault.equals("no")) {
      lines.add(Verdicts.end(fault));
    }
    lines.add("zassert_true(atomic_get(&timer_domain_get()->total_num_tasks) >= 0,");
    lines.add("\t     \"fewer tasks than none: " + property + "\");");
    if (trace.loop().isPresent() && fault.equals("no")) {
      lines.addAll(liveness(property));
      return lines;
    }
    List<String> same = new ArrayList<>();
    same.add("atomic_get(&timer_domain_get()->total_num_tasks) == " + end.values().get("total"));
    if (property.equals("RegisterErrorReportedProp")) {
      tasks.forEach(task -> same.add("ret_" + task + " == 0"));
    }
    if (blocks() && steps.turns().stream().noneMatch(turn -> turn.label().equals("R2d_Resume"))) {
      same.add("k_mutex_lock(&lock_of_callback, K_NO_WAIT) != 0");
    }
    lines.addAll(Verdicts.anotherWay(property, same));
    return lines;
  }

  /** What is in progress should end, and what is scheduled should run. */
  private List<String> liveness(String property) {
    Liveness liveness = new Liveness(property);
    List<CThread> threads = threads();
    for (int i = 0; i < threads.size(); i++) {
      if (!LlTraces.place(Verdicts.end(trace), threads.get(i).name()).equals("idle")) {
        liveness.call(threads.get(i).name(), i);
      }
    }
    waiting.stream()
        .flatMap(Deque::stream)
        .forEach(
            task ->
                liveness.change(
                    "(" + steps.callbacks().hasNotRunAgain("run_" + task) + ")",
                    task + " did not run"));
    return liveness.verdict();
  }
}
