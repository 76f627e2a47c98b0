package io.ringfence.firmware.component;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Ram;
import java.util.function.IntSupplier;

/**
 * The core of a component as it handles the messages of the component's pipeline, which come in
 * their order. A message is handled to its end, and so is a tick.
 */
public final class ComponentFirmware {
  /** In place of a result: no message since the last tick. */
  public static final int NONE = 1;

  /** In place of a result: a fault stopped the firmware. */
  public static final int FAULT = 2;

  /** In place of a result: the heap refused to free what is no block of it, and panicked. */
  public static final int INVALID_FREE = 3;

  private final ComponentBoard board;
  private final ComponentCalls calls;
  private final ComponentView view;
  private String lastFault = "";

  /**
   * Boots the firmware.
   *
   * @param module whether the components are modules
   */
  public ComponentFirmware(Design design, boolean module) {
    this.board = new ComponentBoard(design);
    this.calls = new ComponentCalls(design, board, module);
    this.view = new ComponentView(board);
    board.set(ComponentBoard.RESULT, NONE);
    board.ram().freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return board.ram();
  }

  /** A debugger's view of it. */
  public ComponentView view() {
    return view;
  }

  /** Why the last call was refused, or stopped the firmware. */
  public String lastFault() {
    return lastFault;
  }

  /** A component is made. */
  public boolean create() {
    return message(
        view.component() == 0,
        () -> {
          board.set(ComponentBoard.COMPONENT, calls.create());
          return 0;
        });
  }

  /** The pipeline prepares it. */
  public boolean prepare(Failing failing) {
    boolean needsTask = failing == Failing.TASK || failing == Failing.PRIVATE_DATA;
    return message(
        view.state() == CompDev.STATE_READY && (!needsTask || view.task() == 0),
        () -> calls.prepare(view.component(), failing));
  }

  /** The pipeline starts it. */
  public boolean start() {
    return message(view.state() == CompDev.STATE_PREPARE, () -> calls.start(view.component()));
  }

  /** The pipeline stops it. */
  public boolean stop() {
    return message(
        view.state() == CompDev.STATE_ACTIVE,
        () -> {
          calls.stop(view.component());
          return 0;
        });
  }

  /** The pipeline resets it. */
  public boolean reset() {
    return message(
        view.state() == CompDev.STATE_PREPARE || view.state() == CompDev.STATE_READY,
        () -> {
          calls.reset(view.component());
          return 0;
        });
  }

  /** It is freed. */
  public boolean free() {
    return message(
        view.state() == CompDev.STATE_READY,
        () -> {
          calls.free(view.component());
          board.set(ComponentBoard.COMPONENT, 0);
          return 0;
        });
  }

  /**
   * A tick.
   *
   * @param error whether what copies in it finds an error
   */
  public boolean tick(boolean error) {
    return message(
        view.isListed(view.task()) || view.orphans() > 0,
        () -> {
          board.client().tick(calls.callback(error));
          return NONE;
        });
  }

  private boolean message(boolean inOrder, IntSupplier handler) {
    lastFault = "";
    if (view.result() == FAULT || view.result() == INVALID_FREE) {
      lastFault = "the firmware has stopped";
      return false;
    }
    if (!inOrder) {
      lastFault = "not in the component's state";
      return false;
    }
    board.client().enter();
    try {
      board.set(ComponentBoard.RESULT, handler.getAsInt());
    } catch (MemoryFault fault) {
      lastFault = fault.describe(board.client().ll().machine().map());
      board.set(ComponentBoard.RESULT, FAULT);
    } catch (FirmwareStop stop) {
      lastFault = stop.reason() + ": " + stop.getMessage();
      board.set(ComponentBoard.RESULT, INVALID_FREE);
    }
    return true;
  }
}
