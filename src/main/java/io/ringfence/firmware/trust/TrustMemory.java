package io.ringfence.firmware.trust;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.SchedulerOps;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.trust.TrustFirmware.Place;
import io.ringfence.firmware.trust.TrustStructs.Domain;
import io.ringfence.firmware.trust.TrustStructs.DomainThread;
import io.ringfence.firmware.trust.TrustStructs.Ipc;
import io.ringfence.firmware.trust.TrustStructs.IpcUser;
import io.ringfence.firmware.trust.TrustStructs.TaskBlock;
import io.ringfence.firmware.trust.TrustStructs.TaskData;
import io.ringfence.firmware.trust.TrustStructs.ZephyrLl;
import io.ringfence.firmware.userspace.UserBuild;
import io.ringfence.firmware.userspace.UserPartitions;
import io.ringfence.machine.Access;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Region;
import io.ringfence.machine.Symbol;
import java.util.List;
import java.util.Set;

/**
 * Where everything lies: kernel memory, and the partitions of the memory domain of the LL threads.
 * Which partition an object is in is what decides who can write it.
 */
final class TrustMemory {
  /** Size of the reply that the IPC thread gives, in bytes. */
  static final int REPLY_BYTES = 16;

  /** Size of the mailbox, in bytes. */
  static final int MAILBOX_BYTES = 256;

  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final Set<Access> READ_WRITE = Set.of(Access.READ, Access.WRITE);

  /** A page from which objects are carved, one after the other. */
  private static final class Arena {
    int next;

    Arena(int start) {
      this.next = start;
    }

    int take(int bytes) {
      int address = next;
      next += bytes + 7 & -8;
      return address;
    }
  }

  final int domain;
  final int text;
  final int unmapped;
  final int heapPage;
  final int sysuserPage;
  final int registryPage;
  final int ipcPage;

  // Kernel memory.
  final int kernelForeign;
  final int mailbox;
  final int kernelThread;
  final int userThread;
  final int newThread;
  final int ipcThread;
  final int threadTable;
  final int lockObject;
  final int domainLockObject;
  final int tickSemaphore;
  final int taskSemaphore;
  final int replySemaphore;
  final int commandEvent;
  final int llOps;
  final int domainOps;
  final int userHeap;
  final int copies;

  // User memory.
  final int forged;
  final int ll;
  final int firstTask;
  final int task;
  final int taskData;
  final int llDomain;
  final int domainThread;
  final int ipcUser;
  final int reply;
  final int lockOwner;
  final int lockSlot;
  final int other;
  final int freed;

  // Where these lie depends on the design.
  final int llScheduler;
  final int slot;
  final int list;
  final int node;
  final int dpOps;
  final int ipc;

