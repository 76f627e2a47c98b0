package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A trace of {@code spec/KernelTrust.tla}: a kernel thread calls, and a user thread of the LL
 * domain overwrites a word that the kernel follows.
 */
final class TrustCalls implements CFamily {
  private static final String KERNEL = "kernel";
  private static final String ATTACKER = "attacker";

  /** The steps that begin a routine, as calls. */
  private static final Map<String, String> CALLS =
      Map.ofEntries(
          Map.entry("AllocateData", "init_task();"),
          Map.entry("LoadScheduler schedule", "schedule_task(&task, 0, 1000);"),
          Map.entry("LoadScheduler free", "schedule_task_free(&task);"),
          Map.entry("CallDomain context", "scheduler_init_context(&context);"),
          Map.entry("CallDp", "schedule_task(&dp_task, 0, 1000);"),
          Map.entry(
              "PickSlot", "scheduler_init(SOF_SCHEDULE_LL_TIMER, task.sch->ops, task.sch->data);"),
          Map.entry("ForwardStore", "ipc_user_forward_cmd(0, 0);"),
          Map.entry("SendWork", "k_work_reschedule(&ipc_get()->z_delayed_work, K_NO_WAIT);"),
          Map.entry("RunTask", "k_sleep(K_MSEC(3));"),
          Map.entry("LockSlot", "user_ll_lock_sched(0);"),
          Map.entry("UnlockSlot", "user_ll_unlock_sched(0);"));

  /** The steps within a routine, which a hook announces, and those of the interrupt. */
  private static final Set<String> WITHIN =
      Set.of(
          "TickTest",
          "TickGive",
          "CallScheduler",
          "Lock",
          "CheckData",
          "Insert",
          "Unlink",
          "CountDown",
          "MarkFreeing",
          "WaitForTask",
          "LookAtSemaphore",
          "FreeData",
          "Release",
          "Unlock",
          "CallDomain",
          "StoreSemaphore",
          "InitSemaphore",
          "StoreThread",
          "RecordThread",
          "LockDomain",
          "UnlockDomain",
          "Append",
          "ForwardSet",
          "ForwardTake",
          "ForwardReply");

  /** Where a word lies, as an expression that can be assigned to. */
  private static final Map<String, String> WORDS =
      Map.ofEntries(
          Map.entry("task.sch", "task.sch"),
          Map.entry("task.next", "task.list.next"),
          Map.entry("task.priv_data", "task.priv_data"),
          Map.entry("sem_p", "((void **)task.priv_data)[1]"),
          Map.entry("sch.ops", "task.sch->ops"),
          Map.entry("tasks.next", "ll()->tasks.next"),
          Map.entry("first.prev", "ll()->tasks.next->prev"),
          Map.entry("lock", "ll()->lock"),
          Map.entry("sch.heap", "ll()->heap"),
          Map.entry("domain.ops", "timer_domain_get()->ops"),
          Map.entry("domain.priv_data", "timer_domain_get()->priv_data"),
          Map.entry("domain.lock", "timer_domain_get()->lock"),
          Map.entry("ll_thread", "core_data()->ll_thread"),
          Map.entry("sem", "core_data()->sem"),
          Map.entry("handler", "core_data()->handler"),
          Map.entry("u_slot", "*arch_user_schedulers_get_for_core(1)"),
          Map.entry("u_prev", "(*arch_user_schedulers_get_for_core(1))->list.prev"),
          Map.entry("dp.schedule_task", "*(void **)&dp_task.sch->ops->schedule_task"),
          Map.entry("ipc_user_pdata", "ipc_get()->ipc_user_pdata"),
          Map.entry("ipc.thread", "ipc_get()->ipc_user_pdata->thread"),
          Map.entry("ipc.sem", "ipc_get()->ipc_user_pdata->sem"),
          Map.entry("event", "ipc_get()->ipc_user_pdata->event"),
          Map.entry("tx_data", "ipc_get()->ipc_user_pdata->reply_tx_data"),
          Map.entry("work.handler", "*(void **)&ipc_get()->z_delayed_work.work.handler"));

  /** The words that lead to a table of functions, or to a function. */
  private static final Set<String> TABLES = Set.of("task.sch", "sch.ops", "domain.ops");

