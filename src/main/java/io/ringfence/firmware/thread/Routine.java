package io.ringfence.firmware.thread;

import io.ringfence.machine.Struct;
import java.util.List;

/**
 * A C function that other threads can interleave with: labeled atomic steps, its arguments and
 * locals in a frame on the stack of the thread that runs it. Has no state of its own.
 */
public abstract class Routine {
  private final Struct frame;
  private final List<String> labels;

  /**
   * Makes a routine.
   *
   * @param frame the layout of its frame, from {@link Frame#define}; arguments come first
   * @param labels its labels, of which the first is where it begins
   */
  protected Routine(Struct frame, Enum<?>... labels) {
    this.frame = frame;
    this.labels = List.of(labels).stream().map(Enum::name).toList();
  }

  /** The name of the C function. */
  public final String name() {
    return frame.name();
  }

  /** The layout of its frame. */
  public final Struct frame() {
    return frame;
  }

  /** How many labels it has. */
  public final int labels() {
    return labels.size();
  }

  /** The name of a label. */
  public final String label(int pc) {
    return labels.get(pc);
  }

  /** Runs the step at the frame's label, on behalf of the processor's current thread. */
  protected abstract void step(Frame frame);
}
