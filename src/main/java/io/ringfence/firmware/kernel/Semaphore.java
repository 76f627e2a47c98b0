package io.ringfence.firmware.kernel;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * {@code struct k_sem}, and what kernel mode does with one. Whether the address is that of a
 * semaphore is not asked: only the verifier of a system call asks that.
 */
public final class Semaphore {
  private static final Struct.Builder LAYOUT = Struct.define("k_sem");

  /** Who waits. */
  public static final Field WAIT_Q = LAYOUT.struct("wait_q", ListItem.STRUCT);

  /** How often it can be taken. */
  public static final Field COUNT = LAYOUT.u32("count");

  /** The most that the count can be. */
  public static final Field LIMIT = LAYOUT.u32("limit");

  /** The whole structure. */
  public static final Struct STRUCT = LAYOUT.build();

  private Semaphore() {}

  /** {@code k_sem_init}. */
  public static void init(Cpu cpu, int sem, int count, int limit) {
    cpu.store(COUNT, sem, count);
    cpu.store(LIMIT, sem, limit);
    ListItem.init(cpu, WAIT_Q.in(sem));
  }

  /** {@code k_sem_give} of a semaphore that nobody waits for. */
  public static void give(Cpu cpu, int sem) {
    int count = cpu.load(COUNT, sem);
    if (count != cpu.load(LIMIT, sem)) {
      cpu.store(COUNT, sem, count + 1);
    }
  }

  /**
   * {@code k_sem_take} at the end of the time that the caller was willing to wait.
   *
   * @return 0, or {@code -EAGAIN} if nobody gave it
   */
  public static int take(Cpu cpu, int sem) {
    int count = cpu.load(COUNT, sem);
    if (count == 0) {
      return -Errno.EAGAIN;
    }
    cpu.store(COUNT, sem, count - 1);
    return 0;
  }
}
