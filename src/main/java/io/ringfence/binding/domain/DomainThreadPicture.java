package io.ringfence.binding.domain;

import io.ringfence.binding.ThreadEnd;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Counter;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the threads and interrupts of both cores, and the locks that they share. */
final class DomainThreadPicture {
  private final DomainModel model;
  private final LlFirmware firmware;
  private final DomainThreads threads;
  private final DomainMemory memory;

  DomainThreadPicture(
      DomainModel model, LlFirmware firmware, DomainThreads threads, DomainMemory memory) {
    this.model = model;
    this.firmware = firmware;
    this.threads = threads;
    this.memory = memory;
  }

  ThreadPicture draw() {
    return new ThreadPicture(
        threads.names().stream().map(this::lane).toList(), locks(), List.of(), counters(), actor());
  }

  /** The processor runs no thread when it begins to serve an interrupt. */
  private @Nullable String actor() {
    int thread = firmware.kernel().cpu().thread();
    return thread == 0 ? null : threads.name(thread);
  }

  private Lane lane(String name) {
    int thread = threads.address(name);
    boolean exists = thread != 0 && KThread.state(firmware.ram(), thread) != ThreadState.NONE;
    boolean inCall = exists && threads.stepFrame(name) != 0;
    return new Lane(
        name,
        Integer.toString(DomainModel.core(name)),
        mode(name),
        status(name, exists),
        exists ? detail(name) : "not created",
        inCall ? threads.pc(name) : "",
        inCall ? firmware.kernel().calls(thread) : List.of());
  }

  private Mode mode(String name) {
    if (DomainThreads.isInterrupt(name)) {
      return Mode.INTERRUPT;
    }
    boolean user = DomainThreads.isLlThread(name) ? model.user() : model.isUserThread(name);
    return user ? Mode.USER : Mode.KERNEL;
  }

  private Status status(String name, boolean exists) {
    if (!exists) {
      return Status.ENDED;
    }
    if (memory.isCulprit(name)) {
      return ThreadEnd.of(memory.why()).status();
    }
    if (DomainThreads.isLlThread(name) && !threads.isAlive(DomainModel.core(name))) {
      return threads.life(DomainModel.core(name)).equals("aborted") ? Status.ABORTED : Status.IDLE;
    }
    return switch (threads.pc(name)) {
      case DomainThreads.IDLE -> Status.IDLE;
      case "L0" -> memory.ticks(DomainModel.core(name)) == 0 ? Status.WAITING : Status.READY;
      case "R2d" -> Status.WAITING;
      default -> Status.READY;
    };
  }

  private String detail(String name) {
    if (memory.isCulprit(name)) {
      return ThreadEnd.of(memory.why()).detail();
    }
    return switch (threads.pc(name)) {
      case "L0" -> memory.ticks(DomainModel.core(name)) == 0 ? "the tick" : "";
      case "R2d" -> "something outside of the scheduler";
      default -> "";
    };
  }

  private List<Lock> locks() {
    List<Lock> locks = new ArrayList<>();
    for (int core = 0; core < DomainModel.CORES; core++) {
      String name = model.user() ? "LL lock of core " + core : "interrupts of core " + core;
      LockKind kind = model.user() ? LockKind.MUTEX : LockKind.INTERRUPT_MASK;
      locks.add(lock(name, kind, memory.owner(core)));
    }
    locks.add(
        lock(
            "domain lock",
            model.user() ? LockKind.MUTEX : LockKind.SPIN_LOCK,
            memory.domainOwner()));
    return locks;
  }

  private static Lock lock(String name, LockKind kind, String owner) {
    boolean free = owner.equals(DomainMemory.NONE);
    return new Lock(name, kind, free ? null : owner, free ? 0 : 1, List.of());
  }

  private List<Counter> counters() {
    return List.of(
        new Counter("n_tasks of core 0", String.valueOf(memory.tasks(0))),
        new Counter("n_tasks of core 1", String.valueOf(memory.tasks(1))),
        new Counter("total_num_tasks", String.valueOf(memory.total())));
  }
}
