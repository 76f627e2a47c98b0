package io.ringfence.firmware.syscalls.dma;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.KThread;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.dma.DmaBoard.Place;
import io.ringfence.firmware.syscalls.dma.HostBox.Alias;
import io.ringfence.firmware.userspace.DeviceGrants;
import io.ringfence.firmware.userspace.UserBuild;
import io.ringfence.machine.Field;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;

/**
 * User threads that get and put a DMA controller and use its channels, with whatever arguments, and
 * that write to the host's mailbox.
 *
 * <p>Each operation says whether it took place: not by a thread that was killed, not for one that
 * is in a call, and not after the kernel or the mailbox was hit. All state is in RAM.
 */
public final class DmaChannelsFirmware {
  /** Where a caller wants an answer to be stored. */
  public enum Target {
    /** In its own memory. */
    OWN,
    /** There as well, but not at a multiple of four. */
    ODD,
    /** In kernel memory. */
    KERNEL
  }

  private final DmaBoard board;
  private final Design design;
  private final DmaChannelCalls calls;
  private final int threads;
  private final int dma;
  private final HostBox hostBox;
  private final int fault;
  private final int faultAddress;
  private final CallProbe probe = new CallProbe();
  private String lastError = "";

  /** What a thread does in a call. */
  private interface Call {
    void run();
  }

