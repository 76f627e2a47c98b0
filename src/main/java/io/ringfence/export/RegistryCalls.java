package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A trace of {@code spec/SchedulerOwnership.tla} as calls of the registry of schedulers. */
final class RegistryCalls implements CFamily {
  private static final Set<String> TYPES = Set.of("EDF", "LL_TIMER", "LL_DMA", "DP", "TWB");

  private static final String ATTACKER = "attacker";

  private final Trace trace;
  private final LlTraces.Constants given;

  RegistryCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
  }

  @Override
  public List<String> includes() {
    return List.of("rtos/alloc.h", "sof/schedule/ll_schedule_domain.h", "sof/schedule/schedule.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>();
    for (String task : ActionArguments.names(trace, "k")) {
      lines.add("ZTEST_BMEM static struct task task_" + task + ";");
    }
    lines.addAll(
        CTestSource.lines(
            """
            static const __unused struct sof_uuid_entry task_uid;
            ZTEST_BMEM static int scheduler_data;

            static int do_nothing(void *data, struct task *task)
            {
            	return 0;
            }

            static int schedule_nothing(void *data, struct task *task, uint64_t start, uint64_t period)
            {
            	return 0;
            }

            static const struct scheduler_ops ops_full = {
            	.schedule_task = schedule_nothing,
            	.schedule_task_cancel = do_nothing,
            	.schedule_task_free = do_nothing,
            };

            static const __unused struct scheduler_ops ops_partial = {
            	.schedule_task = schedule_nothing,
            };

            static __unused enum task_state run_task(void *data)
            {
            	return SOF_TASK_STATE_COMPLETED;
            }

            static bool in_user_heap(const void *at)
            {
            	const struct k_heap *heap = sof_sys_user_heap_get();
            	const uint8_t *first = heap ? heap->heap.init_mem : NULL;

            	return heap && (const uint8_t *)at >= first &&
            	       (const uint8_t *)at < first + heap->heap.init_bytes;
            }

            /* Everything that the kernel's list of this core leads to is the kernel's own. */
            static __unused void check_registry(const char *property)
            {
            	struct schedulers *schedulers = *arch_schedulers_get();
            	uint32_t types = 0;

            	zassert_false(in_user_heap(schedulers), "%s: the list is in user memory", property);
            	if (!schedulers)
            		return;
            	for (struct list_item *i = schedulers->list.next; i != &schedulers->list; i = i->next) {
            		struct schedule_data *sch = CONTAINER_OF(i, struct schedule_data, list);

            		zassert_false(in_user_heap(sch), "%s: type %d is in user memory", property,
            			      sch->type);
            		zassert_false(types & BIT(sch->type), "%s: type %d is there twice", property,
            			      sch->type);
            		types |= BIT(sch->type);
            	}
            }
            """));
    lines.add("");
    if (isAttacked()) {
      lines.addAll(UserDomains.llDeclarations(threads()));
      lines.addAll(
          CTestSource.lines(
              """
              ZTEST_BMEM static bool astray;

              static int schedule_astray(void *data, struct task *task, uint64_t start, uint64_t period)
              {
              	astray = true;
              	return 0;
              }

              /* All schedulers that the user list of core 0 leads to get another operation. */
              static void overwrite_ops(void)
              {
              	ZTEST_BMEM static struct scheduler_ops forged;
              	struct schedulers *schedulers = *arch_user_schedulers_get_for_core(0);

              	forged = ops_full;
              	forged.schedule_task = schedule_astray;
              	for (struct list_item *i = schedulers->list.next; i != &schedulers->list; i = i->next)
              		CONTAINER_OF(i, struct schedule_data, list)->ops = &forged;
              }
              """));
      lines.add("");
    }
    return lines;
  }

  @Override
  public List<CThread> threads() {
    Set<String> names = new LinkedHashSet<>(ActionArguments.names(trace, "th"));
    List<String> users = new ArrayList<>(given.names("UserThreads"));
    if (isAttacked()) {
      names.add(ATTACKER);
      users.add(ATTACKER);
    }
    return names.stream()
        .map(
            name ->
                new CThread(
                    name,
                    users.contains(name),
                    name.equals(ATTACKER) ? 0 : given.core("CoreOf", name)))
        .toList();
  }

  @Override
  public List<String> preparation() {
    return isAttacked() ? UserDomains.joinLl(threads()) : List.of();
  }

  @Override
  public List<Turn> turns() {
    return Turns.of(trace, RegistryCalls::thread, RegistryCalls::code);
  }

  /**
   * What user space may do to the operations of a scheduler that its own lists lead to. Where all
   * else lies it cannot know without luck, and luck makes no test.
   */
  private static List<String> overwrite(ActionCall call) {
    if (!ActionArguments.text(call, "field").equals("ops")) {
      throw unknown(call);
    }
    return Faults.allowed("overwrite_ops();");
  }

  private static ExportException unknown(ActionCall call) {
    return new ExportException(
        call + ": what an attacker writes into a structure that he has to find by luck is no test");
  }

  private boolean isAttacked() {
    return ActionArguments.calls(trace).stream()
        .anyMatch(call -> call.name().startsWith("Adversary"));
  }

  private static String thread(ActionCall call) {
    if (call.name().startsWith("Adversary")) {
      return ATTACKER;
    }

    return call.arguments().containsKey("th") ? Plain.name(ActionArguments.text(call, "th")) : "";
  }

  private static List<String> code(ActionCall call) {
    return switch (call.name()) {
      case "I1_ChooseHeap" ->
          List.of("scheduler_init(" + type(call) + ", &ops_" + ops(call) + ", &scheduler_data);");
      case "T1_CheckType" ->
          List.of(
              "schedule_task_init("
                  + task(call)
                  + ", &task_uid, "
                  + type(call)
                  + ", 0, run_task, NULL, "
                  + core(call)
                  + ", 0);");
      case "Lookup" -> List.of("scheduler_get_data(" + type(call) + ");");
      case "Operate" -> operate(call);
      case "AdversaryWrite" -> overwrite(call);
      case "AdversaryWriteSlot" -> throw unknown(call);
      default -> List.of();
    };
  }

  private static String type(ActionCall call) {
    String type = ActionArguments.text(call, "type");
    // Any other name stands for a type that does not exist.
    return "SOF_SCHEDULE_" + (TYPES.contains(type) ? type : "COUNT");
  }

  private static String ops(ActionCall call) {
    String ops = ActionArguments.text(call, "ops");
    if (!ops.equals("full") && !ops.equals("partial")) {
      throw new ExportException(call + ": ops should be full or partial");
    }
    return ops;
  }

  private static String task(ActionCall call) {
    return "&task_" + Plain.name(ActionArguments.text(call, "k"));
  }

  private static int core(ActionCall call) {
    String core = ActionArguments.text(call, "core");
    if (!core.matches("c[0-9]")) {
      throw new ExportException(call + ": the core should be c and a digit");
    }
    return core.charAt(1) - '0';
  }

  private static List<String> operate(ActionCall call) {
    String task = task(call);
    return List.of(
        switch (ActionArguments.text(call, "op")) {
          case "schedule" -> "schedule_task(" + task + ", 0, 1000);";
          case "before" -> "schedule_task_before(" + task + ", 0, 1000, " + task + ");";
          case "after" -> "schedule_task_after(" + task + ", 0, 1000, " + task + ");";
          case "cancel" -> "schedule_task_cancel(" + task + ");";
          case "free" -> "schedule_task_free(" + task + ");";
          case "running" -> "schedule_task_running(" + task + ");";
          case "reschedule" -> "reschedule_task(" + task + ", 0);";
          default -> throw new ExportException(call + ": no such operation of a task");
        });
  }

  @Override
  public List<String> verdict(String property) {
    List<String> lines = new ArrayList<>();
    lines.add("ARG_UNUSED(followed);");
    if (isAttacked()) {
      lines.add(
          "zassert_false(astray, \"the kernel calls what user space says: " + property + "\");");
    } else {
      lines.add("check_registry(\"" + property + "\");");
    }
    return lines;
  }
}
