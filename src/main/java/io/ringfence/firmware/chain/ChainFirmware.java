package io.ringfence.firmware.chain;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Errno;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Mark;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Ram;
import java.util.function.IntSupplier;

/**
 * The firmware's side of the host's messages about a chain: {@code ipc4_process_chain_dma()} with
 * {@code ipc4_chain_dma_state()}, SOF {@code src/ipc/ipc4}, 12dd726529. A message is handled to its
 * end, and so is a tick.
 */
public final class ChainFirmware {
  /** In place of a result: no message since the last tick. */
  public static final int NONE = 1;

  /** In place of a result: a fault stopped the firmware. */
  public static final int FAULT = 2;

  /** The caller of {@link #probe} that handles the host's messages. */
  public static final int IPC = 0;

  /** The caller of {@link #probe} that runs tasks. */
  public static final int LL = 1;

  private static final String MESSAGE = "ipc4_process_chain_dma";

  private final ChainBoard board;
  private final ChainDma driver;
  private final ChainView view;
  private final CallProbe probe = new CallProbe();
  private String lastFault = "";

  /**
   * Boots the firmware.
   *
   * @param semaphores how many semaphores the kernel has for tasks
   */
  public ChainFirmware(Design design, int semaphores) {
    this.board = new ChainBoard(design);
    this.driver = new ChainDma(design, board);
    this.view = new ChainView(board);
    board.trace().failSemaphore(() -> view.records().size() == semaphores);
    board.set(ChainBoard.RESULT, NONE);
    board.ram().freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return board.ram();
  }

  /** A debugger's view of it. */
  public ChainView view() {
    return view;
  }

  /** Who took the last step. */
  public CallProbe probe() {
    return probe;
  }

  /** Why the last call was refused, or stopped the firmware. */
  public String lastFault() {
    return lastFault;
  }

  /**
   * The host allocates and enables.
   *
   * @param memory whether there is memory for what the scheduler keeps of a task, if it is needed
   * @return false if it was not needed and was to be missing, or is used up and was not to be; the
   *     RAM is as it was then
   */
  public boolean start(boolean memory) {
    Mark before = board.ram().mark();
    board.trace().failPrivateData(!memory);
    boolean done = message(IPC, MESSAGE, this::startOrFree);
    board.trace().failPrivateData(false);
    boolean asChosen = (view.result() == -Errno.ENOMEM) != memory;
    if (!done || !asChosen) {
      board.ram().undoTo(before);
    }
    board.ram().forgetMarks();
    return done && asChosen;
  }

  private int startOrFree() {
    boolean isNew = component() == 0;
    int cd = found();
    int ret = driver.start(cd);
    if (ret < 0 && isNew) {
      driver.free(cd);
      board.set(ChainBoard.COMPONENT, 0);
    }
    return ret;
  }

  /** The host allocates and does not enable. */
  public boolean pause() {
    return message(IPC, MESSAGE, () -> driver.pause(found()));
  }

  /** The host ends the chain. */
  public boolean delete() {
    if (component() == 0) {
      return refuse("there is no chain");
    }
    return message(
        IPC,
        MESSAGE,
        () -> {
          int ret = driver.pause(component());
          driver.free(component());
          board.set(ChainBoard.COMPONENT, 0);
          return ret;
        });
  }

  private int component() {
    return board.get(ChainBoard.COMPONENT);
  }

  private int found() {
    if (component() == 0) {
      board.set(ChainBoard.COMPONENT, driver.create());
    }
    return component();
  }

  /**
   * A tick.
   *
   * @param error whether the callback finds that a DMA channel has an error
   */
  public boolean tick(boolean error) {
    if (!view.isScheduled()) {
      return refuse("no task is scheduled");
    }
    return message(
        LL,
        "chain_task_run",
        () -> {
          board.client().tick(cd -> error ? Task.STATE_COMPLETED : Task.STATE_RESCHEDULE);
          return NONE;
        });
  }

  private boolean message(int caller, String function, IntSupplier handler) {
    if (view.result() == FAULT) {
      return refuse("the firmware has stopped");
    }
    lastFault = "";
    probe.called(caller, function);
    board.client().enter();
    try {
      board.set(ChainBoard.RESULT, handler.getAsInt());
    } catch (MemoryFault fault) {
      probe.ended(Why.of(fault));
      lastFault = fault.describe(board.ll().machine().map());
      board.set(ChainBoard.RESULT, FAULT);
    }
    return true;
  }

  private boolean refuse(String why) {
    lastFault = why;
    return false;
  }
}