  /**
   * Boots.
   *
   * @param threads how many user threads there are, at most 32
   * @param granted how many of them are granted all DMA devices
   * @param channels how many channels the controller has, at most 32
   */
  public DmaChannelsFirmware(Design design, int threads, int granted, int channels) {
    this.board = new DmaBoard(design, new DmaBoard.Size(1, threads, channels));
    this.design = design;
    this.threads = threads;
    this.calls = new DmaChannelCalls(design, board);
    this.dma = board.controllers().controller(0);
    this.hostBox = board.hostBox();
    this.fault = board.allocateStatic(4);
    this.faultAddress = board.allocateStatic(4);
    DeviceGrants grants = new DeviceGrants(board.objects(), UserBuild.LL);
    for (int thread = 0; thread < granted; thread++) {
      grants.grantAllDmas(board.thread(thread), board.controllers());
    }
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

  /** Who took the last step. */
  public CallProbe probe() {
    return probe;
  }

  /** What the last call was refused for, or what hit the kernel; empty if neither. */
  public String lastError() {
    return lastError;
  }

  /** A field of the controller, {@link SofDma#SREF} for example. */
  public int controller(Field field) {
    return ram().load32(field.in(dma));
  }

  /** Whether a thread was not killed. */
  public boolean isAlive(int thread) {
    return KThread.life(ram(), board.thread(thread)) != KThread.Life.ENDED;
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

  /** Which thread started, suspended, resumed or reloaded a channel last, -1 if it is stopped. */
  public int driver(int channel) {
    return threadAt(board.devices().driver(device(), channel));
  }

  /** Whether a channel is suspended. */
  public boolean isPaused(int channel) {
    return board.devices().isPaused(device(), channel);
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

  /** The address at which the kernel was hit, 0 if it was not. */
  public int faultAddress() {
    return ram().load32(faultAddress);
  }

  // What can happen.

  /** Lets a thread take a reference, in {@code sof_dma_get}. */
  public boolean get(int thread) {
    if (thread(thread, DmaThread.REFERENCE) != 0) {
      return false;
    }
    return call(thread, "sof_dma_get", () -> set(thread, DmaThread.GETTING, calls.take()));
  }

  /** Lets {@code sof_dma_get} return. */
  public boolean getReturns(int thread) {
    int got = thread(thread, DmaThread.GETTING);
    if (isOver() || got == 0) {
      return false;
    }
    set(thread, DmaThread.GETTING, 0);
    return call(thread, "sof_dma_get", () -> set(thread, DmaThread.REFERENCE, calls.keep(got)));
  }

  /** Lets a thread call {@code sof_dma_put}, whether it holds a reference or not. */
  public boolean put(int thread) {
    return call(
        thread,
        "sof_dma_put",
        () -> {
          calls.put(dma, thread(thread, DmaThread.REFERENCE) == dma);
          set(thread, DmaThread.REFERENCE, 0);
        });
  }

  /** Lets a thread request a channel. */
  public boolean request(int thread) {
    return call(thread, "sof_dma_request_channel", () -> calls.request(dma));
  }

  /** Lets a thread release a channel by any number. */
  public boolean release(int thread, int channel) {
    return call(thread, "sof_dma_release_channel", () -> calls.release(dma, channel));
  }

  /** Lets a thread start a channel by any number. */
  public boolean start(int thread, int channel) {
    return call(thread, "sof_dma_start", () -> calls.start(dma, channel));
  }

  /** Lets a thread stop a channel by any number. */
  public boolean stop(int thread, int channel) {
    return call(thread, "sof_dma_stop", () -> calls.stop(dma, channel));
  }

  /** Lets a thread suspend a channel by any number. */
  public boolean suspend(int thread, int channel) {
    return call(thread, "sof_dma_suspend", () -> calls.suspend(dma, channel));
  }

  /** Lets a thread resume a channel by any number. */
  public boolean resume(int thread, int channel) {
    return call(thread, "sof_dma_resume", () -> calls.resume(dma, channel));
  }

  /** Lets a thread reload a channel by any number. */
  public boolean reload(int thread, int channel) {
    return call(thread, "sof_dma_reload", () -> calls.reload(dma, channel));
  }

  /** Lets a thread ask for the status of a transfer. */
  public boolean getStatus(int thread, Target target) {
    return call(thread, "sof_dma_get_status", () -> calls.getStatus(dma, address(target)));
  }

  /** Lets a thread ask for an attribute of the controller by any number. */
  public boolean getAttribute(int thread, int type, Target target) {
    return call(
        thread, "sof_dma_get_attribute", () -> calls.getAttribute(dma, type, address(target)));
  }

  private int address(Target target) {
    return switch (target) {
      case OWN -> board.address(Place.USER_RW);
      case ODD -> board.address(Place.USER_RW) + 1;
      case KERNEL -> board.address(Place.KERNEL);
    };
  }

  /** Lets a thread write to the mailbox, in user mode. */
  public boolean writeMailbox(int thread, Alias alias) {
    return call(
        thread,
        "",
        () -> {
          board.enterUser(thread);
          hostBox.forge(alias);
        });
  }

  /** Lets the cache write the mailbox back to memory. */
  public boolean writeBack() {
    lastError = "";
    probe.called(CallProbe.NOBODY, "");
    return hostBox.writeBack();
  }

  private boolean isOver() {
    return fault() != Why.NOTHING || hostBox.isForged(Alias.CACHED);
  }

  private boolean call(int thread, String function, Call call) {
    lastError = "";
    if (isOver() || !isAlive(thread) || thread(thread, DmaThread.GETTING) != 0) {
      return false;
    }
    probe.called(thread, function);
    board.enterCall(thread);
    try {
      call.run();
    } catch (KernelOops oops) {
      probe.ended(Why.VERIFY);
      lastError = String.valueOf(oops.getMessage());
      kill(thread);
    } catch (MemoryFault wrong) {
      probe.ended(Why.of(wrong));
      lastError = String.valueOf(wrong.getMessage());
      if (wrong.mode() == Mode.USER) {
        kill(thread);
      } else {
        ram().store32(fault, Why.of(wrong).ordinal());
        ram().store32(faultAddress, wrong.address());
      }
    }
    return true;
  }

  /** Ends a thread, as the kernel does after an oops or a fault in user mode. */
  private void kill(int thread) {
    board.enterCall(thread);
    KThread.setLife(board.cpu(), board.thread(thread), KThread.Life.ENDED);
    if (!design.has(Fix.CLEAN_UP_AFTER_KILL)) {
      return;
    }
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
