package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A trace of {@code spec/KernelObjects.tla}: what happens at boot has happened before a test runs;
 * commands about a task are calls of a user thread, which stands for the IPC thread.
 */
final class ObjectCalls implements CFamily {
  private static final String IPC = "ipc";

  private final Trace trace;

  ObjectCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
  }

  @Override
  public List<String> includes() {
    return List.of("sof/schedule/ll_schedule.h", "sof/schedule/ll_schedule_domain.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(UserDomains.llDeclarations(threads()));
    lines.addAll(
        CTestSource.lines(
            """
                static const __unused struct sof_uuid_entry task_uid;
                ZTEST_BMEM static __unused struct task task;
                ZTEST_BMEM static __unused struct task dp_task;
                ZTEST_BMEM static int returned;
                ZTEST_BMEM static struct task tick_tasks[2];
                ZTEST_BMEM static int ticks[2];

                /* Counts the ticks of its core. */
                static enum task_state count_tick(void *data)
                {
                	++*(int *)data;
                	return SOF_TASK_STATE_RESCHEDULE;
                }

                /* The LL thread of a core is in its domain, and it ticks. */
                static void check_core(int core, const char *property)
                {
                	struct k_thread *thread = zephyr_domain_thread_tid_for_core(core);
                	struct task *own = &tick_tasks[core];

                	if (!thread)
                		return;
                	zassert_true(thread->mem_domain_info.mem_domain == zephyr_ll_mem_domain(),
                		     "%s: the LL thread of core %d is in another domain", property, core);
                	zassert_ok(schedule_task_init_ll(own, &task_uid, SOF_SCHEDULE_LL_TIMER, 0,
                					 count_tick, &ticks[core], core, 0));
                	zassert_ok(schedule_task(own, 0, 1000));
                	k_sleep(K_MSEC(10));
                	zassert_true(ticks[core] > 0, "%s: core %d does not tick", property, core);
                	zassert_ok(schedule_task_free(own));
                }
                """));
    lines.add("");
    return lines;
  }

  @Override
  public List<CThread> threads() {
    return List.of(new CThread(IPC, true, 0));
  }

  @Override
  public List<String> preparation() {
    List<String> lines = new ArrayList<>(UserDomains.joinLl(threads()));
    lines.add("/* what is done for the IPC thread at boot */");
    lines.add("user_ll_grant_access(ringfence_tids[0], 0);");
    return lines;
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(trace, ObjectCalls::thread, ObjectCalls::code);
  }

  private static String thread(ActionCall call) {
    return switch (call.name()) {
      case "InitTask", "ScheduleTask", "ScheduleDp", "FreeTask", "EndFree", "Run" -> IPC;
      default -> "";
    };
  }

  private static List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "InitTask" ->
          counted(
              "zassert_ok(schedule_task_init_ll(&task, &task_uid, SOF_SCHEDULE_LL_TIMER, 0, "
                  + "count_tick, &ticks[0], 0, 0));");
      case "ScheduleTask" -> counted("zassert_ok(schedule_task(&task, 0, 1000));");
      case "ScheduleDp" ->
          counted(
              "zassert_ok(schedule_task_init(&dp_task, &task_uid, SOF_SCHEDULE_DP, 0, count_tick, "
                  + "&ticks[0], 0, 0));",
              "schedule_task(&dp_task, 0, 1000);");
      case "Run" -> List.of("/* the LL thread ticks */", "k_sleep(K_MSEC(3));");
      case "FreeTask" -> counted("zassert_ok(schedule_task_free(&task));");
      case "InitDomain",
          "InitScheduler",
          "InitIpc",
          "EndBoot",
          "CreateThread",
          "JoinDomain",
          "StartThread",
          "EndFree" ->
          List.of();
      default -> throw ExportException.unknown(call);
    };
  }

  /** A call that may end its thread: the test counts those that return. */
  private static List<String> counted(String... code) {
    List<String> lines = new ArrayList<>();
    lines.add("ztest_set_fault_valid(true);");
    lines.addAll(List.of(code));
    lines.add("returned++;");
    return lines;
  }

  @Override
  public List<String> verdict(String property) {
    long calls = turns().stream().filter(turn -> turn.code().contains("returned++;")).count();
    List<String> lines = new ArrayList<>();
    lines.add("ARG_UNUSED(followed);");
    lines.add(
        "zassert_equal(returned, " + calls + ", \"a call ended its thread: " + property + "\");");
    lines.add("check_core(0, \"" + property + "\");");
    lines.add("check_core(1, \"" + property + "\");");
    if (property.equals("SemaphoreHomeInv")) {
      lines.add("/* the handle is behind two flags; what it leads to is not in user memory */");
      lines.add("zassert_false((uint8_t *)((void **)task.priv_data)[1] >=");
      lines.add("\t      (uint8_t *)zephyr_ll_user_heap()->heap.init_mem &&");
      lines.add("\t      (uint8_t *)((void **)task.priv_data)[1] <");
      lines.add("\t      (uint8_t *)zephyr_ll_user_heap()->heap.init_mem +");
      lines.add("\t      zephyr_ll_user_heap()->heap.init_bytes, \"" + property + "\");");
    }
    return lines;
  }
}
