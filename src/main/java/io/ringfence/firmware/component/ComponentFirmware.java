package io.ringfence.firmware.component;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.FirmwareStop;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.Why;
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

  /** The caller of {@link #probe} that handles the messages of other cores. */
  public static final int IDC = 0;

  /** The caller of {@link #probe} that runs tasks. */
  public static final int LL = 1;

  private final ComponentBoard board;
  private final ComponentCalls calls;
  private final ComponentView view;
  private final CallProbe probe = new CallProbe();
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

  /** Who took the last step. */
  public CallProbe probe() {
    return probe;
  }

  /** Why the last call was refused, or stopped the firmware. */
  public String lastFault() {
    return lastFault;
  }

  /** A component is made. */
  public boolean create() {
    return message(
        IDC,
        "comp_new",
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
        IDC,
        "idc_prepare",
        view.state() == CompDev.STATE_READY && (!needsTask || view.task() == 0),
        () -> calls.prepare(view.component(), failing));
  }

  /** The pipeline starts it. */
  public boolean start() {
    return message(
        IDC,
        "comp_trigger_local",
        view.state() == CompDev.STATE_PREPARE,
        () -> calls.start(view.component()));
  }

  /** The pipeline stops it. */
  public boolean stop() {
    return message(
        IDC,
        "comp_trigger_local",
        view.state() == CompDev.STATE_ACTIVE,
        () -> {
          calls.stop(view.component());
          return 0;
        });
  }

  /** The pipeline resets it. */
  public boolean reset() {
    return message(
        IDC,
        "comp_reset",
        view.state() == CompDev.STATE_PREPARE || view.state() == CompDev.STATE_READY,
        () -> {
          calls.reset(view.component());
          return 0;
        });
  }

  /** It is freed. */
  public boolean free() {
    return message(
        IDC,
        "comp_free",
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
        LL,
        "comp_task",
        view.isListed(view.task()) || view.orphans() > 0,
        () -> {
          board.client().tick(calls.callback(error));
          return NONE;
        });
  }

  /** Whether the firmware has stopped. */
  public boolean isStopped() {
    return view.result() == FAULT || view.result() == INVALID_FREE;
  }

  private boolean message(int caller, String function, boolean inOrder, IntSupplier handler) {
    lastFault = "";
    if (isStopped()) {
      lastFault = "the firmware has stopped";
      return false;
    }
    if (!inOrder) {
      lastFault = "not in the component's state";
      return false;
    }
    probe.called(caller, function);
    board.client().enter();
    try {
      board.set(ComponentBoard.RESULT, handler.getAsInt());
    } catch (MemoryFault fault) {
      probe.ended(Why.of(fault));
      lastFault = fault.describe(board.client().ll().machine().map());
      board.set(ComponentBoard.RESULT, FAULT);
    } catch (FirmwareStop stop) {
      probe.ended(Why.of(stop));
      lastFault = stop.reason() + ": " + stop.getMessage();
      board.set(ComponentBoard.RESULT, INVALID_FREE);
    }
    return true;
  }
}
