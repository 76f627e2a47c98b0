package io.ringfence.firmware.schedule;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.kernel.Label;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/** {@code scheduler_init(type, ops, data)}: SOF {@code src/schedule/schedule.c}, 12dd726529. */
public final class SchedulerInit {
  private final Platform platform;
  private final Design design;
  private final Cpu cpu;
  private final SchedulerLists lists;
  private final Frame frame;

  /** Links the function. */
  public SchedulerInit(Platform platform) {
    this.platform = platform;
    this.design = platform.design();
    this.cpu = platform.cpu();
    this.lists = new SchedulerLists(platform);
    this.frame = new Frame(platform);
  }

  /** Enters the function and chooses the heap by the type. */
  public void i1ChooseHeap(int type, int ops) {
    if (design.has(Fix.CHECK_CONTEXT) && cpu.mode() == Mode.USER) {
      frame.ret(-Errno.EPERM);
      return;
    }
    frame.set(Threads.TYPE, type);
    frame.set(Threads.OPS, ops);
    frame.set(Threads.HEAP, lists.fromUserHeap(type) ? platform.registryHeap() : 0);
    frame.jump(Label.I2_VALIDATE_OPS);
  }

  /** Returns, silently upstream, if a mandatory operation is missing. */
  public void i2ValidateOps() {
    int ops = frame.get(Threads.OPS);
    if (ops == 0
        || cpu.load(SchedulerOps.SCHEDULE_TASK, ops) == 0
        || cpu.load(SchedulerOps.SCHEDULE_TASK_CANCEL, ops) == 0
        || cpu.load(SchedulerOps.SCHEDULE_TASK_FREE, ops) == 0) {
      frame.ret(design.has(Fix.REPORT_FAILURE) ? -Errno.EINVAL : 0);
      return;
    }
    frame.set(Threads.FLAG, nodeFlags());
    frame.jump(Label.I3_ALLOC_NODE);
  }

  private int nodeFlags() {
    boolean dropped =
        design.variant() == Variant.V1_ALL_USER
            || (design.has(Fix.DROP_KERNEL_FLAG) && frame.get(Threads.HEAP) != 0);
    return dropped ? 0 : MemFlags.KERNEL;
  }

  /** Allocates the node; without memory there is no way on. */
  public void i3AllocNode() {
    int node =
        platform
            .sofHeap()
            .alloc(frame.get(Threads.HEAP), frame.get(Threads.FLAG), ScheduleData.STRUCT.size(), 0);
    if (node == 0) {
      throw new KernelPanic("scheduler_init: allocation failed");
    }
    frame.set(Threads.FLAG, Threads.NONE);
    frame.set(Threads.NODE, node);
    frame.jump(Label.I4_ZERO);
  }

  /** Zeroes the node. */
  public void i4Zero() {
    cpu.zero(frame.get(Threads.NODE), ScheduleData.STRUCT.size());
    frame.jump(Label.I4_FILL);
  }

  /**
   * Fills the node.
   *
   * @param data the scheduler's private data, an argument of the call
   */
  public void i4Fill(int data) {
    int node = frame.get(Threads.NODE);
    ListItem.init(cpu, node);
    cpu.store(ScheduleData.TYPE, node, frame.get(Threads.TYPE));
    cpu.store(ScheduleData.OPS, node, frame.get(Threads.OPS));
    cpu.store(ScheduleData.DATA, node, data);
    frame.jump(Label.G1_PICK_SLOT);
  }
}
