package io.ringfence.firmware.trust;

import io.ringfence.firmware.Fix;
import io.ringfence.machine.Field;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A word in user memory that the kernel follows, and what is done about it in a repaired design.
 */
public enum TrustWord {
  /** {@code zephyr_domain_thread.handler}: the interrupt only looks whether it is NULL. */
  HANDLER("handler", null, Repair.NONE, Foreign.CODE),
  /** {@code zephyr_domain_thread.sem}, which the timer interrupt gives. */
  SEM("sem", Fix.RELY_ON_NO_USER_WORD, Repair.KEEP, Foreign.SEM),
  /** {@code task.sch} of a task that a kernel thread schedules. */
  TASK_SCH("task.sch", Fix.RELY_ON_NO_USER_WORD, Repair.COMPARE, Foreign.SCHEDULER),
  /** {@code schedule_data.ops} of the LL scheduler. */
  SCH_OPS("sch.ops", Fix.RELY_ON_NO_USER_WORD, Repair.MOVE, Foreign.SCHEDULER_OPS),
  /** {@code schedule_task} in the DP scheduler's table, which is data. */
  DP_SCHEDULE_TASK("dp.schedule_task", Fix.RELY_ON_NO_USER_WORD, Repair.MOVE, Foreign.CODE),
  /** {@code zephyr_ll.lock}. */
  LOCK("lock", Fix.RELY_ON_NO_USER_WORD, Repair.KEEP, Foreign.MUTEX),
  /** {@code schedule_data.data} of the LL scheduler, which its operations get. */
  SCH_DATA("sch.data", Fix.RELY_ON_NO_USER_WORD, Repair.MOVE, Foreign.ZEPHYR_LL),
  /** {@code zephyr_ll_locks[]}. */
  LOCKS("locks", Fix.RELY_ON_NO_USER_WORD, Repair.KEEP, Foreign.MUTEX),
  /** {@code zephyr_ll_lock_owner[]}. */
  OWNER("owner", Fix.RELY_ON_NO_USER_WORD, Repair.KEEP, Foreign.THREAD),
  /** {@code zephyr_ll.tasks.next}. */
  TASKS_NEXT("tasks.next", Fix.EDIT_LISTS_AS_USER, Repair.USER_MODE, Foreign.TASK),
  /** {@code task.list.next} of a task that a kernel thread frees. */
  TASK_NEXT("task.next", Fix.EDIT_LISTS_AS_USER, Repair.USER_MODE, Foreign.TASK),
  /** {@code list.prev} of the first task, before which another one is put. */
  FIRST_PREV("first.prev", Fix.EDIT_LISTS_AS_USER, Repair.USER_MODE, Foreign.TASK),
  /** {@code task.list.prev} of a task that a kernel thread frees. */
  TASK_PREV("task.prev", Fix.EDIT_LISTS_AS_USER, Repair.USER_MODE, Foreign.TASK),
  /** {@code task.priv_data} of a task that a kernel thread initializes, schedules and frees. */
  TASK_PRIV_DATA("task.priv_data", Fix.RECORD_TASK_DATA, Repair.KEEP, Foreign.TASK_BLOCK),
  /** {@code zephyr_ll_pdata.sem_p}. */
  SEM_P("sem_p", Fix.INIT_ALLOCATED_SEMAPHORE, Repair.KEEP, Foreign.SEM),
  /** {@code zephyr_ll.heap}, which private data is freed to. */
  SCH_HEAP("sch.heap", Fix.RECORD_TASK_DATA, Repair.KEEP, Foreign.HEAP),
  /** {@code ll_schedule_domain.ops}. */
  DOMAIN_OPS("domain.ops", Fix.RELY_ON_NO_USER_WORD, Repair.KEEP, Foreign.DOMAIN_OPS),
  /** {@code ll_schedule_domain.priv_data}. */
  DOMAIN_PRIV_DATA(
      "domain.priv_data", Fix.RELY_ON_NO_USER_WORD, Repair.KEEP, Foreign.DOMAIN_THREAD),
  /** {@code ll_schedule_domain.lock}. */
  DOMAIN_LOCK("domain.lock", Fix.RELY_ON_NO_USER_WORD, Repair.KEEP, Foreign.MUTEX),
  /** {@code zephyr_domain_thread.ll_thread} of a core that has none yet. */
  LL_THREAD("ll_thread", Fix.RECORD_ALLOCATED_THREAD, Repair.KEEP, Foreign.THREAD),
  /** {@code _u_schedulers[1]}. */
  U_SLOT("u_slot", Fix.RELY_ON_NO_USER_WORD, Repair.MOVE, Foreign.LIST),
  /** {@code list.prev} of the list that {@link #U_SLOT} leads to. */
  U_PREV("u_prev", Fix.RELY_ON_NO_USER_WORD, Repair.MOVE, Foreign.LIST),
  /** {@code ipc.ipc_user_pdata}. */
  IPC_USER_PDATA("ipc_user_pdata", Fix.PRIVATE_IPC_CONTEXT, Repair.MOVE, Foreign.IPC_USER),
  /** {@code ipc.z_delayed_work.work.handler}. */
  WORK_HANDLER("work.handler", Fix.PRIVATE_IPC_CONTEXT, Repair.MOVE, Foreign.CODE),
  /** {@code ipc_user.event}. */
  EVENT("event", Fix.RELY_ON_NO_USER_WORD, Repair.KEEP, Foreign.EVENT),
  /** {@code ipc_user.sem}. */
  IPC_SEM("ipc.sem", Fix.RELY_ON_NO_USER_WORD, Repair.KEEP, Foreign.SEM),
  /** {@code ipc_user.thread}, when that thread runs already. */
  IPC_THREAD("ipc.thread", Fix.RELY_ON_NO_USER_WORD, Repair.KEEP, Foreign.THREAD),
  /** {@code ipc_user.audio_thread}. */
  IPC_AUDIO("ipc.audio", Fix.RELY_ON_NO_USER_WORD, Repair.KEEP, Foreign.THREAD),
  /** {@code ipc_user.reply_tx_data}, which leads to {@code comp_data}. */
  TX_DATA("tx_data", Fix.RELY_ON_NO_USER_WORD, Repair.COMPARE, Foreign.BUFFER),
  /** {@code ipc_user.reply_tx_size}. */
  TX_SIZE("tx_size", Fix.RELY_ON_NO_USER_WORD, Repair.COMPARE, Foreign.BUFFER);

