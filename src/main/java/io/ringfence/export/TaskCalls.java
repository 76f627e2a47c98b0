package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A trace of {@code spec/TaskSyscalls.tla} as system calls about tasks, with an attacker that
 * overwrites what they find in user memory.
 */
final class TaskCalls implements CFamily {
  private static final String ATTACKER = "attacker";

  private final Trace trace;
  private final LlTraces.Constants given;

  TaskCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
  }

  private boolean has(String action) {
    return ActionArguments.calls(trace).stream().anyMatch(call -> call.name().equals(action));
  }

  /** The calls of the DP scheduler that were proposed: they are called by their names there. */
  private boolean ofDpCalls() {
    return has("CallTick")
        || ActionArguments.calls(trace).stream()
            .anyMatch(
                call ->
                    call.name().equals("Call")
                        && ActionArguments.text(call, "call").equals("scheduler_dp_task_free"));
  }

  @Override
  public List<String> includes() {
    List<String> includes =
        new ArrayList<>(
            List.of(
                "rtos/alloc.h", "sof/schedule/ll_schedule.h", "sof/schedule/ll_schedule_domain.h"));
    if (has("CallPipeline")) {
      includes.add("ipc4/pipeline.h");
      includes.add("sof/ipc/topology.h");
    }
    if (has("CallIpc")) {
      includes.add("ipc4/module.h");
      includes.add("sof/schedule/dp_schedule.h");
      includes.add("sof/audio/module_adapter/module/generic.h");
    }
    return includes;
  }

  private Set<String> tasks() {
    Set<String> tasks = new LinkedHashSet<>();
    given.names("Tasks").stream().map(Plain::name).forEach(tasks::add);
    return tasks;
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(HeapUse.declarations());
    lines.addAll(HeapUse.all());
    lines.addAll(UserDomains.llDeclarations(threads()));
    if (ofDpCalls()) {
      lines.addAll(
          CTestSource.lines(
              """
              /* As proposed in pull request 10945: system calls. */
              void scheduler_dp_internal_free(struct task *task);
              void scheduler_dp_ll_tick(unsigned int core);

              /* What the scheduler keeps of a DP task begins with its thread. */
              ZTEST_BMEM static struct {
              	k_tid_t thread_id;
              	uint8_t rest[508];
              } dp_data;
              static __unused struct k_thread own_thread;
              static __unused struct k_thread foreign_thread;
              """));
    }
    lines.add("static const __unused struct sof_uuid_entry task_uid;");
    tasks().forEach(task -> lines.add("ZTEST_BMEM static struct task " + task + ";"));
    lines.add("ZTEST_BMEM static __unused uint8_t other_data[64];");
    lines.add("static __unused uint8_t kernel_data[64];");
    lines.add("ZTEST_BMEM static bool astray;");
    lines.add("static size_t before;");
    if (has("CallPipeline")) {
      lines.add("static bool refused;");
    }
    if (has("CallIpc")) {
      lines.add("static struct comp_dev dev;");
      lines.add("static struct processing_module mod;");
    }
    lines.add("");
    lines.addAll(
        CTestSource.lines(
            """
            static __unused enum task_state run_task(void *data)
            {
            	return SOF_TASK_STATE_RESCHEDULE;
            }

            static void check_kernel(const char *property)
            {
            	for (size_t i = 0; i < sizeof(kernel_data); i++)
            		zassert_equal(kernel_data[i], 0, "%s: the kernel wrote byte %zu", property, i);
            }
            """));
    lines.add("");
    return lines;
  }

  @Override
  public List<CThread> threads() {
    List<CThread> threads = new ArrayList<>();
    for (String thread : ActionArguments.names(trace, "t")) {
      threads.add(new CThread(thread, !thread.equals("ipc"), 0));
    }
    if (ActionArguments.calls(trace).stream().anyMatch(call -> call.name().startsWith("Forge"))) {
      threads.add(new CThread(ATTACKER, true, 0));
    }
    return threads;
  }

  @Override
  public List<String> preparation() {
    List<String> lines = new ArrayList<>();
    for (String task : tasks()) {
      lines.add(
          "zassert_ok(schedule_task_init_ll(&"
              + task
              + ", &task_uid, SOF_SCHEDULE_LL_TIMER, 0, run_task, NULL, 0, 0));");
      lines.add("/* without the semaphore, which is what the test asks for */");
      lines.add("zephyr_ll_task_sem_free(&" + task + ");");
    }
    if (ofDpCalls()) {
      lines.add("dp_data.thread_id = &own_thread;");
      tasks().forEach(task -> lines.add(task + ".priv_data = &dp_data;"));
    }
    if (has("CallIpc")) {
      lines.add("mod.dev = &dev;");
      lines.add("dev.task = &" + tasks().iterator().next() + ";");
    }
    lines.addAll(UserDomains.joinLl(threads()));
    lines.add("before = all_in_use();");
    return lines;
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(
        trace,
        call -> call.arguments().containsKey("t") ? ActionArguments.text(call, "t") : ATTACKER,
        this::code);
  }

  private List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "Call" -> call(call);
      case "CallTick" -> {
        long core = ActionArguments.number(call, "c");
        List<String> lines =
            new ArrayList<>(Faults.inSystemCall("scheduler_dp_ll_tick(" + core + ");"));
        if (core >= given.number("CoreCount")) {
          lines.add("astray = true;\t/* there is no such core */");
        }
        yield lines;
      }
      case "CallPipeline" ->
          List.of(
              "{",
              "\tstruct ipc4_pipeline_create message = { 0 };",
              "",
              "\tmessage.extension.r.core_id = " + ActionArguments.number(call, "c") + ";",
              "\trefused = ipc_pipeline_new(ipc_get(), (ipc_pipe_new *)&message) != 0;",
              "}");
      case "CallIpc" ->
          List.of(
              "scheduler_dp_thread_ipc(&mod, "
                  + Plain.name(ActionArguments.text(call, "cmd"))
                  + ", NULL);");
      case "ForgeCore" ->
          List.of(task(call) + ".core = " + ActionArguments.number(call, "c") + ";");
      case "Forge" -> List.of(forge(call));
      case "Verify",
          "Make",
          "Link",
          "Find",
          "Unlink",
          "Dispose",
          "Finish",
          "Lock",
          "Unlock",
          "Sync",
          "Send" ->
          List.of();
      default -> throw ExportException.unknown(call);
    };
  }

  private static String task(ActionCall call) {
    return Plain.name(ActionArguments.text(call, "k"));
  }

  private static List<String> call(ActionCall call) {
    String function =
        switch (ActionArguments.text(call, "call")) {
          case "zephyr_ll_task_sem_alloc" -> "zephyr_ll_task_sem_alloc";
          case "zephyr_ll_task_sem_free" -> "zephyr_ll_task_sem_free";
          case "scheduler_dp_task_free" -> "scheduler_dp_internal_free";
          default -> throw new ExportException(call + ": no such system call");
        };
    return Faults.inSystemCall(function + "(&" + task(call) + ");");
  }

  private static String forge(ActionCall call) {
    String task = task(call);
    return switch (ActionArguments.text(call, "x")) {
      case "priv=NULL" -> task + ".priv_data = NULL;";
      case "priv=kernel" -> task + ".priv_data = kernel_data;";
      case "priv=other" -> task + ".priv_data = other_data;";
      case "thread=theirs" -> "dp_data.thread_id = &foreign_thread;";
      default -> throw new ExportException(call + ": no such word");
    };
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    lines.add("zassert_false(astray, \"a call was not refused: " + property + "\");");
    lines.add("check_kernel(\"" + property + "\");");
    String stop = Verdicts.text(end, "stop");
    if (stop.equals("halt")) {
      throw new ExportException(
          "the firmware's handler of fatal errors, which halts it, gives way to that of ztest");
    }
    if (!stop.equals("-")) {
      lines.addAll(Verdicts.survived(stop));
      return lines;
    }
    if (has("CallPipeline")) {
      lines.add("/* a call that the trace ends within has not returned, and was not refused */");
      lines.add("ARG_UNUSED(followed);");
      lines.add("ringfence_settle();");
      lines.add(
          "zassert_true(refused, \"a core that there is not was not refused: " + property + "\");");
      return lines;
    }
    if (property.equals("NoLeakAfterTeardownInv")) {
      for (String task : tasks()) {
        lines.add("/* whatever is recorded for the task is freed with it */");
        lines.add("for (int i = 0; i < 8; i++)");
        lines.add("\tzephyr_ll_task_sem_free(&" + task + ");");
        lines.add(
            "zassert_equal(all_in_use(), before, \"a semaphore is lost: " + property + "\");");
      }
    }
    lines.addAll(Verdicts.anotherWay(property, List.of()));
    return lines;
  }
}
