package io.ringfence.firmware.boot;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.CallResult;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.schedule.Platform;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.SchedulerFunction;
import io.ringfence.firmware.schedule.SchedulerOps;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.FunctionTable;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Region;
import io.ringfence.machine.Symbol;
import java.util.List;

/** The RAM as it is when the primary core begins to register schedulers. */
final class BootImage {
  /** Room for no block at all, but for the heap's own structures. */
  private static final int EMPTY_HEAP = 128;

  private static final int HEAP_STEP = 8;
  private static final List<Field> OPTIONAL =
      List.of(
          SchedulerOps.SCHEDULE_TASK_BEFORE,
          SchedulerOps.SCHEDULE_TASK_AFTER,
          SchedulerOps.SCHEDULE_TASK_RUNNING,
          SchedulerOps.RESCHEDULE_TASK,
          SchedulerOps.SCHEDULER_INIT_CONTEXT);

  private final FirmwareConfig config;
  private final MemoryLayout layout;
  private final Ram ram;
  private final MemoryDomains domains;
  private final Cpu cpu;
  private final SofHeap sofHeap;
  private final Platform platform;
  private final int userDomain;

  BootImage(FirmwareConfig config) {
    this.config = config;
    this.layout = new MemoryLayout(config);
    this.ram = new Ram(MemoryLayout.BASE, layout.size());
    this.domains = new MemoryDomains(ram, layout.address("page_tables"), MemoryLayout.DOMAINS);
    this.cpu = new Cpu(ram, domains);
    domains.initialize();
    for (Symbol symbol : layout.map().symbols()) {
      ram.shadow().declareStatic(symbol.address(), symbol.elementSize() * symbol.count());
    }
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, 0);
    FunctionTable<SchedulerFunction> functions = fillText();
    this.userDomain = layout.protect(domains);
    this.sofHeap =
        new SofHeap(
            cpu,
            new SysHeap(cpu, HeapConfig.RELEASE),
            new SofHeap.Layout(
                layout.address("sof_heap"),
                layout.address("ll_user_heap"),
                layout.address("fail_alloc_countdown"),
                true));
    initHeap("sof_heap", config.kernelBlocks());
    initHeap("ll_user_heap", config.userBlocks());
    initHeap("registry_heap", config.registryBlocks());
    fillKernel();
    fillSysuser();
    this.platform =
        new Platform(
            cpu,
            config.design(),
            sofHeap,
            functions,
            layout.address("_k_schedulers"),
            layout.address("_u_schedulers"),
            layout.address(
                config.design().has(Fix.RELY_ON_NO_USER_WORD) ? "registry_heap" : "ll_user_heap"),
            layout.address("call_result"),
            config.cores());
    ram.freeze();
  }

  private FunctionTable<SchedulerFunction> fillText() {
    Symbol code = layout.map().symbol("functions");
    FunctionTable.Builder<SchedulerFunction> functions =
        new FunctionTable.Builder<>(code.address(), code.elementSize() * code.count());
    for (Field operation : SchedulerOps.STRUCT.fields()) {
      int address = functions.add(operation.name(), BootImage::operate);
      boolean optional = OPTIONAL.contains(operation);
      boolean cancel = operation.equals(SchedulerOps.SCHEDULE_TASK_CANCEL);
      cpu.store(operation, layout.address("ops_full"), address);
      cpu.store(operation, layout.address("ops_minimal"), optional ? 0 : address);
      cpu.store(operation, layout.address("ops_partial"), cancel ? 0 : address);
    }
    return functions.build();
  }

  /** Every operation looks at its private data, so it must be able to. */
  private static int operate(Cpu cpu, int data, int task) {
    cpu.load(SchedulerPrivate.CORE, data);
    return 0;
  }

  /** Makes a heap that holds exactly so many registry objects. */
  private void initHeap(String name, int blocks) {
    Region region =
        layout.map().regions().stream()
            .filter(candidate -> candidate.name().equals(name))
            .findFirst()
            .orElseThrow();
    int heap = layout.address(name);
    int bytes = EMPTY_HEAP;
    sofHeap.initHeap(heap, region.start(), bytes);
    while (capacity(heap) < blocks) {
      bytes += HEAP_STEP;
      if (bytes > region.size()) {
        throw new IllegalArgumentException(
            name + " has no room for " + blocks + " objects; give it more pages");
      }
      sofHeap.initHeap(heap, region.start(), bytes);
    }
  }

  /** How many objects fit. */
  private int capacity(int heap) {
    return BlockProbe.blocks(ram, sofHeap, heap).size();
  }

  private void fillKernel() {
    for (int core = 0; core < config.cores(); core++) {
      int state = layout.map().symbol("core_state").element(core);
      CoreState.Power power = core == 0 ? CoreState.Power.BOOTING : CoreState.Power.COLD;
      cpu.store(CoreState.POWER, state, power.ordinal());
      int cursor = core == 0 ? 0 : config.bootOrder().get(core).size();
      cpu.store(CoreState.CURSOR, state, cursor);
      for (int type = 0; type < SchedulerType.COUNT; type++) {
        cpu.store(SchedulerPrivate.CORE, layout.privateData(core, type), core);
      }
    }
    for (int thread = 0; thread < config.threads().size(); thread++) {
      Threads.clear(ram, layout.map().symbol("threads").element(thread));
    }
    CallResult.clear(ram, layout.address("call_result"));
  }

  /** Memory of the LL domain, with what an attacker among its threads has prepared. */
  private void fillSysuser() {
    int head = layout.address("attacker_head");
    int node = layout.address("attacker_node");
    int ops = layout.address("attacker_ops");
    cpu.store(ListItem.NEXT, head, node);
    cpu.store(ListItem.PREV, head, node);
    cpu.store(ListItem.NEXT, node, head);
    cpu.store(ListItem.PREV, node, head);
    cpu.store(ScheduleData.TYPE, node, SchedulerType.LL_TIMER.ordinal());
    cpu.store(ScheduleData.OPS, node, ops);
    for (Field operation : SchedulerOps.STRUCT.fields()) {
      cpu.store(operation, ops, layout.address("attacker_code"));
    }
    if (config.design().has(Defect.NO_ZERO_TASK)) {
      for (FirmwareConfig.TaskConfig task : config.tasks()) {
        ram.shadow().allocate(layout.address("task_" + task.name()), Task.STRUCT.size());
      }
    }
  }

  FirmwareConfig config() {
    return config;
  }

  MemoryLayout layout() {
    return layout;
  }

  Platform platform() {
    return platform;
  }

  int userDomain() {
    return userDomain;
  }
}
