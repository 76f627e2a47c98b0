package io.ringfence.firmware.ll;

import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;
import java.util.List;

/**
 * The lock of an LL scheduler: {@code zephyr_ll_lock()} and {@code zephyr_ll_unlock()}, and in the
 * user build {@code user_ll_lock_sched()} and {@code user_ll_unlock_sched()}. The kernel build
 * masks the interrupts of the caller's core. The user build has a mutex, and with assertions keeps
 * its owner and depth in memory that user space can write.
 */
public final class LlLock {
  private final LlPlatform platform;

  LlLock(LlPlatform platform) {
    this.platform = platform;
  }

  /** The functions, by name. */
  List<Routine> routines() {
    return List.of(
        new Lock("zephyr_ll_lock", false),
        new Unlock("zephyr_ll_unlock", false),
        new Lock("user_ll_lock_sched", true),
        new Unlock("user_ll_unlock_sched", true));
  }

  /**
   * Calls {@code zephyr_ll_lock(sch, &flags)}.
   *
   * @param flags the caller's local; 0 where the user build has none
   */
  public void lock(Frame caller, int sch, Field flags, Enum<?> next) {
    caller.call(platform.kernel().function("zephyr_ll_lock"), next, sch, caller.in(flags));
  }

  /** Calls {@code zephyr_ll_unlock(sch, &flags)}. */
  public void unlock(Frame caller, int sch, Field flags, Enum<?> next) {
    caller.call(platform.kernel().function("zephyr_ll_unlock"), next, sch, caller.in(flags));
  }

  private void acquired(int core) {
    if (platform.design().asserts()) {
      int depth = platform.machine().element("zephyr_ll_lock_depth", core);
      platform
          .cpu()
          .store32(
              platform.machine().element("zephyr_ll_lock_owner", core), platform.cpu().thread());
      platform.cpu().store32(depth, platform.cpu().load32(depth) + 1);
    }
  }

  private void releasing(int core) {
    if (platform.design().asserts()) {
      int owner = platform.machine().element("zephyr_ll_lock_owner", core);
      int depth = platform.machine().element("zephyr_ll_lock_depth", core);
      platform.check(
          platform.cpu().load32(owner) == platform.cpu().thread(),
          "the caller must own the LL lock");
      platform.cpu().store32(depth, platform.cpu().load32(depth) - 1);
      if (platform.cpu().load32(depth) == 0) {
        platform.cpu().store32(owner, 0);
      }
    }
  }

  /** The mutex of {@code zephyr_ll_locks[core]}, asserted to be there. */
  private int slot(int core) {
    int slot = platform.machine().element("zephyr_ll_locks", core);
    platform.check(
        core >= 0 && core < platform.config().cores() && platform.cpu().load32(slot) != 0,
        "the core must have an LL instance");
    return platform.cpu().load32(slot);
  }

  private static Struct layout(String name) {
    Struct.Builder layout = Frame.define(name);
    layout.pointer("sch_or_core");
    layout.pointer("flags");
    layout.pointer("mutex");
    return layout.build();
  }

  /** Locks: the caller has it when this returns. */
  private final class Lock extends Routine {
    private enum At {
      LOAD,
      LOCK,
      ACQUIRED
    }

    private static final Struct FRAME = layout("lock");
    private static final Field SCH = FRAME.field("sch_or_core");
    private static final Field FLAGS = FRAME.field("flags");
    private static final Field MUTEX = FRAME.field("mutex");
    private final boolean byCore;

    Lock(String name, boolean byCore) {
      super(layout(name), Lock.At.values());
      this.byCore = byCore;
    }

    @Override
    protected void step(Frame frame) {
      int argument = frame.get(SCH);
      switch (Lock.At.values()[frame.pc()]) {
        case LOAD -> {
          if (byCore) {
            frame.set(MUTEX, slot(argument));
          } else if (platform.user()) {
            frame.set(MUTEX, platform.cpu().load(ZephyrLl.LOCK, argument));
          }
          frame.go(Lock.At.LOCK);
        }
        case LOCK -> {
          if (byCore || platform.user()) {
            frame.go(Lock.At.ACQUIRED);
            platform.sync().lock(frame.get(MUTEX));
          } else {
            platform.cpu().ram().store32(frame.get(FLAGS), platform.kernel().mask());
            frame.ret(0);
          }
        }
        case ACQUIRED -> {
          acquired(byCore ? argument : platform.cpu().load(ZephyrLl.CORE, argument));
          frame.ret(0);
        }
      }
    }
  }

  /** Unlocks. */
  private final class Unlock extends Routine {
    private enum At {
      UNLOCK
    }

    private static final Struct FRAME = layout("unlock");
    private static final Field SCH = FRAME.field("sch_or_core");
    private static final Field FLAGS = FRAME.field("flags");
    private final boolean byCore;

    Unlock(String name, boolean byCore) {
      super(layout(name), Unlock.At.values());
      this.byCore = byCore;
    }

    @Override
    protected void step(Frame frame) {
      int argument = frame.get(SCH);
      if (byCore || platform.user()) {
        int core = byCore ? argument : platform.cpu().load(ZephyrLl.CORE, argument);
        int mutex = byCore ? slot(argument) : 0;
        releasing(core);
        mutex = byCore ? mutex : platform.cpu().load(ZephyrLl.LOCK, argument);
        platform.sync().unlock(mutex);
        platform.check(
            !byCore
                || KThread.get(platform.cpu().ram(), platform.cpu().thread(), KThread.RESULT) == 0,
            "the LL lock must be released");
      } else {
        platform.kernel().unmask(platform.cpu().ram().load32(frame.get(FLAGS)));
      }
      frame.ret(0);
    }
  }
}
