package io.ringfence.firmware.tasks;

import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * Messages from core to core: the flags of the active cores, which the SoC keeps for each CPU that
 * there can be, and {@code idc_work} with two work items for each core that is configured (SOF
 * src/idc/zephyr_idc.c, 12dd726529). No index is checked. Another object of the kernel lies behind.
 */
final class CoreMessages {
  private static final Struct.Builder LAYOUT = Struct.define("zephyr_idc_msg");
  private static final Field HEADER = LAYOUT.u32("header");
  private static final Field SENDER = LAYOUT.u32("core");
  private static final Struct WORK = LAYOUT.build();
  private static final int WORK_ITEMS = 2;
  private static final int IDC_MSG_IPC = 0x4 << 24;

  private final Cpu cpu;
  private final int active;
  private final int work;
  private final KernelObject behind;

  /**
   * Makes the arrays: each configured core is active.
   *
   * @param cpuCount {@code CONFIG_MP_MAX_NUM_CPUS}
   * @param coreCount {@code CONFIG_CORE_COUNT}
   */
  CoreMessages(SmallMachine machine, int cpuCount, int coreCount) {
    cpu = machine.cpu();
    int workBytes = WORK.size() * WORK_ITEMS * coreCount;
    active = machine.allocateStatic(4 * cpuCount + workBytes + KernelObject.BYTES);
    work = active + 4 * cpuCount;
    behind = KernelObject.at(cpu, work + workBytes);
    for (int core = 0; core < coreCount; core++) {
      cpu.store32(active + 4 * core, 1);
    }
  }

  /** {@code idc_send_msg}, which refuses a core that is down. */
  void send(int from, int core) {
    if (cpu.load32(active + 4 * core) == 0) {
      return;
    }
    int item = work + core * WORK_ITEMS * WORK.size();
    cpu.store(HEADER, item, IDC_MSG_IPC);
    cpu.store(SENDER, item, from);
  }

  /** The object behind the arrays. */
  KernelObject behind() {
    return behind;
  }
}
