package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import io.ringfence.machine.Struct;

/**
 * The stack frame of {@code sof_dma_config} in RAM: where the call stands, its argument and its
 * locals. Written by the simulated compiler and hardware, so past the memory checks; only the
 * structures {@code user_cfg} and {@code kern_cfg} in it are accessed by the firmware itself.
 */
public final class ConfigFrame {
  /** Where the call stands: the next step. */
  public enum Step {
    /** There was no call yet. */
    IDLE,
    /** Allocate the kernel's array. */
    ALLOC,
    /** Copy the next block. */
    COPY,
    /** Check the access to its memory. */
    CHECK,
    /** Find the block after it, and link the copy. */
    LINK,
    /** Call the driver. */
    DRIVER,
    /** Free the array and return. */
    RETURN,
    /** The call returned. */
    DONE,
    /** The caller was killed, or the kernel was hit by an exception. */
    DEAD
  }

  private static final Struct.Builder LAYOUT = Struct.define("sof_dma_config_frame");
  private static final Field STEP = LAYOUT.u32("step");
  private static final Field WHY = LAYOUT.u32("why");
  static final Field RET = LAYOUT.s32("ret");
  static final Field DMA = LAYOUT.pointer("dma");
  static final Field USER_CFG = LAYOUT.struct("user_cfg", DmaConfig.STRUCT);
  static final Field KERN_CFG = LAYOUT.struct("kern_cfg", DmaConfig.STRUCT);
  static final Field BLK_CFGS = LAYOUT.pointer("blk_cfgs");
  static final Field USER_NEXT = LAYOUT.pointer("user_next");
  static final Field I = LAYOUT.u32("i");

  /** The layout. */
  static final Struct STRUCT = LAYOUT.build();

  private final Ram ram;
  private final int address;

  /** A frame of zeroes, in which no call is in progress. */
  ConfigFrame(Ram ram, int address) {
    this.ram = ram;
    this.address = address;
  }

  int get(Field field) {
    return ram.load32(field.in(address));
  }

  void set(Field field, int value) {
    ram.store32(field.in(address), value);
  }

  /** Where the call stands. */
  public Step step() {
    return Step.values()[get(STEP)];
  }

  void next(Step step) {
    set(STEP, step.ordinal());
  }

  /** Why it stopped. */
  public Why why() {
    return Why.at(get(WHY));
  }

  void stop(Why why) {
    set(WHY, why.ordinal());
    next(Step.DEAD);
  }

  /** What the call returned: 0 or a negative errno. */
  public int ret() {
    return get(RET);
  }

  /** The argument {@code dma}, also after the call. */
  public int dma() {
    return get(DMA);
  }

  /** The address of {@code kern_cfg}. */
  public int kernCfg() {
    return KERN_CFG.in(address);
  }

  int userCfg() {
    return USER_CFG.in(address);
  }

  /** The block in the user's list that comes next. */
  public int userNext() {
    return get(USER_NEXT);
  }

  /** Which block is copied, from 0. */
  public int index() {
    return get(I);
  }

  /** Whether the array was allocated: {@link #index} counts. */
  public boolean isCopying() {
    return get(BLK_CFGS) != 0;
  }

  /** Whether a field of {@code kern_cfg} has a value. */
  public boolean isInitialized(Field field) {
    return ram.shadow().state(field.in(kernCfg())) != ShadowState.UNINITIALIZED;
  }

  /** Enters the function: its structures hold whatever was on the stack. */
  void enter() {
    ram.shadow().allocate(userCfg(), DmaConfig.STRUCT.size());
    ram.shadow().allocate(kernCfg(), DmaConfig.STRUCT.size());
  }

  /** Leaves the function: nothing refers to its locals any more. */
  void leave() {
    int locals = userCfg();
    int bytes = address + STRUCT.size() - locals;
    ram.fill(locals, bytes, 0);
    ram.shadow().declareStatic(locals, bytes);
  }
}
