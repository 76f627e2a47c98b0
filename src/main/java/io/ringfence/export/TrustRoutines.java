package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The routines of the kernel that follow words in user memory, as calls in C. */
final class TrustRoutines {
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

  private TrustRoutines() {}

  /** The call that a step begins; none if it is within a routine. */
  static List<String> code(ActionCall call) {
    String routine =
        call.arguments().containsKey("c")
            ? call.name() + " " + ActionArguments.text(call, "c")
            : call.name();
    String begins = CALLS.get(routine);
    if (begins == null && !WITHIN.contains(call.name())) {
      throw ExportException.unknown(call);
    }
    return begins == null ? List.of() : List.of(begins);
  }
}
