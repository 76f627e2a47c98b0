package io.ringfence.firmware.trust;

import io.ringfence.firmware.kernel.Event;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.SchedulerOps;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.trust.TrustStructs.DomainOps;
import io.ringfence.firmware.trust.TrustStructs.DomainThread;
import io.ringfence.firmware.trust.TrustStructs.HeapHead;
import io.ringfence.firmware.trust.TrustStructs.IpcUser;
import io.ringfence.firmware.trust.TrustStructs.TaskBlock;
import io.ringfence.firmware.trust.TrustStructs.TaskData;
import io.ringfence.firmware.trust.TrustStructs.ZephyrLl;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * One object of each type that a user-writable word can lead to: none of them is the one that it
 * ought to lead to. Once in kernel memory, where they belong to other parts of the kernel, and once
 * forged in user memory.
 */
public final class Foreign {
  private static final Struct.Builder LAYOUT = Struct.define("foreign");
  static final Field SEM = LAYOUT.struct("sem", Semaphore.STRUCT);
  static final Field MUTEX = LAYOUT.struct("mutex", Mutex.STRUCT);
  static final Field EVENT = LAYOUT.struct("event", Event.STRUCT);
  static final Field LIST = LAYOUT.struct("list", ListItem.STRUCT);
  static final Field TASK = LAYOUT.struct("task", Task.STRUCT);
  static final Field TASK_BLOCK = LAYOUT.struct("zephyr_ll_pdata", TaskBlock.STRUCT);
  static final Field HEAP = LAYOUT.struct("k_heap", HeapHead.STRUCT);
  static final Field ZEPHYR_LL = LAYOUT.struct("zephyr_ll", ZephyrLl.STRUCT);
  static final Field SCHEDULER = LAYOUT.struct("schedule_data", ScheduleData.STRUCT);
  static final Field SCHEDULER_OPS = LAYOUT.struct("scheduler_ops", SchedulerOps.STRUCT);
  static final Field DOMAIN_OPS = LAYOUT.struct("ll_schedule_domain_ops", DomainOps.STRUCT);
  static final Field DOMAIN_THREAD = LAYOUT.struct("zephyr_domain_thread", DomainThread.STRUCT);
  static final Field THREAD = LAYOUT.struct("k_thread", TrustStructs.KernelThread.STRUCT);
  static final Field IPC_USER = LAYOUT.struct("ipc_user", IpcUser.STRUCT);
  static final Field BUFFER = LAYOUT.words("buffer", TrustMemory.REPLY_BYTES / 4);
  static final Field CODE = LAYOUT.words("code", 4);
  static final Field WATCHDOG = LAYOUT.u32("watchdog");

  /** Everything. */
  public static final Struct STRUCT = LAYOUT.build();

  private static final int LATE_PRIORITY = 5;
  private static final int GIVEN = 5;
  private static final int LIMIT = 10;
  private static final int RUNNING = 0x80;
  private static final int USED = 1;

  /** Not what the kernel stores there, so that one sees when it does. */
  private static final int FREEING = 2;

  private Foreign() {}

  /**
   * Builds the objects.
   *
   * @param function what the tables of operations lead to
   * @param forged whether user space builds them: then the task has a link to itself and a priority
   *     that comes before any other, the private data of a task says that somebody waits, and the
   *     heap that it has everything
   * @param kernel the objects in the kernel, whose semaphore and mutex structures lead to
   * @param secret what the buffer is filled with
   */
  static void build(Cpu cpu, int at, int function, boolean forged, int kernel, int secret) {
    cpu.zero(at, STRUCT.size());
    Semaphore.init(cpu, SEM.in(at), GIVEN, LIMIT);
    Mutex.init(cpu, MUTEX.in(at));
    ListItem.init(cpu, LIST.in(at));
    ListItem.init(cpu, Task.LIST.in(TASK.in(at)));
    cpu.store(Task.PRIORITY, TASK.in(at), forged ? -1 : LATE_PRIORITY);
    cpu.store(TaskBlock.USED, TASK_BLOCK.in(at), USED);
    int data = TaskBlock.DATA.in(TASK_BLOCK.in(at));
    cpu.store(TaskData.FREEING, data, forged ? FREEING : 0);
    cpu.store(TaskData.SEM_P, data, SEM.in(kernel));
    cpu.store(ZephyrLl.LOCK, ZEPHYR_LL.in(at), MUTEX.in(kernel));
    cpu.store(HeapHead.INIT_BYTES, HEAP.in(at), forged ? -1 : 0);
    cpu.store(ScheduleData.OPS, SCHEDULER.in(at), SCHEDULER_OPS.in(at));
    fill(cpu, SCHEDULER_OPS.in(at), SchedulerOps.STRUCT.size(), function);
    fill(cpu, DOMAIN_OPS.in(at), DomainOps.STRUCT.size(), function);
    cpu.store(TrustStructs.KernelThread.STATE, THREAD.in(at), RUNNING);
    fill(cpu, BUFFER.in(at), BUFFER.size(), secret);
    cpu.store(WATCHDOG, at, 1);
  }

  private static void fill(Cpu cpu, int at, int bytes, int value) {
    for (int offset = 0; offset < bytes; offset += 4) {
      cpu.store32(at + offset, value);
    }
  }

  /** Whether the kernel wrote to any of the objects since they were built. */
  static boolean isHit(Ram ram, int at, int[] built) {
    for (int i = 0; i < built.length; i++) {
      int address = at + 4 * i;
      if (ram.load32(address) != built[i] && !ram.shadow().isUserWritten(address)) {
        return true;
      }
    }
    return false;
  }

  /** The words of the objects as they are now. */
  static int[] words(Ram ram, int at) {
    int[] words = new int[STRUCT.size() / 4];
    for (int i = 0; i < words.length; i++) {
      words[i] = ram.load32(at + 4 * i);
    }
    return words;
  }
}
