package io.ringfence.binding;

import io.ringfence.binding.ThreadDrawing.Stand;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.Why;
import java.util.List;

/**
 * Draws those who make each call to its end in one step. They are added in the order of the numbers
 * by which the probe knows them.
 */
public final class CallersDrawing {
  private final CallProbe probe;
  private final Why halt;
  private final ThreadDrawing drawing;
  private int next;

  /**
   * Begins a drawing.
   *
   * @param probe says who took the last step, and what was called
   * @param isHalted whether that step stopped the kernel
   */
  public CallersDrawing(CallProbe probe, boolean isHalted) {
    this.probe = probe;
    this.halt = isHalted ? probe.why() : Why.NOTHING;
    this.drawing = new ThreadDrawing(halt);
  }

  /** Adds one that can call. */
  public CallersDrawing caller(String name, String core, Mode mode) {
    drawing.thread(
        name, core, mode, isActor(name) ? Stand.diedIn(halt, probe.function()) : Stand.IDLE);
    return this;
  }

  /**
   * Adds one that is in a call, after all.
   *
   * @param label its next step
   * @param function in C
   */
  public CallersDrawing inCall(String name, String core, Mode mode, String label, String function) {
    isActor(name);
    drawing.thread(name, core, mode, Stand.at(label, List.of(function)));
    return this;
  }

  /** Adds one that was killed, by its last call. */
  public CallersDrawing killed(String name, String core, Mode mode) {
    if (isActor(name)) {
      drawing.thread(name, core, mode, Stand.diedIn(probe.why(), probe.function()));
    } else {
      drawing.lane(lane(name, core, mode, Status.ABORTED, ""));
    }
    return this;
  }

  /**
   * Adds one that does not run, and was not killed.
   *
   * @param detail why it does not run; may be empty
   */
  public CallersDrawing absent(String name, String core, Mode mode, Status status, String detail) {
    isActor(name);
    drawing.lane(lane(name, core, mode, status, detail));
    return this;
  }

  private boolean isActor(String name) {
    boolean isActor = next++ == probe.caller();
    if (isActor) {
      drawing.actor(name);
    }
    return isActor;
  }

  private static Lane lane(String name, String core, Mode mode, Status status, String detail) {
    return new Lane(name, core, mode, status, detail, "", List.of());
  }

  /** Finishes the drawing. */
  public ThreadPicture draw() {
    return drawing.draw(List.of(), List.of());
  }
}
