package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.SyscallVerifier;
import io.ringfence.firmware.syscalls.dma.DmaBoard.Place;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import java.util.Set;

/**
 * User threads that get and put a DMA controller and use its channels, with whatever arguments, and
 * that write to the host's mailbox.
 *
 * <p>Each operation says whether it took place: not by a thread that was killed, not for one that
 * is in a call, and not after the kernel or the mailbox was hit. All state is in RAM.
 */
public final class DmaChannelsFirmware {
  /** The two addresses at which the mailbox is seen. */
  public enum Alias {
    /** Through the data cache: a store stays there until the line is written back. */
    CACHED,
    /** Past the cache. */
    UNCACHED
  }

  /** Where a caller wants the status to be stored. */
  public enum StatusPointer {
    /** In its own memory. */
    OWN,
    /** There as well, but not at a multiple of four. */
    ODD,
    /** In kernel memory. */
    KERNEL
  }

  private static final int USER_MESSAGE = 0x75736572;

  private final DmaBoard board;
  private final Cpu cpu;
  private final Design design;
  private final DmaChannelCalls calls;
  private final int threads;
  private final int dma;
  private final int fault;
  private final int uncached;
  private final int cached;
  private String lastError = "";

  /** What a thread does in a call. */
  private interface Call {
    void run();
  }

  /**
   * Boots.
   *
   * @param threads how many user threads there are, at most 32
   * @param granted how many of them have permission on the controller
   * @param channels how many channels the controller has, at most 32
   */
  public DmaChannelsFirmware(Design design, int threads, int granted, int channels) {
    this.board = new DmaBoard(design, new DmaBoard.Size(1, threads, granted, channels));
    this.cpu = board.cpu();
    this.design = design;
    this.threads = threads;
    this.calls = new DmaChannelCalls(cpu, design, new SyscallVerifier(cpu), board);
    this.dma = board.controllers().controller(0);
    this.fault = board.allocateStatic(4);
    // The cache is a memory of its own, with its own mapping (user_access_to_mailbox()).
    this.uncached = board.shareWithThreads("hostbox", Set.of(Access.READ));
    this.cached =
        board.shareWithThreads(
            "hostbox cached",
            design.has(Fix.READ_ONLY_MAILBOX)
                ? Set.of(Access.READ)
                : Set.of(Access.READ, Access.WRITE));
    ram().freeze();
  }

  // What there is to see.

  /** The RAM that all state is in. */
  public Ram ram() {
    return board.ram();
  }

  /** The machine. */
  public DmaBoard board() {
    return board;
  }

  /** What the last call was refused for, or what hit the kernel; empty if neither. */
  public String lastError() {
    return lastError;
  }

  /** A field of the controller, {@link SofDma#SREF} for example. */
  public int controller(Field field) {
    return ram().load32(field.in(dma));
  }

  /** A field of a thread's record. */
  public int thread(int thread, Field field) {
    return DmaThread.get(ram(), board.thread(thread), field);
  }

  /** Which thread was given a channel, or -1. */
  public int owner(int channel) {
    int device = device();
    return board.devices().isUsed(device, channel)
        ? threadAt(board.devices().owner(device, channel))
        : -1;
  }

  /** Which thread started a channel, or -1. */
  public int starter(int channel) {
    return threadAt(board.devices().starter(device(), channel));
  }

  private int threadAt(int address) {
    for (int i = 0; i < threads; i++) {
      if (board.thread(i) == address) {
        return i;
      }
    }
    return -1;
  }

  private int device() {
    return controller(SofDma.Z_DEV);
  }

  /** What hit the kernel. */
  public Why fault() {
    return Why.at(ram().load32(fault));
  }

  /** The address of the mailbox. */
  public int mailbox(Alias alias) {
    return alias == Alias.CACHED ? cached : uncached;
  }

  /** Whether the threads may write the mailbox at an alias. */
  public boolean mayWrite(Alias alias) {
    return board.mayThreadsWrite(mailbox(alias));
  }

  /** Whether what is seen at an alias of the mailbox was written by a user thread. */
  public boolean isForged(Alias alias) {
    return ram().load32(mailbox(alias)) == USER_MESSAGE;
  }

