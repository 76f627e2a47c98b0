package io.ringfence.firmware.ll;

import io.ringfence.firmware.edf.EdfFirmware;
import io.ringfence.firmware.edf.EdfTask;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.CallResult;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.objects.ObjectTable;
import io.ringfence.firmware.schedule.SchedulerInfo;
import io.ringfence.firmware.schedule.SchedulerOps;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryMap;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Region;
import io.ringfence.machine.Struct;
import java.util.Set;

/**
 * The RAM of a firmware with the LL scheduler: where everything lies that the linker places, the
 * heaps, and the memory domain of the LL threads.
 */
public final class LlMachine {
  private static final int BASE = 0x4000_0000;
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int STACK_BYTES = 1024;
  private static final int FUNCTIONS = 64;

  /** An index that is out of range by less than this is noticed. */
  private static final int GUARD_BYTES = 32;

  private static final int MOST_TASK_PROPS = 32;
  private static final int USER_DOMAIN = 0;

  /** Room for what a tracer keeps, in words. */
  private static final int TRACE_WORDS = 64;

  /** Room for a task, in bytes. */
  public static final int TASK_BYTES = EdfTask.STRUCT.size();

  /** Size of the largest kernel object. */
  static final int OBJECT_BYTES = KThread.STRUCT.size();

  private final MemoryMap map;
  private final Ram ram;
  private final Cpu cpu;
  private final SofHeap sofHeap;
  private final ObjectTable objects;
  private int place = BASE;

  LlMachine(LlConfig config) {
    MemoryMap.Builder builder = new MemoryMap.Builder(GUARD_BYTES);
    int objectBytes = ObjectTable.bytes(config.objects(), OBJECT_BYTES);
    int threads = config.threads().size();
    Region kernel =
        region(
            builder,
            "kernel",
            "section",
            objectBytes
                + threads * OBJECT_BYTES
                + config.cores() * (OBJECT_BYTES + STACK_BYTES)
                + 3 * PAGE);
    Region text = region(builder, "text", "section", PAGE);
    Region sysuser = region(builder, "sysuser", "partition", PAGE);
    Region clients = region(builder, "client data", "partition", clientBytes(config));
    Region stacks =
        region(
            builder,
            "stacks",
            "partition",
            STACK_BYTES * (threads + config.cores() * config.domains().size()) + GUARD_BYTES);
    Region systemHeap = region(builder, "sof_heap", "heap", config.heapPages() * PAGE);
    Region userHeap = region(builder, "ll_user_heap", "heap", config.heapPages() * PAGE);
    int size = place - BASE;

    builder.place(kernel, "page_tables", MemoryDomains.tableBytes(size, 1), 1);
    builder.place(kernel, "sof_heap", KHeap.STRUCT.size(), 1);
    builder.place(kernel, "ll_mem_resources.heap", KHeap.STRUCT.size(), 1);
    builder.place(kernel, "fail_alloc_countdown", 4, 1);
    builder.place(kernel, "call_result", CallResult.STRUCT.size(), 1);
    builder.place(kernel, "halt", Halt.STRUCT.size(), 1);
    builder.place(kernel, "_k_schedulers", 4, config.cores());
    builder.place(kernel, "ll_thread_tid", 4, config.cores());
    builder.place(kernel, "zephyr_ll_task_sem_list", ListItem.STRUCT.size(), 1);
    builder.place(kernel, "platform_domain", 4, config.domains().size());
    builder.place(kernel, "scheduler_props", propsBytes(), 1);
    builder.place(kernel, "scheduler_props_size", 4, 1);
    builder.place(kernel, "kernel_tasks", TASK_BYTES, Math.max(1, config.tasks().size()));
    builder.place(kernel, "threads", KThread.STRUCT.size(), Math.max(1, threads));
    builder.place(kernel, "trace_buffer", 4, TRACE_WORDS);
    builder.place(kernel, "boot_thread", KThread.STRUCT.size(), 1);
    builder.place(kernel, "interrupts", KThread.STRUCT.size(), config.cores());
    builder.place(kernel, "interrupt_stacks", STACK_BYTES, config.cores());
    builder.place(kernel, "watchdog", 4, config.cores());
    builder.place(kernel, "edf", EdfFirmware.bytes(), 1);
    builder.place(kernel, "edf_workq.thread", KThread.STRUCT.size(), 1);
    builder.place(kernel, "edf_workq_stack", STACK_BYTES, 1);
    builder.place(kernel, "objects", objectBytes, 1);

    builder.place(text, "functions", 16, FUNCTIONS);
    builder.place(text, "zephyr_ll_ops", SchedulerOps.STRUCT.size(), 1);
    builder.place(text, "zephyr_domain_ops", DomainOps.STRUCT.size(), 1);
    builder.place(text, "schedule_edf_ops", SchedulerOps.STRUCT.size(), 1);

    builder.place(sysuser, "_u_schedulers", 4, config.cores());
    builder.place(sysuser, "zephyr_ll_locks", 4, config.cores());
    builder.place(sysuser, "zephyr_ll_lock_owner", 4, config.cores());
    builder.place(sysuser, "zephyr_ll_lock_depth", 4, config.cores());
    builder.place(sysuser, "zephyr_ll_heap", 4, 1);
    builder.place(clients, "tasks", TASK_BYTES, Math.max(1, config.tasks().size()));
    builder.place(clients, "callback_locks", 4, config.cores());
    builder.place(stacks, "client_stacks", STACK_BYTES, Math.max(1, threads));
    builder.place(stacks, "ll_sched_stack", STACK_BYTES, config.cores() * config.domains().size());
    this.map = builder.build();

    this.ram = new Ram(BASE, size);
    MemoryDomains domains = new MemoryDomains(ram, address("page_tables"), 1);
    this.cpu = new Cpu(ram, domains);
    domains.initialize();
    map.symbols()
        .forEach(s -> ram.shadow().declareStatic(s.address(), s.elementSize() * s.count()));
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
    domains.map(
        text.start(),
        text.size(),
        Set.of(Access.READ, Access.WRITE, Access.EXECUTE),
        Set.of(Access.READ, Access.EXECUTE));
    domains.create();
    for (Region region : new Region[] {sysuser, clients, stacks, userHeap}) {
      domains.add(
          USER_DOMAIN,
          new Partition(
              region.name(), region.start(), region.size(), Set.of(Access.READ, Access.WRITE)));
    }
    this.objects =
        new ObjectTable(cpu, address("objects"), config.objects(), OBJECT_BYTES, config.reused());
    this.sofHeap =
        new SofHeap(
            cpu,
            new SysHeap(cpu, HeapConfig.RELEASE),
            new SofHeap.Layout(
                address("sof_heap"),
                address("ll_mem_resources.heap"),
                address("fail_alloc_countdown"),
                true));
    sofHeap.initSystemHeap(systemHeap.start(), systemHeap.size());
    sofHeap.initHeap(address("ll_mem_resources.heap"), userHeap.start(), userHeap.size());
    cpu.store32(address("zephyr_ll_heap"), address("ll_mem_resources.heap"));
    ListItem.init(cpu, address("zephyr_ll_task_sem_list"));
  }

