package io.ringfence.firmware.isolation;

import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.isolation.CallTrace.Op;
import io.ringfence.firmware.isolation.CallTrace.Result;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Mode;

/**
 * Threads of user space, which do what they like: they call with any argument, free what others
 * hold, and write what their domain lets them write.
 */
public final class UserThreads {
  /** What a thread asks to free, if not what somebody holds. */
  public enum Target {
    /** {@code NULL}. */
    NULL,
    /** An address inside of the block that the thread holds. */
    INTERIOR,
    /** The first byte of the LL user heap, which is its header. */
    HEADER,
    /** A variable of user space, outside of every heap. */
    OUTSIDE
  }

  /** Where in the sysuser partition a variable lies. */
  private static final int VARIABLE = 512;

  /** How far into a block an address inside of it is. */
  private static final int INSIDE = 64;

  private final HeapBuild build;
  private final Clients clients;
  private final HeapArguments arguments;
  private final Calls calls;
  private final Cpu cpu;
  private final CallTrace trace;

  UserThreads(HeapBuild build, Clients clients, HeapArguments arguments, Calls calls) {
    this.build = build;
    this.clients = clients;
    this.arguments = arguments;
    this.calls = calls;
    this.cpu = build.cpu;
    this.trace = build.trace;
  }

  private boolean mayRun(int thread) {
    return !trace.isHalted() && !clients.isDead(thread);
  }

  private void runThread(int thread, Runnable call) {
    cpu.enter(
        Mode.USER,
        clients.isInLlDomain(thread) ? build.llDomain : build.otherDomain,
        0,
        clients.record(thread));
    calls.run(call);
    if (trace.result() == Result.OOPS || trace.result() == Result.FAULT) {
      clients.kill(thread);
    }
  }

  /** Lets a thread call {@code sof_heap_alloc}; not done, and false, if it holds a block. */
  public boolean alloc(int thread, HeapArgument heap, int flags) {
    if (!mayRun(thread) || clients.held(thread) != 0 && !clients.isDone(thread)) {
      return false;
    }
    calls.begin(thread, Op.ALLOC, heap, heap, "sof_heap_alloc");
    trace.set(CallTrace.FLAGS, flags);
    runThread(
        thread,
        () -> {
          int block = build.sofHeap.alloc(arguments.address(heap), flags, HeapBuild.BLOCK_BYTES, 0);
          if (block != 0) {
            clients.give(thread, block);
          }
          trace.end(block == 0 ? Result.NULL : Result.ALLOCATED);
        });
    return true;
  }

  /** Lets a thread free what a client holds; not done, and false, if that is nothing. */
  public boolean free(int thread, HeapArgument heap, int holder) {
    if (!mayRun(thread) || clients.held(holder) == 0) {
      return false;
    }
    frees(thread, heap, clients.held(holder));
    if (holder == thread && trace.result() == Result.FREED) {
      clients.finish(thread);
    }
    return true;
  }

  /** Lets a thread free something else. */
  public boolean free(int thread, HeapArgument heap, Target target) {
    if (!mayRun(thread) || target == Target.INTERIOR && clients.held(thread) == 0) {
      return false;
    }
    frees(
        thread,
        heap,
        switch (target) {
          case NULL -> 0;
          case INTERIOR -> clients.held(thread) + INSIDE;
          case HEADER -> cpu.load(SysHeap.INIT_MEM, build.user);
          case OUTSIDE -> build.sysuser + VARIABLE;
        });
    return true;
  }

  private void frees(int thread, HeapArgument heap, int address) {
    calls.begin(thread, Op.FREE, heap, heap, "sof_heap_free");
    trace.set(CallTrace.ADDRESS, address);
    runThread(
        thread,
        () -> {
          build.sofHeap.free(arguments.address(heap), address);
          trace.end(Result.FREED);
        });
  }

  /** Lets a thread write and read the last word of its block, which no list of the heap uses. */
  public boolean touch(int thread) {
    if (!mayRun(thread) || clients.held(thread) == 0 || clients.isDone(thread)) {
      return false;
    }
    trace.begin(thread, Op.TOUCH, "");
    trace.set(CallTrace.ADDRESS, clients.held(thread));
    runThread(
        thread,
        () -> {
          int word = clients.held(thread) + HeapBuild.BLOCK_BYTES - 4;
          cpu.storeUntracked32(word, cpu.loadUntracked32(word));
          trace.end(Result.TOUCHED);
        });
    return true;
  }

  /**
   * Lets a thread of the LL domain write what one client holds over the pointer of another, exposed
   * one; not done, and false, if one of them holds nothing.
   */
  public boolean writeHeld(int thread, int client, int other) {
    if (!mayRun(thread)
        || !clients.isInLlDomain(thread)
        || client == other
        || clients.held(client) == 0
        || clients.held(other) == 0) {
      return false;
    }
    trace.begin(thread, Op.WRITE, "");
    runThread(thread, () -> cpu.store32(clients.exposedPointer(client), clients.held(other)));
    return true;
  }

  /** Lets a thread of the LL domain overwrite the pointer to the user heap. */
  public boolean writePointer(int thread, HeapArgument value) {
    if (!mayRun(thread) || !clients.isInLlDomain(thread)) {
      return false;
    }
    trace.begin(thread, Op.WRITE, "");
    runThread(thread, () -> cpu.store32(build.sysuser, arguments.address(value)));
    return true;
  }
}
