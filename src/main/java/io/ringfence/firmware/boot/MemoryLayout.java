package io.ringfence.firmware.boot;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.CallResult;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.firmware.schedule.SchedulerOps;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Access;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryMap;
import io.ringfence.machine.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Where everything lies. Addresses are fixed at link time; what lies in a heap is found at run
 * time.
 *
 * <p>The array {@code _u_schedulers[]} ends where the user-writable sysuser partition goes on: the
 * word after it is an attacker's in every design, also if the array itself is read-only for user
 * threads (fix O-24), when it lies in the page before.
 */
public final class MemoryLayout {
  /** First address of the RAM. */
  static final int BASE = 0x4000_0000;

  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int KERNEL_PAGES = 3;
  private static final int HEAP_PAGES = 2;

  /** Most memory domains that this firmware can have. */
  static final int DOMAINS = 1;

  private final Region kernel;
  private final Region text;
  private final Region registry;
  private final Region sysuser;
  private final Region systemHeap;
  private final Region userHeap;
  private final Region registryHeap;
  private final MemoryMap map;
  private final FirmwareConfig config;
  private final int size;

  MemoryLayout(FirmwareConfig config) {
    this.config = config;
    MemoryMap.Builder builder = new MemoryMap.Builder();
    int at = BASE;
    kernel = builder.region("kernel", "section", at, KERNEL_PAGES * PAGE);
    at += KERNEL_PAGES * PAGE;
    text = builder.region("text", "section", at, PAGE);
    at += PAGE;
    registry = builder.region("registry", "partition", at, PAGE);
    at += PAGE;
    sysuser = builder.region("sysuser", "partition", at, PAGE);
    at += PAGE;
    systemHeap = builder.region("sof_heap", "heap", at, HEAP_PAGES * PAGE);
    at += HEAP_PAGES * PAGE;
    userHeap = builder.region("ll_user_heap", "heap", at, HEAP_PAGES * PAGE);
    at += HEAP_PAGES * PAGE;
    registryHeap = builder.region("registry_heap", "heap", at, HEAP_PAGES * PAGE);
    at += HEAP_PAGES * PAGE;
    size = at - BASE;
    placeKernel(builder);
    placeText(builder);
    placeSysuser(builder);
    map = builder.build();
  }

  private void placeKernel(MemoryMap.Builder builder) {
    builder.place(kernel, "page_tables", MemoryDomains.tableBytes(size, DOMAINS), 1);
    builder.place(kernel, "halt_reason", 4, 1);
    builder.place(kernel, "fail_alloc_countdown", 4, 1);
    builder.place(kernel, "call_result", CallResult.STRUCT.size(), 1);
    builder.place(kernel, "_k_schedulers", 4, config.cores());
    builder.place(kernel, "core_state", CoreState.STRUCT.size(), config.cores());
    builder.place(kernel, "sof_heap", SysHeap.STRUCT.size(), 1);
    builder.place(kernel, "ll_user_heap", SysHeap.STRUCT.size(), 1);
    builder.place(kernel, "registry_heap", SysHeap.STRUCT.size(), 1);
    builder.place(kernel, "threads", Threads.STRUCT.size(), Math.max(1, config.threads().size()));
    placeData(builder, kernel, "kernel_data");
    placeTasks(builder, kernel, false);
  }

  private void placeText(MemoryMap.Builder builder) {
    builder.place(text, "functions", 4, 64);
    builder.place(text, "ops_full", SchedulerOps.STRUCT.size(), 1);
    builder.place(text, "ops_minimal", SchedulerOps.STRUCT.size(), 1);
    builder.place(text, "ops_partial", SchedulerOps.STRUCT.size(), 1);
  }

  private void placeSysuser(MemoryMap.Builder builder) {
    int padding = PAGE - 4 * config.cores();
    builder.place(registry, "registry_padding", padding, 1);
    builder.place(registry, "_u_schedulers", 4, config.cores());
    builder.place(sysuser, "after_u_schedulers", 4, 1);
    placeData(builder, sysuser, "user_data");
    placeTasks(builder, sysuser, true);
    builder.place(sysuser, "attacker_head", ScheduleData.STRUCT.size(), 1);
    builder.place(sysuser, "attacker_node", ScheduleData.STRUCT.size(), 1);
    builder.place(sysuser, "attacker_ops", SchedulerOps.STRUCT.size(), 1);
    builder.place(sysuser, "attacker_code", 16, 1);
  }

  private void placeData(MemoryMap.Builder builder, Region region, String name) {
    builder.place(
        region, name, SchedulerPrivate.STRUCT.size(), config.cores() * SchedulerType.COUNT);
  }

  private void placeTasks(MemoryMap.Builder builder, Region region, boolean user) {
    for (FirmwareConfig.TaskConfig task : config.tasks()) {
      if (task.inUserMemory() == user) {
        builder.place(region, "task_" + task.name(), Task.STRUCT.size(), 1);
      }
    }
  }

  /** Grants the LL memory domain its partitions, and sets what the kernel may execute. */
  int protect(MemoryDomains domains) {
    domains.map(
        text.start(),
        text.size(),
        Set.of(Access.READ, Access.EXECUTE),
        Set.of(Access.READ, Access.EXECUTE));
    int domain = domains.create();
    Set<Access> registryRights =
        config.design().has(Fix.RELY_ON_NO_USER_WORD)
            ? Set.of(Access.READ)
            : Set.of(Access.READ, Access.WRITE);
    grant(domains, domain, registry, registryRights);
    grant(domains, domain, sysuser, Set.of(Access.READ, Access.WRITE, Access.EXECUTE));
    grant(domains, domain, userHeap, Set.of(Access.READ, Access.WRITE));
    grant(domains, domain, registryHeap, Set.of(Access.READ));
    return domain;
  }

  private static void grant(MemoryDomains domains, int domain, Region region, Set<Access> rights) {
    domains.add(
        domain,
        new io.ringfence.machine.Partition(region.name(), region.start(), region.size(), rights));
  }

  /** The private data of a type on a core, in the memory of its side. */
  int privateData(int core, int type) {
    boolean dpInKernel =
        config.design().has(Defect.DP_DATA_KERNEL) && type == SchedulerType.DP.ordinal();
    boolean user = config.design().isUserType(type) && !dpInKernel;
    return map.symbol(user ? "user_data" : "kernel_data")
        .element(core * SchedulerType.COUNT + type);
  }

  /** Names and places of all static objects. */
  public MemoryMap map() {
    return map;
  }

  /** The heaps, lowest address first: system heap, LL user heap, registry heap. */
  public List<Region> heaps() {
    return new ArrayList<>(List.of(systemHeap, userHeap, registryHeap));
  }

  int size() {
    return size;
  }

  int address(String symbol) {
    return map.symbol(symbol).address();
  }
}
