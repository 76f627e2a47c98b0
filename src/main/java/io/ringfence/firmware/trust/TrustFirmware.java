package io.ringfence.firmware.trust;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.SchedulerOps;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.trust.TrustStructs.DomainOps;
import io.ringfence.firmware.trust.TrustStructs.HeapHead;
import io.ringfence.firmware.trust.TrustStructs.Ipc;
import io.ringfence.firmware.trust.TrustStructs.TaskBlock;
import io.ringfence.firmware.trust.TrustStructs.ZephyrLl;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.FunctionTable;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Region;
import io.ringfence.machine.Symbol;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The kernel, the LL threads' memory domain, and a hostile thread in it that overwrites words. All
 * state is in RAM.
 */
public final class TrustFirmware {
  /** What an address is, seen from a word that ought to lead somewhere. */
  public enum Place {
    /** Where it ought to lead. */
    OWN,
    /** Nowhere: 0. */
    NULL,
    /** To an object of somebody else in the kernel. */
    KERNEL,
    /** To an object of another thread, in user memory. */
    OTHER,
    /** To a block in user memory that was freed, and is as its last owner left it. */
    FREED,
    /** To a forged object. */
    FORGED,
    /** To a page that is not mapped. */
    UNMAPPED;

    /** Whether an object is there that is not the one that is meant. */
    public boolean isForeign() {
      return this == KERNEL || this == OTHER || this == FREED || this == FORGED;
    }
  }

  private static final int STATIC_PAGES = 2;
  private static final int OTHER_PAGES = 6;
  private static final int REPLY = 0x11111111;
  private static final int SECRET = 0x22222222;
  private static final int FORGERY = 0x33333333;
  private static final int HUGE = 0x10000;
  private static final int PIPELINE_PRIORITY = 5;

  private final SmallMachine machine = new SmallMachine(STATIC_PAGES, OTHER_PAGES, 1, false);
  private final Cpu cpu = machine.cpu();
  private final TrustMemory memory;
  private final KernelRun run;
  private final FunctionTable<KernelFunction> functions;
  private final DataRoutines data;
  private final LlRoutines ll;
  private final IpcRoutines ipc;
  private final int writesLeft;
  private final Map<Place, int[]> built = new EnumMap<>(Place.class);

  /**
   * Boots.
   *
   * @param overwrites how often the hostile thread can overwrite a word
   */
  public TrustFirmware(Design design, int overwrites) {
    this.memory = new TrustMemory(machine, design);
    this.run =
        new KernelRun(cpu, machine.allocateStatic(KernelRun.STRUCT.size()), memory.kernelThread);
    this.functions = code();
    Kernel kernel = new Kernel(cpu, design, memory, run, functions);
    this.data = new DataRoutines(kernel);
    this.ll = new LlRoutines(kernel, data);
    this.ipc = new IpcRoutines(kernel);
    this.writesLeft = machine.allocateStatic(4);
    machine.ram().store32(writesLeft, overwrites);
    boot(kernel);
    for (Place place : Place.values()) {
      if (place.isForeign()) {
        built.put(place, Foreign.words(machine.ram(), memory.foreign(place)));
      }
    }
    machine.ram().freeze();
  }

  private FunctionTable<KernelFunction> code() {
    FunctionTable.Builder<KernelFunction> table =
        new FunctionTable.Builder<>(memory.text, MemoryDomains.PAGE_BYTES);
    table.add("zephyr_ll_task_schedule", () -> ll().enterSchedule());
    table.add("zephyr_ll_task_free", () -> ll().enterFree());
    table.add("scheduler_dp_task_shedule", run::idle);
    table.add("zephyr_domain_register_user", run::idle);
    table.add("zephyr_domain_unregister_user", () -> run.go(Routine.FREE, Step.MARK));
    table.add("zephyr_domain_thread_init", () -> run.go(Routine.CONTEXT, Step.THREAD));
    table.add("ipc_work_handler", run::idle);
    table.add("schedule_ll_callback", run::idle);
    table.add(
        "watchdog_disable",
        () -> {
          cpu.store(Foreign.WATCHDOG, memory.kernelForeign, 0);
          run.idle();
        });
    return table.build();
  }

