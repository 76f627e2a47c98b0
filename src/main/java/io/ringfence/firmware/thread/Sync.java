package io.ringfence.firmware.thread;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.objects.ObjectTable;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/**
 * Mutexes and semaphores that threads wait for (Zephyr kernel/mutex.c, kernel/sem.c), and in user
 * mode the verifiers of the system calls, which ask the table of kernel objects.
 *
 * <p>A call that has to wait puts the thread into the object's queue; the routine goes on at its
 * next label when the wait ends. {@link Frame#result} is what the call returned, either way.
 */
public final class Sync {
  /** Waits for ever, in place of a time in microseconds. */
  public static final int FOREVER = -1;

  private final Kernel kernel;
  private final Cpu cpu;
  private final ObjectTable objects;

  /** Makes the calls. */
  public Sync(Kernel kernel, ObjectTable objects) {
    this.kernel = kernel;
    this.cpu = kernel.cpu();
    this.objects = objects;
  }

  /** The table of kernel objects. */
  public ObjectTable objects() {
    return objects;
  }

  /**
   * {@code k_mutex_lock(mutex, K_FOREVER)}.
   *
   * @throws io.ringfence.firmware.KernelOops if the caller is in user mode and lacks permission
   */
  public void lock(int mutex) {
    call(
        mutex,
        ObjectType.MUTEX,
        () -> {
          if (Mutex.lock(cpu, mutex) != 0) {
            pend(mutex, Mutex.WAIT_Q.in(mutex), FOREVER);
            return;
          }
          returns(0);
        });
  }

  /** {@code k_mutex_unlock}: hands the mutex over to the first that waits. */
  public void unlock(int mutex) {
    call(
        mutex,
        ObjectType.MUTEX,
        () -> {
          int status = Mutex.unlock(cpu, mutex);
          if (status == 0 && cpu.load(Mutex.LOCK_COUNT, mutex) == 0) {
            handOver(mutex);
          }
          returns(status);
        });
  }

  private void handOver(int mutex) {
    int next = kernel.queues().takeFirst(Mutex.WAIT_Q.in(mutex));
    if (next != 0) {
      cpu.store(Mutex.OWNER, mutex, next);
      cpu.store(Mutex.LOCK_COUNT, mutex, 1);
      wake(next, 0);
    }
  }

  /** {@code k_sem_init}; in user mode a system call. */
  public void initSemaphore(int semaphore, int count, int limit) {
    call(semaphore, ObjectType.SEM, () -> Semaphore.init(cpu, semaphore, count, limit));
  }

  /** {@code k_sem_take}. */
  public void take(int semaphore, int timeoutMicros) {
    call(
        semaphore,
        ObjectType.SEM,
        () -> {
          int status = Semaphore.take(cpu, semaphore);
          if (status != 0) {
            pend(semaphore, Semaphore.WAIT_Q.in(semaphore), timeoutMicros);
            return;
          }
          returns(0);
        });
  }

  /** {@code k_sem_give}: wakes the first that waits, or counts. */
  public void give(int semaphore) {
    call(
        semaphore,
        ObjectType.SEM,
        () -> {
          int woken = kernel.queues().takeFirst(Semaphore.WAIT_Q.in(semaphore));
          if (woken == 0) {
            Semaphore.give(cpu, semaphore);
          } else {
            wake(woken, 0);
          }
          kernel.tracing().semaphoreGiven(semaphore, woken);
        });
  }

  /** {@code z_sched_wait}: the current thread, in kernel mode, waits until it is woken. */
  public void waitIn(int queue, int object) {
    kernel.queues().add(queue, cpu.thread(), object);
  }

  /** {@code z_sched_wake}: wakes the thread that is first in a queue, if there is one. */
  public void wakeFirst(int queue) {
    int woken = kernel.queues().takeFirst(queue);
    if (woken != 0) {
      wake(woken, 0);
    }
  }

  /** The time is up that a thread was willing to wait: the kernel's clock wakes it. */
  public void timeOut(int thread) {
    kernel.enterInterrupt(cpu.ram().load32(KThread.CORE.in(thread)));
    kernel.queues().remove(thread);
    wake(thread, -Errno.EAGAIN);
  }

  private void pend(int object, int queue, int timeoutMicros) {
    returns(0);
    kernel.queues().add(queue, cpu.thread(), object);
    kernel.tracing().waits(object, timeoutMicros);
  }

  private void returns(int value) {
    wake(cpu.thread(), value);
  }

  private void wake(int thread, int value) {
    cpu.ram().store32(KThread.RESULT.in(thread), value);
  }

  private void call(int object, ObjectType type, Runnable part) {
    Mode caller = cpu.raise();
    try {
      if (caller == Mode.USER) {
        objects.check(object, type, cpu.ram().load32(KThread.ID.in(cpu.thread())));
      }
      part.run();
    } finally {
      cpu.lower(caller);
    }
  }
}
