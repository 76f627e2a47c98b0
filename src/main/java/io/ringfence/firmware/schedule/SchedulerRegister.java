package io.ringfence.firmware.schedule;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.kernel.Label;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;

/** {@code scheduler_register(sch)}: SOF {@code src/schedule/schedule.c}, 12dd726529. */
public final class SchedulerRegister {
  private final Platform platform;
  private final Design design;
  private final Cpu cpu;
  private final SchedulerLists lists;
  private final Frame frame;

  /** Links the function. */
  public SchedulerRegister(Platform platform) {
    this.platform = platform;
    this.design = platform.design();
    this.cpu = platform.cpu();
    this.lists = new SchedulerLists(platform);
    this.frame = new Frame(platform);
  }

  /** Whether {@link #g1PickSlot} can find such a value in its local {@code core}. */
  public boolean canIndex(int core) {
    return core == cpu.core() || indexIsUninitialized();
  }

  private boolean indexIsUninitialized() {
    return design.has(Defect.UNINITIALIZED_CORE) && lists.inUserArray(frame.get(Threads.TYPE));
  }

  /**
   * Picks the slot by the type, and looks whether there is a list.
   *
   * @param core what the local {@code core} holds: the current core, unless B-13 left it unassigned
   */
  public void g1PickSlot(int core) {
    int slot = lists.slotToRegister(frame.get(Threads.TYPE));
    if (indexIsUninitialized()) {
      slot = lists.userSlotOf(core);
    }
    int head = cpu.load32(slot);
    frame.set(Threads.CORE, core);
    frame.jump(head == 0 ? Label.G2_ALLOC_HEAD : Label.G3_APPEND);
  }

  /**
   * Allocates the list head. Upstream stores the result in the slot at once, where other cores see
   * it; on failure it returns silently and forgets the node.
   */
  public void g2AllocHead() {
    int head = platform.sofHeap().alloc(frame.get(Threads.HEAP), 0, Schedulers.STRUCT.size(), 0);
    if (!design.has(Fix.PUBLISH_LAST)) {
      cpu.store32(slot(), head);
    }
    if (head == 0) {
      if (design.has(Fix.REPORT_FAILURE)) {
        platform.sofHeap().free(frame.get(Threads.HEAP), frame.get(Threads.NODE));
      }
      frame.ret(design.has(Fix.REPORT_FAILURE) ? -Errno.ENOMEM : 0);
      return;
    }
    if (design.has(Fix.PUBLISH_LAST)) {
      frame.set(Threads.LIST, head);
    }
    frame.jump(Label.G2_ZERO_HEAD);
  }

  /** {@code memset(*sch, ...)}: reads the slot again upstream. */
  public void g2ZeroHead() {
    cpu.zero(head(), Schedulers.STRUCT.size());
    frame.jump(Label.G2_INIT_HEAD);
  }

  /** {@code list_init(&(*sch)->list)}: reads the slot again upstream. */
  public void g2InitHead() {
    int head = head();
    ListItem.init(cpu, head);
    if (design.has(Fix.PUBLISH_LAST)) {
      cpu.store32(slot(), head);
    }
    frame.set(Threads.LIST, 0);
    frame.jump(Label.G3_APPEND);
  }

  /** Appends the node to whatever list the slot leads to. */
  public void g3Append() {
    int node = frame.get(Threads.NODE);
    ListItem.append(cpu, node, cpu.load32(slot()));
    if (design.has(Defect.LINK_BOTH) && lists.inUserArray(frame.get(Threads.TYPE))) {
      int kernelList = cpu.load32(lists.kernelSlot());
      if (kernelList != 0) {
        ListItem.append(cpu, node, kernelList);
      }
    }
    frame.ret(0);
  }

  private int head() {
    return design.has(Fix.PUBLISH_LAST) ? frame.get(Threads.LIST) : cpu.load32(slot());
  }

  /** The local {@code sch}, recomputed from the index that it was made of. */
  private int slot() {
    int core = frame.get(Threads.CORE);
    return lists.inUserArray(frame.get(Threads.TYPE))
        ? lists.userSlotOf(core)
        : platform.kernelArray() + 4 * core;
  }
}