  /** What the repair does with the word. */
  public enum Repair {
    /** Nothing: the word does no harm. */
    NONE,
    /** The kernel has the value in its own memory too, and uses that. */
    KEEP,
    /** The kernel refuses what it did not expect. */
    COMPARE,
    /** The word lies where user threads cannot write. */
    MOVE,
    /** The kernel follows the word with the rights of user mode. */
    USER_MODE
  }

  private final String text;
  private final @Nullable Fix fix;
  private final Repair repair;

  // A Field is a record of immutable parts, which the checker cannot see.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Field foreign;

  TrustWord(String text, @Nullable Fix fix, Repair repair, Field foreign) {
    this.text = text;
    this.fix = fix;
    this.repair = repair;
    this.foreign = foreign;
  }

  /** The name in the specification. */
  public String text() {
    return text;
  }

  /** Finds a word by its name. */
  public static Optional<TrustWord> of(String text) {
    return Arrays.stream(values()).filter(word -> word.text.equals(text)).findFirst();
  }

  /** The repair that takes care of the word, or null. */
  public @Nullable Fix fix() {
    return fix;
  }

  /** What that repair does. */
  public Repair repair() {
    return repair;
  }

  /** Whether the word is a number and no address. */
  public boolean isNumber() {
    return this == TX_SIZE;
  }

  /** Whether the word leads to code. */
  public boolean isFunction() {
    return foreign.equals(Foreign.CODE);
  }

  /** The member of {@link Foreign} that has the type that the word should lead to. */
  Field foreign() {
    return foreign;
  }
}
