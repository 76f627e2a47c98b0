package io.ringfence.firmware.domain;

import io.ringfence.firmware.Fix;
import io.ringfence.firmware.ll.Domain;
import io.ringfence.firmware.ll.DomainOps;
import io.ringfence.firmware.ll.LlLock;
import io.ringfence.firmware.ll.LlPlatform;
import io.ringfence.firmware.ll.LlScheduleDomain;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** A task is scheduled: what {@code zephyr_ll_task_schedule_common()} does once it is linked. */
public final class CountingSchedule extends Routine {
  /** The steps. */
  enum At {
    S6_LOCK,
    S6_COUNT,
    S7_REGISTER,
    S7_REGISTERED,
    S7_COUNT,
    S8_FAILED,
    S9_UNLOCK,
    RETURN
  }

  /** The name of the function. */
  public static final String NAME = "counting_schedule";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);
  private static final Field SCH = LAYOUT.pointer("sch");
  private static final Field TASK = LAYOUT.pointer("task");
  private static final Field FLAGS = LAYOUT.u32("flags");
  private static final Struct FRAME = LAYOUT.build();

  private final LlPlatform platform;
  private final LlLock lock;
  private final Cpu cpu;
  private final boolean countsFirst;
  private final boolean keepsLock;

  CountingSchedule(LlPlatform platform, LlLock lock) {
    super(FRAME, At.values());
    this.platform = platform;
    this.lock = lock;
    this.cpu = platform.cpu();
    this.countsFirst = platform.design().has(Fix.COUNT_BEFORE_REGISTER);
    this.keepsLock = platform.design().has(Fix.REGISTER_UNDER_LOCK);
  }

  @Override
  protected void step(Frame frame) {
    int sch = frame.get(SCH);
    switch (At.values()[frame.pc()]) {
      case S6_LOCK -> lock.lock(frame, sch, FLAGS, At.S6_COUNT);
      case S6_COUNT -> {
        countTask(sch, 1);
        At next = countsFirst ? At.S7_COUNT : At.S7_REGISTER;
        if (keepsLock) {
          frame.go(next);
        } else {
          lock.unlock(frame, sch, FLAGS, next);
        }
      }
      case S7_REGISTER -> register(frame, sch);
      case S7_REGISTERED -> {
        if (frame.result() < 0) {
          frame.go(At.S8_FAILED);
        } else {
          frame.go(countsFirst ? end() : At.S7_COUNT);
        }
      }
      case S7_COUNT -> {
        Domain.count(cpu, cpu.load(ZephyrLl.LL_DOMAIN, sch), 1);
        frame.go(countsFirst ? At.S7_REGISTER : end());
      }
      case S8_FAILED -> failed(frame, sch);
      case S9_UNLOCK -> lock.unlock(frame, sch, FLAGS, At.RETURN);
      case RETURN -> frame.ret(0);
    }
  }

  private At end() {
    return keepsLock ? At.S9_UNLOCK : At.RETURN;
  }

  private void countTask(int sch, int change) {
    cpu.store(ZephyrLl.N_TASKS, sch, cpu.load(ZephyrLl.N_TASKS, sch) + change);
  }

  private void register(Frame frame, int sch) {
    int domain = cpu.load(ZephyrLl.LL_DOMAIN, sch);
    int ops = cpu.load(LlScheduleDomain.OPS, domain);
    frame.call(
        cpu.load(DomainOps.DOMAIN_REGISTER, ops),
        At.S7_REGISTERED,
        domain,
        frame.get(TASK),
        platform.kernel().function(CountingRun.NAME),
        sch);
  }

  /** As merged the error is logged, and the caller told that all is well. */
  private void failed(Frame frame, int sch) {
    platform.kernel().tracing().error("cannot register domain");
    if (platform.design().has(Fix.UNDO_FAILED_REGISTRATION)) {
      countTask(sch, -1);
      if (countsFirst) {
        Domain.count(cpu, cpu.load(ZephyrLl.LL_DOMAIN, sch), -1);
      }
    }
    if (keepsLock) {
      lock.unlock(frame, sch, FLAGS, At.RETURN);
    } else {
      frame.go(At.RETURN);
    }
  }
}