  private static final Set<String> FUNCTIONS =
      Set.of("handler", "dp.schedule_task", "work.handler");

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
    lines.addAll(
        CTestSource.lines(
            """
            #define OBJECT_WORDS 64

            /* Objects that are none of the kernel's business, and one of its own. */
            ZTEST_BMEM static void *other[OBJECT_WORDS];
            ZTEST_BMEM static void *freed[OBJECT_WORDS];
            ZTEST_BMEM static void *forged[OBJECT_WORDS];
            static void *kernel[OBJECT_WORDS];
            ZTEST_BMEM static bool astray;

            static const __unused struct sof_uuid_entry task_uid;
            ZTEST_BMEM static struct task task;
            ZTEST_BMEM static __unused struct task context;
            ZTEST_BMEM static __unused struct task dp_task;

            /* As zephyr_ll.c and zephyr_domain.c lay it out. */
            struct ll_words {
            	struct list_item tasks;
            	unsigned int n_tasks;
            	struct ll_schedule_domain *ll_domain;
            	unsigned int core;
            	struct k_mutex *lock;
            	struct k_heap *heap;
            };
            struct core_words {
            	struct k_thread *ll_thread;
            	struct k_sem *sem;
            	void *handler;
            	void *arg;
            };
            struct domain_words {
            	struct k_timer *timer;
            	struct core_words cores[1];
            };

            static __unused struct ll_words *ll(void)
            {
            	return task.sch->data;
            }

            static __unused struct core_words *core_data(void)
            {
            	return ((struct domain_words *)timer_domain_get()->priv_data)->cores;
            }

            static int call_astray(void)
            {
            	astray = true;
            	return 0;
            }

            /* Each word of a table is a function that nobody should call. */
            static __unused void *table(void **object)
            {
            	for (int i = 0; i < OBJECT_WORDS; i++)
            		object[i] = call_astray;
            	return object;
            }

            static __unused enum task_state run_task(void *data)
            {
            	return SOF_TASK_STATE_RESCHEDULE;
            }

            static void init_task(void)
            {
            	schedule_task_init_ll(&task, &task_uid, SOF_SCHEDULE_LL_TIMER, 0, run_task, NULL, 0, 0);
            }

            /* The kernel wrote nowhere but where it should, and called nothing else. */
            static void check_objects(const char *property)
            {
            	zassert_false(astray, "%s: a function of user space was called", property);
            	for (int i = 0; i < OBJECT_WORDS; i++) {
            		zassert_true(!kernel[i] || kernel[i] == call_astray,
            			     "%s: an object of the kernel was written", property);
            		zassert_true(!other[i] || other[i] == call_astray,
            			     "%s: an object of another thread was written", property);
            		zassert_true(!freed[i] || freed[i] == call_astray,
            			     "%s: a freed object was written", property);
            	}
            }
            """));
    lines.add("");
    return lines;
  }

  @Override
  public List<CThread> threads() {
    boolean onCore1 =
        ActionArguments.steps(trace).stream()
            .anyMatch(state -> ActionArguments.action(state).name().equals("PickSlot"));
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
      return stored("ll()->n_tasks = 0;");
    }
    if (call.name().equals("Overwrite")) {
      return overwrite(call);
    }
    if (call.name().equals("GrantAudio")) {
      throw new ExportException(call + ": this is done at boot, before any test runs");
    }
    String routine =
        call.arguments().containsKey("c")
            ? call.name() + " " + ActionArguments.text(call, "c")
            : call.name();
    String begins = CALLS.get(routine);
    if (begins == null && !WITHIN.contains(call.name())) {
      throw new ExportException(call + " has no counterpart in C");
    }
    return begins == null ? List.of() : List.of(begins);
  }

  /** A store that may end its thread. */
  private static List<String> stored(String code) {
    return List.of("ztest_set_fault_valid(true);", code);
  }

  private static List<String> overwrite(ActionCall call) {
    String word = ActionArguments.text(call, "w");
    String content = ActionArguments.text(call, "c");
    if (word.equals("tx_size")) {
      return stored("ipc_get()->ipc_user_pdata->reply_tx_size = 0x100000;");
    }
    if (word.equals("owner")) {
      return stored("replace_word(ringfence_tids[0], other);");
    }
    if (word.equals("locks")) {
      return stored("replace_word(ll()->lock, " + content(word, content) + ");");
    }
    String place = WORDS.get(word);
    if (place == null) {
      throw new ExportException(call + ": no such word");
    }
    return stored(place + " = " + content(word, content) + ";");
  }

  private static String content(String word, String content) {
    String object =
        switch (content) {
          case "NULL" -> "NULL";
          case "unmapped" -> "(void *)16";
          case "kernel", "other", "freed", "forged" -> content;
          default -> throw new ExportException("'" + content + "' is no content of a word");
        };
    if (object.equals("NULL") || object.startsWith("(")) {
      return object;
    }
    if (FUNCTIONS.contains(word)) {
      return "call_astray";
    }
    return TABLES.contains(word) ? "table(" + object + ")" : "(void *)" + object;
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
