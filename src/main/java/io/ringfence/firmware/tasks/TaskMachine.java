package io.ringfence.firmware.tasks;

import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.OtherHeaps;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Struct;
import java.util.EnumSet;

/**
 * The memory around the task calls: kernel objects, the kernel's arrays of semaphores with another
 * object of the kernel behind them, the system heap, and a page of user memory with tasks in it.
 */
final class TaskMachine {
  private static final Struct.Builder PDATA_LAYOUT = Struct.define("zephyr_ll_pdata");

  static {
    PDATA_LAYOUT.bool("run");
    PDATA_LAYOUT.bool("freeing");
  }

  /** The handle of the task's semaphore. */
  static final Field SEM_P = PDATA_LAYOUT.pointer("sem_p");

  /** What the LL scheduler keeps for a task. */
  static final Struct PDATA = PDATA_LAYOUT.build();

  /** The core that the DP task was made on, and that its messages come to. */
  static final int OWN_CORE = 0;

  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int STATIC_PAGES = 1;
  private static final int HEAP_PAGES = 1;

  final SmallMachine machine = new SmallMachine(STATIC_PAGES, HEAP_PAGES + 1, 1, false);
  final Cpu cpu = machine.cpu();
  final TaskRecords records;
  final int domain;

  final DpSemaphores semaphores;

  final CoreMessages messages;

  /** The address of the object of the kernel that a forged pointer leads to. */
  final int victim;

  /** A word for each thread object: whether it exists. The caller may use the first one only. */
  final int[] threadObjects;

  final int tasks;
  final int pdatas;

  /** Memory of the user's that is no task's. */
  final int otherObject;

  /** The word of the DP task's pdata that names its thread. */
  final int threadHandle;

  TaskMachine(int taskCount, int semaphoreCount, int coreCount, int cpuCount) {
    int systemHeap = machine.allocateStatic(KHeap.STRUCT.size());
    SofHeap heap =
        new SofHeap(
            cpu,
            new SysHeap(cpu, HeapConfig.RELEASE),
            new SofHeap.Layout(systemHeap, 0, machine.allocateStatic(4), false),
            OtherHeaps.NONE,
            HeapPlatform.PLAIN,
            false);
    heap.initSystemHeap(machine.takePages(HEAP_PAGES), HEAP_PAGES * PAGE);
    records =
        new TaskRecords(
            cpu,
            heap,
            machine.allocateStatic(ListItem.STRUCT.size()),
            machine.allocateStatic(TaskRecords.SEMAPHORE.size() * semaphoreCount),
            semaphoreCount);
    threadObjects = new int[] {machine.allocateStatic(4), machine.allocateStatic(4)};
    for (int object : threadObjects) {
      cpu.store32(object, 1);
    }
    semaphores = new DpSemaphores(machine, cpuCount, coreCount);
    semaphores.give(semaphores.sync(OWN_CORE));
    victim = semaphores.behind().address();
    messages = new CoreMessages(machine, cpuCount, coreCount);

    int user = machine.takePages(1);
    machine.ram().shadow().declareStatic(user, PAGE);
    domain = machine.domains().create();
    machine
        .domains()
        .add(domain, new Partition("LL", user, PAGE, EnumSet.of(Access.READ, Access.WRITE)));
    tasks = user;
    pdatas = tasks + taskCount * Task.STRUCT.size();
    otherObject = pdatas + taskCount * PDATA.size();
    threadHandle = otherObject + PDATA.size();
    for (int task = 0; task < taskCount; task++) {
      cpu.store(Task.PRIV_DATA, task(task), pdata(task));
      cpu.store(Task.CORE, task(task), OWN_CORE);
    }
    cpu.store32(threadHandle, threadObjects[0]);
  }

  int task(int index) {
    return tasks + index * Task.STRUCT.size();
  }

  int pdata(int index) {
    return pdatas + index * PDATA.size();
  }
}