  // What can happen.

  /** Lets a thread take a reference, in {@code sof_dma_get}. */
  public boolean get(int thread) {
    if (thread(thread, DmaThread.REFERENCE) != 0) {
      return false;
    }
    return call(thread, () -> set(thread, DmaThread.GETTING, calls.take()));
  }

  /** Lets {@code sof_dma_get} return. */
  public boolean getReturns(int thread) {
    int got = thread(thread, DmaThread.GETTING);
    if (isOver() || got == 0) {
      return false;
    }
    set(thread, DmaThread.GETTING, 0);
    return call(thread, () -> set(thread, DmaThread.REFERENCE, calls.keep(got)));
  }

  /** Lets a thread call {@code sof_dma_put}, whether it holds a reference or not. */
  public boolean put(int thread) {
    return call(
        thread,
        () -> {
          calls.put(dma, thread(thread, DmaThread.REFERENCE) == dma);
          set(thread, DmaThread.REFERENCE, 0);
        });
  }

  /** Lets a thread request a channel. */
  public boolean request(int thread) {
    return call(thread, () -> calls.request(dma));
  }

  /** Lets a thread release a channel by any number. */
  public boolean release(int thread, int channel) {
    return call(thread, () -> calls.release(dma, channel));
  }

  /** Lets a thread start a channel by any number. */
  public boolean start(int thread, int channel) {
    return call(thread, () -> calls.start(dma, channel));
  }

  /** Lets a thread stop a channel by any number. */
  public boolean stop(int thread, int channel) {
    return call(thread, () -> calls.stop(dma, channel));
  }

  /** Lets a thread ask for the status of a transfer. */
  public boolean getStatus(int thread, StatusPointer pointer) {
    int own = board.address(Place.USER_RW);
    int status =
        switch (pointer) {
          case OWN -> own;
          case ODD -> own + 1;
          case KERNEL -> board.address(Place.KERNEL);
        };
    return call(thread, () -> calls.getStatus(dma, status));
  }

  /** Lets a thread write to the mailbox, in user mode. */
  public boolean writeMailbox(int thread, Alias alias) {
    return call(
        thread,
        () -> {
          board.enterUser(thread);
          cpu.store32(mailbox(alias), USER_MESSAGE);
        });
  }

  /** Lets the cache write the mailbox back to memory. */
  public boolean writeBack() {
    lastError = "";
    if (isForged(Alias.CACHED) == isForged(Alias.UNCACHED)) {
      return false;
    }
    ram().store32(uncached, ram().load32(cached));
    return true;
  }

  private boolean isOver() {
    return fault() != Why.NOTHING || isForged(Alias.CACHED);
  }

  private boolean call(int thread, Call call) {
    lastError = "";
    if (isOver() || thread(thread, DmaThread.DEAD) != 0 || thread(thread, DmaThread.GETTING) != 0) {
      return false;
    }
    board.enterCall(thread);
    try {
      call.run();
    } catch (KernelOops oops) {
      lastError = String.valueOf(oops.getMessage());
      kill(thread);
    } catch (MemoryFault wrong) {
      lastError = String.valueOf(wrong.getMessage());
      if (wrong.mode() == Mode.USER) {
        kill(thread);
      } else {
        ram().store32(fault, Why.of(wrong).ordinal());
      }
    }
    return true;
  }

  /** Ends a thread, as the kernel does after an oops or a fault in user mode. */
  private void kill(int thread) {
    set(thread, DmaThread.DEAD, 1);
    if (!design.has(Fix.CLEAN_UP_AFTER_KILL)) {
      return;
    }
    board.enterCall(thread);
    if (thread(thread, DmaThread.REFERENCE) != 0) {
      set(thread, DmaThread.REFERENCE, 0);
      calls.implPut(dma);
    }
    for (int channel = 0; channel < board.devices().channels(device()); channel++) {
      if (owner(channel) == thread) {
        board.devices().stop(device(), channel);
        board.devices().release(device(), channel);
      }
    }
  }

  private void set(int thread, Field field, int value) {
    DmaThread.set(ram(), board.thread(thread), field, value);
  }
}