  /** Lays out memory, and grants the partitions to the one memory domain that there is. */
  TrustMemory(SmallMachine machine, Design design) {
    kernelForeign = machine.allocateStatic(Foreign.STRUCT.size());
    mailbox = machine.allocateStatic(MAILBOX_BYTES);
    kernelThread = machine.allocateStatic(TrustStructs.KernelThread.STRUCT.size());
    userThread = machine.allocateStatic(TrustStructs.KernelThread.STRUCT.size());
    newThread = machine.allocateStatic(TrustStructs.KernelThread.STRUCT.size());
    ipcThread = machine.allocateStatic(TrustStructs.KernelThread.STRUCT.size());
    threadTable = machine.allocateStatic(8);
    lockObject = machine.allocateStatic(Foreign.MUTEX.size());
    domainLockObject = machine.allocateStatic(Foreign.MUTEX.size());
    tickSemaphore = machine.allocateStatic(Foreign.SEM.size());
    taskSemaphore = machine.allocateStatic(Foreign.SEM.size());
    replySemaphore = machine.allocateStatic(Foreign.SEM.size());
    commandEvent = machine.allocateStatic(Foreign.EVENT.size());
    llOps = machine.allocateStatic(SchedulerOps.STRUCT.size());
    domainOps = machine.allocateStatic(Foreign.DOMAIN_OPS.size());
    userHeap = machine.allocateStatic(Foreign.HEAP.size());
    copies = machine.allocateStatic(4 * TrustWord.values().length);

    text = machine.takePages(1);
    machine.domains().map(text, PAGE, Set.of(Access.READ, Access.EXECUTE), Set.of());
    domain = machine.domains().create();
    heapPage = partition(machine, "ll_user_heap", READ_WRITE);
    sysuserPage = machine.takePages(1);
    machine.ram().shadow().declareStatic(sysuserPage, PAGE);
    new UserPartitions(machine.domains(), UserBuild.LL).attachSystemUser(domain, sysuserPage, PAGE);
    boolean distrusts = design.has(Fix.RELY_ON_NO_USER_WORD);
    registryPage = partition(machine, "registry", distrusts ? Set.of(Access.READ) : READ_WRITE);
    ipcPage =
        design.has(Fix.PRIVATE_IPC_CONTEXT)
            ? machine.takePages(1)
            : partition(machine, "ipc_context_part", READ_WRITE);
    machine.ram().shadow().declareStatic(ipcPage, PAGE);
    unmapped = machine.takePages(1);
    machine.domains().unmap(unmapped, PAGE);

    Arena heap = new Arena(heapPage);
    forged = heap.take(Foreign.STRUCT.size());
    ll = heap.take(ZephyrLl.STRUCT.size());
    firstTask = heap.take(Task.STRUCT.size());
    task = heap.take(Task.STRUCT.size());
    taskData = TaskBlock.DATA.in(heap.take(TaskBlock.STRUCT.size()));
    llDomain = heap.take(Domain.STRUCT.size());
    domainThread = heap.take(DomainThread.STRUCT.size());
    ipcUser = heap.take(IpcUser.STRUCT.size());
    reply = heap.take(REPLY_BYTES);
    other = heap.take(Foreign.STRUCT.size());
    freed = heap.take(Foreign.STRUCT.size());
    Arena sysuser = new Arena(sysuserPage);
    lockOwner = sysuser.take(4);
    lockSlot = sysuser.take(4);
    dpOps =
        distrusts
            ? machine.allocateStatic(SchedulerOps.STRUCT.size())
            : sysuser.take(SchedulerOps.STRUCT.size());
    Arena registry = new Arena(registryPage);
    slot = registry.take(4);
    list = registry.take(Foreign.LIST.size());
    node = registry.take(ScheduleData.STRUCT.size());
    llScheduler = registry.take(ScheduleData.STRUCT.size());
    ipc = new Arena(ipcPage).take(Ipc.STRUCT.size());
  }

  private int partition(SmallMachine machine, String name, Set<Access> rights) {
    int page = machine.takePages(1);
    machine.ram().shadow().declareStatic(page, PAGE);
    machine.domains().add(domain, new Partition(name, page, PAGE, rights));
    return page;
  }

  /** The address of a word. */
  int address(TrustWord word) {
    return switch (word) {
      case HANDLER -> DomainThread.HANDLER.in(domainThread);
      case SEM -> DomainThread.SEM.in(domainThread);
      case TASK_SCH -> Task.SCH.in(task);
      case SCH_OPS -> ScheduleData.OPS.in(llScheduler);
      case DP_SCHEDULE_TASK -> SchedulerOps.SCHEDULE_TASK.in(dpOps);
      case LOCK -> ZephyrLl.LOCK.in(ll);
      case SCH_DATA -> ScheduleData.DATA.in(llScheduler);
      case LOCKS -> lockSlot;
      case OWNER -> lockOwner;
      case TASKS_NEXT -> ZephyrLl.TASKS.in(ll);
      case TASK_NEXT -> Task.LIST.in(task);
      case FIRST_PREV -> ListItem.PREV.in(Task.LIST.in(firstTask));
      case TASK_PREV -> ListItem.PREV.in(Task.LIST.in(task));
      case TASK_PRIV_DATA -> Task.PRIV_DATA.in(task);
      case SCH_HEAP -> ZephyrLl.HEAP.in(ll);
      case SEM_P -> TaskData.SEM_P.in(taskData);
      case DOMAIN_OPS -> Domain.OPS.in(llDomain);
      case DOMAIN_PRIV_DATA -> Domain.PRIV_DATA.in(llDomain);
      case DOMAIN_LOCK -> Domain.LOCK.in(llDomain);
      case LL_THREAD -> DomainThread.LL_THREAD.in(domainThread);
      case U_SLOT -> slot;
      case U_PREV -> list + 4;
      case IPC_USER_PDATA -> Ipc.IPC_USER_PDATA.in(ipc);
      case WORK_HANDLER -> Ipc.WORK_HANDLER.in(ipc);
      case EVENT -> IpcUser.EVENT.in(ipcUser);
      case IPC_SEM -> IpcUser.SEM.in(ipcUser);
      case IPC_THREAD -> IpcUser.THREAD.in(ipcUser);
      case IPC_AUDIO -> IpcUser.AUDIO_THREAD.in(ipcUser);
      case TX_DATA -> IpcUser.REPLY_TX_DATA.in(ipcUser);
      case TX_SIZE -> IpcUser.REPLY_TX_SIZE.in(ipcUser);
    };
  }

