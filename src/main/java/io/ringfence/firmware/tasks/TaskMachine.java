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
 * The memory around the task calls: kernel objects, the kernel's array of locks with another object
 * of the kernel behind it, the system heap, and a page of user memory with tasks in it.
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

  /** The size of the kernel's object, which is behind the locks. */
  static final int VICTIM_BYTES = 256;

  /** What it is filled with. */
  static final int PATTERN = 0x5a5a5a5a;

  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int STATIC_PAGES = 1;
  private static final int HEAP_PAGES = 1;

  final SmallMachine machine = new SmallMachine(STATIC_PAGES, HEAP_PAGES + 1, 1, false);
  final Cpu cpu = machine.cpu();
  final TaskRecords records;
  final int domain;

  /** The array {@code dp_lock}. */
  final int locks;

  final int victim;

  /** A word for each thread object: whether it exists. The caller may use the first one only. */
  final int[] threadObjects;

  final int tasks;
  final int pdatas;

  /** Memory of the user's that is no task's. */
  final int otherObject;

  /** The word of the DP task's pdata that names its thread. */
  final int threadHandle;

  TaskMachine(int taskCount, int semaphores, int coreCount) {
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
    int semaphoreBytes = TaskRecords.SEMAPHORE.size();
    records =
        new TaskRecords(
            cpu,
            heap,
            machine.allocateStatic(ListItem.STRUCT.size()),
            machine.allocateStatic(semaphoreBytes * semaphores),
            semaphores);
    threadObjects = new int[] {machine.allocateStatic(4), machine.allocateStatic(4)};
    for (int object : threadObjects) {
      cpu.store32(object, 1);
    }
    locks = machine.allocateStatic(semaphoreBytes * coreCount + VICTIM_BYTES);
    victim = locks + semaphoreBytes * coreCount;
    for (int core = 0; core < coreCount; core++) {
      cpu.store(TaskRecords.COUNT, lock(core), 1);
    }
    for (int i = 0; i < VICTIM_BYTES; i += 4) {
      cpu.store32(victim + i, PATTERN);
    }

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
    }
    cpu.store32(threadHandle, threadObjects[0]);
  }

  int task(int index) {
    return tasks + index * Task.STRUCT.size();
  }

  int pdata(int index) {
    return pdatas + index * PDATA.size();
  }

  /** The address of an element of {@code dp_lock}, in range or not. */
  int lock(int core) {
    return locks + core * TaskRecords.SEMAPHORE.size();
  }
}
