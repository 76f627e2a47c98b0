package io.ringfence.binding.domain;

import io.ringfence.firmware.Fix;

/**
 * Who may take the next step. Interrupts preempt the threads of their core, unless one masks them.
 * The LL thread of a core is cooperative and has the best priority.
 */
final class DomainDispatch {
  private final DomainModel model;
  private final DomainThreads threads;
  private final DomainMemory memory;

  DomainDispatch(DomainModel model, DomainThreads threads, DomainMemory memory) {
    this.model = model;
    this.threads = threads;
    this.memory = memory;
  }

  boolean isIdle(String name) {
    return threads.pc(name).equals(DomainThreads.IDLE);
  }

  boolean mayRun(String name) {
    int core = DomainModel.core(name);
    if (memory.halted() || !isIdle("isr" + core)) {
      return false;
    }
    boolean ll = DomainThreads.isLlThread(name);
    return (!ll || threads.isAlive(core))
        && (threads.masks(name) || !isMasked(core) && (ll || !isReady(core)));
  }

  /** Whether a thread of a core masks its interrupts. */
  boolean isMasked(int core) {
    for (String name : threads.names()) {
      if (DomainModel.core(name) == core
          && !DomainThreads.isInterrupt(name)
          && threads.masks(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the LL thread of a core is ready: one that waits for a mutex is not, one that spins is.
   */
  private boolean isReady(int core) {
    if (!threads.isAlive(core)) {
      return false;
    }
    return switch (threads.pc("ll" + core)) {
      case "L0" -> memory.ticks(core) > 0;
      case "R2d" -> false;
      case "R1" -> !model.user() || memory.owner(core).equals(DomainMemory.NONE);
      case "Q2" -> !model.user() || memory.domainOwner().equals(DomainMemory.NONE);
      default -> true;
    };
  }

  // Commands of a core are handled one after the other.

  /** Whether a call is about to put a task of a core on the list. */
  boolean someClientLinks(int core) {
    return model.clients().stream()
        .anyMatch(name -> toBeLinked(threads.pc(name)) && threads.coreOfCall(name) == core);
  }

  private boolean toBeLinked(String pc) {
    return pc.equals("S1")
        || pc.equals("S6")
        || model.design().has(Fix.REGISTER_FIRST) && (pc.startsWith("S7") || pc.startsWith("P"));
  }

  boolean clientsRest(int core) {
    return model.clients().stream()
        .allMatch(name -> isIdle(name) || threads.coreOfCall(name) != core);
  }

  boolean nobodySetsUp(int core) {
    return model.starters().stream()
        .allMatch(name -> isIdle(name) || threads.coreOfCall(name) != core);
  }
}
