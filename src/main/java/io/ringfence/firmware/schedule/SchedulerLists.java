package io.ringfence.firmware.schedule;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelAssert;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.kernel.EndlessLoop;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/**
 * The per-core lists of schedulers and the accessors to them: SOF {@code zephyr/schedule.c}, and
 * {@code scheduler_is_user()} with the places that ask it in {@code src/schedule/schedule.c}, at
 * 12dd726529. This class is where the designs differ in which list a type belongs to.
 */
final class SchedulerLists {
  /** Longer than any list that the firmware can build: a walk that goes on is endless. */
  private static final int ENDLESS = 1000;

  private final Platform platform;
  private final Design design;
  private final Cpu cpu;

  SchedulerLists(Platform platform) {
    this.platform = platform;
    this.design = platform.design();
    this.cpu = platform.cpu();
  }

  // arch_schedulers_get() and arch_user_schedulers_get(): entry of the current core.

  int kernelSlot() {
    assertKernel();
    return platform.kernelArray() + 4 * cpu.core();
  }

  int userSlot() {
    assertKernel();
    return platform.userArray() + 4 * cpu.core();
  }

  /** Has no range check upstream. */
  int userSlotOf(int core) {
    return platform.userArray() + 4 * core;
  }

  /** Before 8c0c11b975 there was no assertion, but reading the core's number was privileged. */
  private void assertKernel() {
    if (cpu.mode() == Mode.USER && (design.asserts() || design.variant().singleList())) {
      throw new KernelAssert("the caller must not be in user mode");
    }
  }

  // Which side?

  /** Whether a type's list is in the user array. */
  boolean inUserArray(int type) {
    return design.variant().singleList()
        ? design.variant() != Variant.ORIG
        : design.isUserType(type);
  }

  /** Whether a type's node and list head come from the heap of the user side. */
  boolean fromUserHeap(int type) {
    return switch (design.variant()) {
      case ORIG, B502, SPLIT_KHEAP -> false;
      case V1_ALL_USER -> true;
      case V2_SPLIT, MERGED, HARDENED -> design.isUserType(type);
    };
  }

  /** The slot that {@code scheduler_register()} uses: always one of the current core. */
  int slotToRegister(int type) {
    if (design.variant().singleList()) {
      return singleSlot();
    }
    int slot = kernelSlot();
    return inUserArray(type) ? userSlot() : slot;
  }

  /** The slot that {@code schedule_task_init()} reads. */
  int slotToBind(int type, int core) {
    if (design.variant().singleList()) {
      return cpu.mode() == Mode.USER && design.variant() != Variant.ORIG
          ? userSlotOf(userCore(core))
          : singleSlot();
    }
    return inUserArray(type) ? userSlotOf(userCore(core)) : kernelSlot();
  }

  /** Whether {@link #slotToBind} ignores its argument {@code core}. */
  boolean bindsOnCurrentCore(int type) {
    return design.variant().singleList() ? cpu.mode() == Mode.KERNEL : !inUserArray(type);
  }

  private int userCore(int core) {
    return design.has(Defect.USER_LOOKUP_CORE0) && cpu.mode() == Mode.USER ? 0 : core;
  }

  /** The slot that {@code scheduler_get_data()} reads. */
  int slotToLookUp(int type) {
    if (design.variant().singleList()) {
      return singleSlot();
    }
    return design.has(Fix.LOOK_UP_USER_LIST) && inUserArray(type) ? userSlot() : kernelSlot();
  }

  /** The slot in which an operation of before bbef32bc42 looks its scheduler up. */
  int slotToOperate(int type) {
    return inUserArray(type) ? userSlot() : kernelSlot();
  }

  private int singleSlot() {
    return inUserArray(0) ? userSlot() : kernelSlot();
  }

  // Lists.

  /**
   * Walks a list of schedulers.
   *
   * @param head a {@code struct schedulers}
   * @return the first {@code schedule_data} of the type, or 0
   */
  int find(int head, int type) {
    int steps = 0;
    for (int item = ListItem.next(cpu, head); item != head; item = ListItem.next(cpu, item)) {
      if (cpu.load(ScheduleData.TYPE, item) == type) {
        return item;
      }
      if (++steps > ENDLESS) {
        throw new EndlessLoop("the list of schedulers never comes back to its head");
      }
    }
    return 0;
  }
}