  /** The kernel's own copy of a word, in a design that keeps one. */
  int copy(TrustWord word) {
    return copies + 4 * word.ordinal();
  }

  /** The foreign objects of a kind. */
  int foreign(Place place) {
    return switch (place) {
      case KERNEL -> kernelForeign;
      case OTHER -> other;
      case FREED -> freed;
      case FORGED -> forged;
      default -> throw new IllegalArgumentException(place + " has no objects");
    };
  }

  /** The foreign object of a kind that a word can lead to. */
  int foreign(TrustWord word, Place place) {
    int object = word.foreign().in(foreign(place));
    return switch (word) {
      case TASKS_NEXT, TASK_NEXT, FIRST_PREV, TASK_PREV -> Task.LIST.in(object);
      case TASK_PRIV_DATA -> TaskBlock.DATA.in(object);
      default -> object;
    };
  }

  List<Region> regions() {
    return List.of(
        new Region("kernel", "memory", SmallMachine.BASE, text - SmallMachine.BASE),
        new Region("ll_user_heap", "partition", heapPage, PAGE),
        new Region("sysuser", "partition", sysuserPage, PAGE),
        new Region("registry", "partition", registryPage, PAGE),
        new Region("ipc_context", "partition", ipcPage, PAGE));
  }

  List<Symbol> objects() {
    return List.of(
        object("other kernel objects", kernelForeign, Foreign.STRUCT.size()),
        object("mailbox", mailbox, MAILBOX_BYTES),
        object("chain DMA thread", kernelThread, TrustStructs.KernelThread.STRUCT.size()),
        object("LL thread", newThread, TrustStructs.KernelThread.STRUCT.size()),
        object("IPC thread", ipcThread, TrustStructs.KernelThread.STRUCT.size()),
        object("ll_thread_tid", threadTable, 4),
        object("LL mutex", lockObject, Foreign.MUTEX.size()),
        object("domain mutex", domainLockObject, Foreign.MUTEX.size()),
        object("tick semaphore", tickSemaphore, Foreign.SEM.size()),
        object("task semaphore", taskSemaphore, Foreign.SEM.size()),
        object("reply semaphore", replySemaphore, Foreign.SEM.size()),
        object("command event", commandEvent, Foreign.EVENT.size()),
        object("zephyr_ll_ops", llOps, SchedulerOps.STRUCT.size()),
        object("zephyr_domain_ops", domainOps, Foreign.DOMAIN_OPS.size()),
        object("ll_mem_resources.heap", userHeap, Foreign.HEAP.size()),
        object("forged objects", forged, Foreign.STRUCT.size()),
        object("other user objects", other, Foreign.STRUCT.size()),
        object("freed blocks", freed, Foreign.STRUCT.size()),
        object("zephyr_ll", ll, ZephyrLl.STRUCT.size()),
        object("pipeline task", firstTask, Task.STRUCT.size()),
        object("task", task, Task.STRUCT.size()),
        object("zephyr_ll_pdata", taskData, TaskData.STRUCT.size()),
        object("ll_schedule_domain", llDomain, Domain.STRUCT.size()),
        object("zephyr_domain_thread", domainThread, DomainThread.STRUCT.size()),
        object("ipc_user", ipcUser, IpcUser.STRUCT.size()),
        object("comp_data", reply, REPLY_BYTES),
        object("zephyr_ll_lock_owner", lockOwner, 4),
        object("zephyr_ll_locks", lockSlot, 4),
        object("schedule_dp_ops", dpOps, SchedulerOps.STRUCT.size()),
        object("_u_schedulers[1]", slot, 4),
        object("schedulers of core 1", list, Foreign.LIST.size()),
        object("registry node", node, ScheduleData.STRUCT.size()),
        object("LL schedule_data", llScheduler, ScheduleData.STRUCT.size()),
        object("ipc_context", ipc, Ipc.STRUCT.size()));
  }

  private static Symbol object(String name, int address, int size) {
    return new Symbol(name, address, size, 1);
  }
}