  private void boot(Kernel kernel) {
    int other = functions.address("watchdog_disable");
    int kernelObjects = memory.kernelForeign;
    Foreign.build(cpu, kernelObjects, other, false, kernelObjects, SECRET);
    Foreign.build(cpu, memory.other, other, false, kernelObjects, FORGERY);
    Foreign.build(cpu, memory.freed, other, false, kernelObjects, FORGERY);
    cpu.store(TaskBlock.USED, Foreign.TASK_BLOCK.in(memory.freed), 0);
    Foreign.build(cpu, memory.forged, other, true, kernelObjects, FORGERY);
    Mutex.init(cpu, memory.lockObject);
    Mutex.init(cpu, memory.domainLockObject);
    Semaphore.init(cpu, memory.tickSemaphore, 0, 10);
    Semaphore.init(cpu, memory.taskSemaphore, 0, 1);
    Semaphore.init(cpu, memory.replySemaphore, 0, 1);
    bootScheduler(kernel);
    bootDomain(kernel);
    kernel.store(TrustWord.EVENT, memory.commandEvent);
    kernel.store(TrustWord.IPC_SEM, memory.replySemaphore);
    kernel.store(TrustWord.IPC_THREAD, memory.ipcThread);
    kernel.store(TrustWord.IPC_AUDIO, memory.newThread);
    kernel.store(TrustWord.TX_DATA, memory.reply);
    kernel.store(TrustWord.TX_SIZE, TrustMemory.REPLY_BYTES);
    for (int offset = 0; offset < TrustMemory.REPLY_BYTES; offset += 4) {
      cpu.store32(memory.reply + offset, REPLY);
    }
    kernel.store(TrustWord.IPC_USER_PDATA, memory.ipcUser);
    kernel.store(TrustWord.WORK_HANDLER, functions.address("ipc_work_handler"));
  }

  private void bootScheduler(Kernel kernel) {
    cpu.store(
        SchedulerOps.SCHEDULE_TASK, memory.llOps, functions.address("zephyr_ll_task_schedule"));
    cpu.store(
        SchedulerOps.SCHEDULE_TASK_FREE, memory.llOps, functions.address("zephyr_ll_task_free"));
    kernel.store(TrustWord.SCH_OPS, memory.llOps);
    kernel.store(TrustWord.SCH_DATA, memory.ll);
    kernel.store(TrustWord.DP_SCHEDULE_TASK, functions.address("scheduler_dp_task_shedule"));
    kernel.store(TrustWord.LOCK, memory.lockObject);
    kernel.store(TrustWord.LOCKS, memory.lockObject);
    cpu.store(HeapHead.INIT_MEM, memory.userHeap, memory.heapPage);
    cpu.store(HeapHead.INIT_BYTES, memory.userHeap, MemoryDomains.PAGE_BYTES);
    kernel.store(TrustWord.SCH_HEAP, memory.userHeap);
    int tasks = ZephyrLl.TASKS.in(memory.ll);
    ListItem.init(cpu, tasks);
    cpu.store(Task.PRIORITY, memory.firstTask, PIPELINE_PRIORITY);
    ListItem.append(cpu, Task.LIST.in(memory.firstTask), tasks);
    cpu.store(ZephyrLl.N_TASKS, memory.ll, 1);
    ListItem.init(cpu, Task.LIST.in(memory.task));
    kernel.store(TrustWord.TASK_SCH, memory.llScheduler);
    cpu.store32(memory.slot, memory.list);
    ListItem.init(cpu, memory.list);
  }

  private void bootDomain(Kernel kernel) {
    cpu.store(
        DomainOps.REGISTER, memory.domainOps, functions.address("zephyr_domain_register_user"));
    cpu.store(
        DomainOps.UNREGISTER, memory.domainOps, functions.address("zephyr_domain_unregister_user"));
    cpu.store(
        DomainOps.THREAD_INIT, memory.domainOps, functions.address("zephyr_domain_thread_init"));
    kernel.store(TrustWord.DOMAIN_OPS, memory.domainOps);
    kernel.store(TrustWord.DOMAIN_PRIV_DATA, memory.domainThread);
    kernel.store(TrustWord.DOMAIN_LOCK, memory.domainLockObject);
    kernel.store(TrustWord.HANDLER, functions.address("schedule_ll_callback"));
    kernel.store(TrustWord.SEM, memory.tickSemaphore);
  }

  /** The routines of the LL scheduler. */
  public LlRoutines ll() {
    return ll;
  }

  /** The routines for the private data of an LL task. */
  public DataRoutines data() {
    return data;
  }

  /** The routines of IPC and of the start of a core. */
  public IpcRoutines ipc() {
    return ipc;
  }

  /** Where the kernel is. */
  public KernelRun run() {
    return run;
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return machine.ram();
  }

  /** Kernel memory and the partitions of the LL threads' domain. */
  public List<Region> regions() {
    return memory.regions();
  }

  /** The objects that words lie in, or lead to. */
  public List<Symbol> objects() {
    return memory.objects();
  }

  /** The address of a word. */
  public int address(TrustWord word) {
    return memory.address(word);
  }

  /** Whether the processor runs the hostile thread, and not the kernel's. */
  public boolean isUserRunning() {
    return cpu.thread() == memory.userThread;
  }

  /** Whether the kernel's thread owns the mutex of the LL scheduler. */
  public boolean isLlMutexTaken() {
    return isTaken(memory.lockObject);
  }

