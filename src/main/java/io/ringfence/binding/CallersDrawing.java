package io.ringfence.binding;

import io.ringfence.binding.ThreadDrawing.Stand;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.Why;
import java.util.List;

/** Draws those who make each call to its end in one step. They are added by their numbers. */
public final class CallersDrawing {
  private final CallProbe probe;
  private final Why halt;
  private final ThreadDrawing drawing;
  private int next;

  /**
   * Begins a drawing.
   *
   * @param probe says who called last, and what
   * @param halt why nobody makes any more calls, or {@link Why#NOTHING}
   */
  public CallersDrawing(CallProbe probe, Why halt) {
    this.probe = probe;
    this.halt = halt;
    this.drawing = new ThreadDrawing(halt);
  }

  /** Adds one that lives. */
  public CallersDrawing caller(String name, String core, Mode mode) {
    return caller(name, core, mode, Why.NOTHING);
  }

  /**
   * Adds one.
   *
   * @param died why it makes no more calls, or {@link Why#NOTHING}
   */
  public CallersDrawing caller(String name, String core, Mode mode, Why died) {
    boolean isActor = next++ == probe.caller();
    if (isActor) {
      drawing.actor(name);
    }
    drawing.thread(name, core, mode, stand(isActor, died));
    return this;
  }

  private Stand stand(boolean isActor, Why died) {
    if (!isActor) {
      return died == Why.NOTHING ? Stand.IDLE : Stand.dead(died);
    }
    Why why = died == Why.NOTHING ? halt : died;
    return why == Why.NOTHING
        ? Stand.called(probe.function())
        : Stand.diedIn(why, probe.function());
  }

  /** Finishes the drawing. */
  public ThreadPicture draw() {
    return drawing.draw(List.of(), List.of());
  }
}
