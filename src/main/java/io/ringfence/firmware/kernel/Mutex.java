package io.ringfence.firmware.kernel;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code struct k_mutex}, and what kernel mode does with one. Whether the address is that of a
 * mutex is not asked: only the verifier of a system call asks that.
 */
public final class Mutex {
  private static final Struct.Builder LAYOUT = Struct.define("k_mutex");

  /** Who waits. */
  public static final Field WAIT_Q = LAYOUT.struct("wait_q", ListItem.STRUCT);

  /** The thread that has it, or 0. */
  public static final Field OWNER = LAYOUT.pointer("owner");

  /** How often the owner locked it. */
  public static final Field LOCK_COUNT = LAYOUT.u32("lock_count");

  /** The priority that the owner goes back to. */
  public static final Field OWNER_ORIG_PRIO = LAYOUT.s32("owner_orig_prio");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private Mutex() {}

  /** {@code k_mutex_init}. */
  public static void init(Cpu cpu, int mutex) {
    cpu.store(OWNER, mutex, 0);
    cpu.store(LOCK_COUNT, mutex, 0);
    ListItem.init(cpu, WAIT_Q.in(mutex));
  }

  /**
   * {@code k_mutex_lock} without waiting.
   *
   * @return 0, or {@code -EBUSY} if another thread has it
   */
  public static int lock(Cpu cpu, int mutex) {
    int count = cpu.load(LOCK_COUNT, mutex);
    if (count != 0 && cpu.load(OWNER, mutex) != cpu.thread()) {
      return -Errno.EBUSY;
    }
    cpu.store(LOCK_COUNT, mutex, count + 1);
    cpu.store(OWNER, mutex, cpu.thread());
    return 0;
  }

  /**
   * {@code k_mutex_unlock} of a mutex that nobody waits for.
   *
   * @return 0, {@code -EINVAL} if it is not locked, or {@code -EPERM} if another thread has it
   */
  public static int unlock(Cpu cpu, int mutex) {
    int owner = cpu.load(OWNER, mutex);
    if (owner == 0) {
      return -Errno.EINVAL;
    }
    if (owner != cpu.thread()) {
      return -Errno.EPERM;
    }
    int count = cpu.load(LOCK_COUNT, mutex);
    cpu.store(LOCK_COUNT, mutex, count - 1);
    if (count == 1) {
      cpu.store(OWNER, mutex, 0);
    }
    return 0;
  }
}
