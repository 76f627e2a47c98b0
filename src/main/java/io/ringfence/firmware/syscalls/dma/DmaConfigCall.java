package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.syscalls.SyscallVerifier;
import io.ringfence.firmware.syscalls.dma.ConfigFrame.Step;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The system call {@code sof_dma_config}: {@code z_vrfy_sof_dma_config} and {@code
 * deep_copy_dma_blk_cfg_list} (SOF zephyr/syscall/sof_dma.c, 12dd726529), cut where another thread
 * could change the caller's memory. Each method is one such step; the caller of these methods turns
 * faults and oopses into the end of the call.
 */
final class DmaConfigCall {
  private static final int BLOCK_BYTES = DmaBlock.STRUCT.size();

  /** What user space may choose, beside the attributes. */
  private static final List<Field> PASSED_ON =
      List.of(
          DmaConfig.SOURCE_DATA_SIZE,
          DmaConfig.DEST_DATA_SIZE,
          DmaConfig.SOURCE_BURST_LENGTH,
          DmaConfig.DEST_BURST_LENGTH,
          DmaConfig.BLOCK_COUNT,
          DmaConfig.HEAD_BLOCK);

  private final Cpu cpu;
  private final Design design;
  private final SyscallVerifier verifier;
  private final SofHeap heap;
  private final SofDma controllers;
  private final DmaDriver driver;
  private final ConfigFrame frame;
  private final IntPredicate isPeripheral;
  private final long wordSize;

  /**
   * Makes the call's code.
   *
   * @param isPeripheral which addresses are registers of peripherals
   * @param wordSize {@code size_t} counts modulo this number
   */
  DmaConfigCall(
      Cpu cpu,
      Design design,
      SyscallVerifier verifier,
      SofHeap heap,
      SofDma controllers,
      DmaDriver driver,
      ConfigFrame frame,
      IntPredicate isPeripheral,
      long wordSize) {
    this.cpu = cpu;
    this.design = design;
    this.verifier = verifier;
    this.heap = heap;
    this.controllers = controllers;
    this.driver = driver;
    this.frame = frame;
    this.isPeripheral = isPeripheral;
    this.wordSize = wordSize;
  }

  /** Checks the arguments and copies the configuration. */
  void call(int dma, int config) {
    frame.set(ConfigFrame.DMA, dma);
    verifier.oopsIf(!controllers.isValid(dma), "sof_dma_config: not a DMA that the caller may use");
    frame.enter();
    int user = frame.userCfg();
    int kern = frame.kernCfg();
    if (!design.has(Defect.DMA_CONFIG_NOT_ZEROED)) {
      cpu.zero(kern, DmaConfig.STRUCT.size());
    }
    verifier.oopsIf(
        !verifier.copyFromUser(user, config, DmaConfig.STRUCT.size()),
        "sof_dma_config: the configuration is not readable for the caller");
    cpu.store(
        DmaConfig.ATTRIBUTES,
        kern,
        cpu.load(DmaConfig.ATTRIBUTES, user) & DmaConfig.USER_ATTRIBUTES);
    for (Field field : PASSED_ON) {
      cpu.store(field, kern, cpu.load(field, user));
    }
    frame.next(Step.ALLOC);
  }

  /** The size of the array in bytes as the code computes it, or 0 if there will be none. */
  int arrayBytes() {
    long bytes = Integer.toUnsignedLong(count()) * BLOCK_BYTES;
    if (bytes >= wordSize) {
      return design.has(Defect.DMA_SIZE_WRAPS) ? (int) (bytes % wordSize) : 0;
    }
    return (int) bytes;
  }

  /** Allocates the array. */
  void alloc() {
    int bytes = arrayBytes();
    int array = bytes == 0 ? 0 : heap.rmalloc(0, bytes);
    verifier.oopsIf(array == 0, "sof_dma_config: no memory for the blocks");
    frame.set(ConfigFrame.BLK_CFGS, array);
    frame.set(ConfigFrame.USER_NEXT, head());
    frame.next(Step.COPY);
  }

  /** Copies the next block. */
  void copy() {
    int userNext = frame.userNext();
    if (design.has(Defect.DMA_LIST_UNCOUNTED) && isUncountedListAtItsEnd(userNext)) {
      toDriver();
      return;
    }
    int block = block(frame.index());
    refuseIf(
        userNext == 0 || !verifier.copyFromUser(block, userNext, BLOCK_BYTES),
        "the list is short, or not readable for the caller");
    if (design.has(Fix.CHECKED_BLOCK_FIELDS)) {
      keepCheckedFields(block);
    }
    frame.next(Step.CHECK);
  }