  /** Whether the kernel's thread owns the mutex of the domain. */
  public boolean isDomainMutexTaken() {
    return isTaken(memory.domainLockObject);
  }

  private boolean isTaken(int mutex) {
    return ram().load32(Mutex.OWNER.in(mutex)) == memory.kernelThread;
  }

  /** The name of the function at an address, or the address in hexadecimal. */
  public String codeAt(int address) {
    String name = functions.nameAt(address);
    return name == null ? String.format("0x%08x", address) : name;
  }

  /** Whether the hostile thread may make such an access to a page. */
  public boolean mayUser(int page, Access access) {
    return machine.domains().allows(memory.domain, page, 1, access);
  }

  // What the hostile thread does.

  /**
   * Lets the hostile thread overwrite a word. Not done, and false, if it cannot write there, or has
   * no reason to because the word leads there already.
   */
  public boolean overwrite(TrustWord word, Place to) {
    OptionalInt value = value(word, to);
    return value.isPresent() && place(word) != to && attack(memory.address(word), value.getAsInt());
  }

  /** Lets the hostile thread clear the number of LL tasks. */
  public boolean clearCount() {
    return taskCount() != 0 && attack(ZephyrLl.N_TASKS.in(memory.ll), 0);
  }

  private boolean attack(int address, int value) {
    int left = writesLeft();
    if (left == 0 || run.why() != Why.NOTHING) {
      return false;
    }
    cpu.enter(Mode.USER, memory.domain, 1, memory.userThread);
    try {
      cpu.store32(address, value);
    } catch (MemoryFault refused) {
      return false;
    }
    run.clearTouch();
    machine.ram().store32(writesLeft, left - 1);
    return true;
  }

  private OptionalInt value(TrustWord word, Place to) {
    boolean onlyForged = word == TrustWord.OWNER || word.isNumber();
    if (to == Place.OWN || onlyForged && to != Place.FORGED) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(
        switch (to) {
          case OWN, NULL -> 0;
          case UNMAPPED -> memory.unmapped;
          case KERNEL ->
              word.isFunction() ? functions.address("watchdog_disable") : memory.foreign(word, to);
          case OTHER, FREED -> memory.foreign(word, to);
          case FORGED -> word.isNumber() ? HUGE : memory.foreign(word, to);
        });
  }

  // What a debugger sees.

  /** Where a word leads. */
  public Place place(TrustWord word) {
    int value = machine.ram().load32(memory.address(word));
    if (word.isNumber()) {
      return value == TrustMemory.REPLY_BYTES ? Place.OWN : Place.FORGED;
    }
    // Nobody has the lock between two calls.
    return word == TrustWord.OWNER && value == 0 ? Place.OWN : placeOf(value);
  }

  /** What lies at an address. */
  public Place placeOf(int address) {
    if (address == 0) {
      return Place.NULL;
    }
    if (within(address, memory.unmapped, MemoryDomains.PAGE_BYTES)) {
      return Place.UNMAPPED;
    }
    if (address == functions.address("watchdog_disable")) {
      return Place.KERNEL;
    }
    for (Place place : Place.values()) {
      if (place.isForeign() && within(address, memory.foreign(place), Foreign.STRUCT.size())) {
        return place;
      }
    }
    return Place.OWN;
  }

  private static boolean within(int address, int start, int size) {
    return Integer.compareUnsigned(address - start, size) < 0;
  }

  /** The foreign objects that the kernel wrote to. */
  public Set<Place> hit() {
    Set<Place> hit = EnumSet.noneOf(Place.class);
    built.forEach(
        (place, words) -> {
          if (Foreign.isHit(machine.ram(), memory.foreign(place), words)) {
            hit.add(place);
          }
        });
    return hit;
  }

  /** Whose bytes the host got with the last reply, or empty before the first one. */
  public Optional<Place> sent() {
    return switch (machine.ram().load32(memory.mailbox)) {
      case 0 -> Optional.empty();
      case REPLY -> Optional.of(Place.OWN);
      case FORGERY -> Optional.of(Place.FORGED);
      default -> Optional.of(Place.KERNEL);
    };
  }

  /** Where the kernel's table says that the LL thread is. */
  public Place recordedThread() {
    return placeOf(machine.ram().load32(memory.threadTable));
  }

  /** {@code n_tasks}. */
  public int taskCount() {
    return machine.ram().load32(ZephyrLl.N_TASKS.in(memory.ll));
  }

  /** How often the hostile thread can still overwrite a word. */
  public int writesLeft() {
    return machine.ram().load32(writesLeft);
  }

  /** Whether user threads can write to the work queue that sends messages. */
  public boolean isWorkQueueExposed() {
    return machine
        .domains()
        .allows(memory.domain, Ipc.SEND_WQ.in(memory.ipc), Ipc.SEND_WQ.size(), Access.WRITE);
  }
}
