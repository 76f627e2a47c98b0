package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.SyscallVerifier;
import io.ringfence.firmware.syscalls.dma.ConfigFrame.Step;
import io.ringfence.firmware.syscalls.dma.DmaBoard.Place;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Ram;

/**
 * One thread configures a DMA channel, step by step, and another thread of its memory domain writes
 * over the arguments in between.
 *
 * <p>Each operation says whether it took place. All state is in RAM.
 */
public final class DmaConfigFirmware {
  /** Blocks in the list that the caller prepared. */
  public static final int BLOCKS = 2;

  private static final DmaBoard.Size SIZE = new DmaBoard.Size(2, 2, 1);
  private static final int CALLER = 0;
  private static final int ATTACKER = 1;
  private static final int TRANSFER_BYTES = 64;
  private static final int SAMPLE_BYTES = 4;

  private final DmaBoard board;
  private final Cpu cpu;
  private final ConfigFrame frame;
  private final DmaConfigCall call;
  private final int channel;
  private final int left;
  private final int userConfig;
  private final int userBlocks;
  private String lastError = "";

  /** One step of the call. */
  private interface CallStep {
    void run();
  }

  /**
   * Boots, and lets the caller prepare a list of {@value #BLOCKS} blocks.
   *
   * @param wordSize {@code size_t} counts modulo this number, at most 2 to the 32nd
   * @param honest the direction of the transfer
   * @param zeroed whether the caller zeroed its blocks, or only assigned to some of their words, as
   *     the DAI copier does ({@code dai_set_dma_config}, SOF src/audio/dai-zephyr.c, 12dd726529)
   * @param attacks how many words the other thread may write
   */
  public DmaConfigFirmware(
      Design design, long wordSize, DmaConfig.Direction honest, boolean zeroed, int attacks) {
    this.board = new DmaBoard(design, SIZE);
    this.cpu = board.cpu();
    // Both may use the first controller, and nobody the other one.
    int device = board.controllers().device(0);
    board.objects().grant(device, board.thread(CALLER));
    board.objects().grant(device, board.thread(ATTACKER));
    this.channel = board.allocateStatic(DmaDriver.CHANNEL.size());
    this.left = board.allocateStatic(4);
    this.frame = new ConfigFrame(ram(), board.allocateStatic(ConfigFrame.STRUCT.size()));
    this.call =
        new DmaConfigCall(
            cpu,
            design,
            new SyscallVerifier(cpu),
            board.heap(),
            board.controllers(),
            new DmaDriver(cpu),
            frame,
            board::isPeripheral,
            wordSize);
    // The data of the transfer is at the start of the same partition.
    this.userConfig = board.address(Place.USER_RW) + MemoryDomains.PAGE_BYTES / 2;
    this.userBlocks = userConfig + DmaConfig.STRUCT.size();
    if (!zeroed && !design.has(Fix.ZERO_DMA_BLOCKS)) {
      ram().shadow().allocate(userBlocks, BLOCKS * DmaBlock.STRUCT.size());
    }
    prepare(honest);
    cpu.store32(left, attacks);
    ram().freeze();
  }

  private void prepare(DmaConfig.Direction direction) {
    cpu.store(DmaConfig.ATTRIBUTES, userConfig, DmaConfig.withDirection(0, direction));
    cpu.store(DmaConfig.SOURCE_DATA_SIZE, userConfig, SAMPLE_BYTES);
    cpu.store(DmaConfig.DEST_DATA_SIZE, userConfig, SAMPLE_BYTES);
    cpu.store(DmaConfig.BLOCK_COUNT, userConfig, BLOCKS);
    cpu.store(DmaConfig.HEAD_BLOCK, userConfig, userBlock(0));
    boolean fromPeripheral = direction == DmaConfig.Direction.PERIPHERAL_TO_MEMORY;
    boolean toPeripheral = direction == DmaConfig.Direction.MEMORY_TO_PERIPHERAL;
    int memory = board.address(Place.USER_RW);
    int peripheral = board.address(Place.PERIPHERAL);
    for (int i = 0; i < BLOCKS; i++) {
      int block = userBlock(i);
      cpu.store(DmaBlock.SOURCE_ADDRESS, block, fromPeripheral ? peripheral : memory);
      cpu.store(DmaBlock.DEST_ADDRESS, block, toPeripheral ? peripheral : memory);
      cpu.store(DmaBlock.BLOCK_SIZE, block, TRANSFER_BYTES);
      cpu.store(DmaBlock.MODES, block, 0);
      cpu.store(DmaBlock.NEXT_BLOCK, block, i + 1 < BLOCKS ? userBlock(i + 1) : 0);
    }
  }

