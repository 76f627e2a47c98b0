package io.ringfence.firmware.domain;

import io.ringfence.firmware.ll.LlLock;
import io.ringfence.firmware.ll.LlPlatform;
import io.ringfence.firmware.ll.MoreRoutines;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Struct;

/**
 * A tick: what {@code zephyr_ll_run()} does with tasks that are done, and with locks. Whoever
 * drives the firmware writes into {@link #CHOICE} what becomes of the tick at {@code R2_CHOOSE}.
 */
public final class ChosenTick extends Routine {
  /** What comes next in a tick. */
  public enum Choice {
    /** It ends. */
    END,
    /** A task is done. */
    DONE,
    /** A callback waits, and owns a lock of its own meanwhile. */
    BLOCK
  }

  /** The steps. */
  enum At {
    R1_LOCK,
    R2_CHOOSE,
    R2D_BLOCK,
    R2D_WAIT,
    RETURN
  }

  private static final Struct.Builder LAYOUT = Frame.define(MoreRoutines.TICK);
  private static final Field SCH = LAYOUT.pointer("sch");

  /** The ordinal of a {@link Choice}. */
  public static final Field CHOICE = LAYOUT.u32("choice");

  private static final Field FLAGS = LAYOUT.u32("flags");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlLock lock;
  private final Cpu cpu;

  ChosenTick(LlPlatform platform, LlLock lock) {
    super(FRAME, At.values());
    this.platform = platform;
    this.lock = lock;
    this.cpu = platform.cpu();
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    switch (At.values()[frame.pc()]) {
      case R1_LOCK -> lock.lock(frame, sch, FLAGS, At.R2_CHOOSE);
      case R2_CHOOSE -> choose(frame, sch);
      case R2D_BLOCK -> {
        cpu.store32(callbackLock(sch), cpu.thread());
        frame.go(At.R2D_WAIT);
        Mode caller = cpu.raise();
        platform.kernel().block(cpu.thread());
        cpu.lower(caller);
      }
      case R2D_WAIT -> {
        cpu.store32(callbackLock(sch), 0);
        if (platform.user()) {
          frame.go(At.R2_CHOOSE);
        } else {
          lock.lock(frame, sch, FLAGS, At.R2_CHOOSE);
        }
      }
      case RETURN -> frame.ret(0);
    }
  }

  private void choose(Frame frame, int sch) {
    switch (Choice.values()[frame.get(CHOICE)]) {
      case END -> lock.unlock(frame, sch, FLAGS, At.RETURN);
      case DONE -> FirstTask.done(platform, frame, At.R2_CHOOSE, sch);
      case BLOCK -> {
        // In the kernel build a callback is called without the LL lock.
        if (platform.user()) {
          frame.go(At.R2D_BLOCK);
        } else {
          lock.unlock(frame, sch, FLAGS, At.R2D_BLOCK);
        }
      }
    }
  }

  /** The word that says whether the callbacks of a core own their lock. */
  private int callbackLock(int sch) {
    return platform.machine().element("callback_locks", cpu.load(ZephyrLl.CORE, sch));
  }
}