  /** Before c72905ef0d the list ended with NULL, or after {@code block_count} with its head. */
  private boolean isUncountedListAtItsEnd(int userNext) {
    int index = frame.index();
    if (userNext == 0) {
      return true;
    }
    if (index != count()) {
      return false;
    }
    refuseIf(userNext != head(), "the list is longer than its count");
    cpu.store(DmaBlock.NEXT_BLOCK, block(index - 1), block(0));
    return true;
  }

  private void keepCheckedFields(int block) {
    cpu.store(DmaBlock.SOURCE_GATHER_INTERVAL, block, 0);
    cpu.store(DmaBlock.DEST_SCATTER_INTERVAL, block, 0);
    cpu.store(DmaBlock.DEST_SCATTER_COUNT, block, 0);
    cpu.store(DmaBlock.SOURCE_GATHER_COUNT, block, 0);
    cpu.store(DmaBlock.MODES, block, 0);
  }

  /** Checks that the caller may access the memory of the block. */
  void check() {
    int block = block(frame.index());
    int source = cpu.load(DmaBlock.SOURCE_ADDRESS, block);
    int dest = cpu.load(DmaBlock.DEST_ADDRESS, block);
    int size = cpu.load(DmaBlock.BLOCK_SIZE, block);
    boolean allowed =
        switch (DmaConfig.direction(cpu.load(DmaConfig.ATTRIBUTES, frame.kernCfg()))) {
          case MEMORY_TO_MEMORY -> verifier.mayWrite(dest, size) && verifier.mayRead(source, size);
          case MEMORY_TO_PERIPHERAL, MEMORY_TO_HOST ->
              verifier.mayRead(source, size) && mayBeOtherSide(dest);
          case PERIPHERAL_TO_MEMORY, HOST_TO_MEMORY ->
              verifier.mayWrite(dest, size) && mayBeOtherSide(source);
          case PERIPHERAL_TO_PERIPHERAL, PRIVATE_6, PRIVATE_7 -> false;
        };
    refuseIf(size == 0 && design.has(Fix.REFUSE_EMPTY_BLOCK), "a block has no bytes");
    refuseIf(!allowed, "the caller may not access the memory of a block");
    frame.next(Step.LINK);
  }

  private boolean mayBeOtherSide(int address) {
    return !design.has(Fix.CHECK_PERIPHERAL) || isPeripheral.test(address);
  }

  /** Finds the user's next block and points the copy to the kernel's next block. */
  void link() {
    int index = frame.index();
    int block = block(index);
    if (design.has(Defect.DMA_LIST_UNCOUNTED)) {
      if (index > 0) {
        cpu.store(DmaBlock.NEXT_BLOCK, block(index - 1), block);
      }
      goOn(cpu.load(DmaBlock.NEXT_BLOCK, frame.userNext()));
      return;
    }
    int next = cpu.load(DmaBlock.NEXT_BLOCK, block);
    if (Integer.compareUnsigned(index + 1, count()) < 0) {
      cpu.store(DmaBlock.NEXT_BLOCK, block, block(index + 1));
      goOn(next);
      return;
    }
    refuseIf(next != 0 && next != head(), "the list is longer than its count");
    cpu.store(DmaBlock.NEXT_BLOCK, block, next == 0 ? 0 : block(0));
    frame.set(ConfigFrame.USER_NEXT, next);
    toDriver();
  }

  private void goOn(int userNext) {
    frame.set(ConfigFrame.USER_NEXT, userNext);
    frame.set(ConfigFrame.I, frame.index() + 1);
    frame.next(Step.COPY);
  }

  private void toDriver() {
    cpu.store(DmaConfig.HEAD_BLOCK, frame.kernCfg(), block(0));
    frame.next(Step.DRIVER);
  }

  /** Lets the driver configure a channel. */
  void config(int channel) {
    frame.set(ConfigFrame.RET, driver.config(channel, frame.kernCfg()));
    frame.next(Step.RETURN);
  }

  /** Frees the array and returns. */
  void finish() {
    heap.rfree(frame.get(ConfigFrame.BLK_CFGS));
    frame.leave();
    frame.next(Step.DONE);
  }

  /** Gives the array back before the verifier kills the caller. */
  private void refuseIf(boolean refused, String why) {
    if (refused && !design.has(Defect.OOPS_BEFORE_FREE)) {
      heap.rfree(frame.get(ConfigFrame.BLK_CFGS));
    }
    verifier.oopsIf(refused, "sof_dma_config: " + why);
  }

  private int count() {
    return cpu.load(DmaConfig.BLOCK_COUNT, frame.kernCfg());
  }

  private int head() {
    return cpu.load(DmaConfig.HEAD_BLOCK, frame.kernCfg());
  }

  private int block(int index) {
    return frame.get(ConfigFrame.BLK_CFGS) + BLOCK_BYTES * index;
  }
}