  // What there is to see.

  /** The RAM that all state is in. */
  public Ram ram() {
    return board.ram();
  }

  /** The machine. */
  public DmaBoard board() {
    return board;
  }

  /** The call. */
  public ConfigFrame frame() {
    return frame;
  }

  /** Whether the caller has permission on the controller of the call. */
  public boolean mayCallerUse(int dma) {
    return board.mayUse(CALLER, dma);
  }

  /** Whether the processor runs the other thread, and not the caller. */
  public boolean isAttackerRunning() {
    return cpu.thread() == board.thread(ATTACKER);
  }

  /** The caller's configuration. */
  public int userConfig() {
    return userConfig;
  }

  /** A block of the caller's list. */
  public int userBlock(int index) {
    return userBlocks + DmaBlock.STRUCT.size() * index;
  }

  /** How many words the attacker may still write. */
  public int left() {
    return ram().load32(left);
  }

  /** How many descriptors the driver made. */
  public int programmed() {
    return ram().load32(DmaDriver.LLI_COUNT.in(channel));
  }

  /** A descriptor that the driver made. */
  public int descriptor(int index) {
    return DmaDriver.descriptor(channel, index);
  }

  /** Why the call ended, as the firmware logs it; empty if it did not. */
  public String lastError() {
    return lastError;
  }

  // What can happen.

  /** Lets the attacker write a word of the configuration or of a block. */
  public boolean forge(Field field, int structure, int value) {
    lastError = "";
    boolean over = frame.step() == Step.DONE || frame.step() == Step.DEAD;
    if (over || left() == 0 || value(field, structure) == value) {
      return false;
    }
    board.enterUser(ATTACKER);
    cpu.store(field, structure, value);
    ram().store32(left, left() - 1);
    return true;
  }

  private int value(Field field, int structure) {
    int address = field.in(structure);
    return field.size() == 2 ? ram().load16(address) : ram().load32(address);
  }

  /** Calls {@code sof_dma_config}. */
  public boolean call(int dma, int config) {
    return step(Step.IDLE, () -> call.call(dma, config));
  }

  /** Allocates the array. */
  public boolean alloc() {
    return step(Step.ALLOC, call::alloc);
  }

  /** Finds no memory for the array. */
  public boolean allocFails() {
    board.enterCall(CALLER);
    if (frame.step() != Step.ALLOC || call.arrayBytes() == 0) {
      return false;
    }
    board.heap().failAllocation(1);
    return alloc();
  }

  /** Copies a block. */
  public boolean copyBlock() {
    return step(Step.COPY, call::copy);
  }

  /** Checks a block. */
  public boolean checkBlock() {
    return step(Step.CHECK, call::check);
  }

  /** Links a block. */
  public boolean linkBlock() {
    return step(Step.LINK, call::link);
  }

  /** Calls the driver. */
  public boolean driverConfig() {
    return step(Step.DRIVER, () -> call.config(channel));
  }

  /** Returns from the call. */
  public boolean finish() {
    return step(Step.RETURN, call::finish);
  }

  private boolean step(Step expected, CallStep step) {
    lastError = "";
    if (frame.step() != expected) {
      return false;
    }
    board.enterCall(CALLER);
    try {
      step.run();
    } catch (FirmwareStop stop) {
      // The verifier kills the caller: its kernel stack is not used any more.
      frame.leave();
      frame.stop(Why.of(stop));
      lastError = String.valueOf(stop.getMessage());
    } catch (MemoryFault fault) {
      frame.stop(Why.of(fault));
      lastError = String.valueOf(fault.getMessage());
    }
    return true;
  }
}