  private Region region(MemoryMap.Builder builder, String name, String kind, int bytes) {
    int size = bytes + PAGE - 1 & -PAGE;
    Region region = builder.region(name, kind, place, size);
    place += size;
    return region;
  }

  private static int clientBytes(LlConfig config) {
    return Math.max(1, config.tasks().size()) * TASK_BYTES + 4 * config.cores() + GUARD_BYTES;
  }

  private static int propsBytes() {
    Struct task = SchedulerInfo.TASK_PROPS;
    return SchedulerInfo.SCHEDULER_PROPS.size() + MOST_TASK_PROPS * task.size();
  }

  /** What lies where. */
  public MemoryMap map() {
    return map;
  }

  /** The RAM. */
  public Ram ram() {
    return ram;
  }

  /** The processor. */
  public Cpu cpu() {
    return cpu;
  }

  /** The allocators. */
  public SofHeap sofHeap() {
    return sofHeap;
  }

  /** The kernel's table of objects that were allocated at run time. */
  public ObjectTable objects() {
    return objects;
  }

  /** The memory domain of the LL threads. */
  public int userDomain() {
    return USER_DOMAIN;
  }

  /** Whether an address lies in one of the threads' stacks. */
  public boolean isStack(int address) {
    Region region = map.regionAt(address);
    return region != null && region.name().equals("stacks");
  }

  /** Whether an address lies in a heap. */
  public boolean isHeap(int address) {
    Region region = map.regionAt(address);
    return region != null && region.kind().equals("heap");
  }

  /** The address of a static object. */
  public int address(String symbol) {
    return map.symbol(symbol).address();
  }

  /** The address of an element of a static array; not checked, as in C. */
  public int element(String symbol, int index) {
    return address(symbol) + index * map.symbol(symbol).elementSize();
  }
}
