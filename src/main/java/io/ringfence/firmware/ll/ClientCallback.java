package io.ringfence.firmware.ll;

import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/**
 * The {@code run} callback of a task. What it does is up to the client: whoever drives the firmware
 * lets it call functions, wait or return.
 */
public final class ClientCallback extends Routine {
  /** The one label. */
  public enum At {
    R2D_CALLBACK
  }

  /** The name of the function. */
  public static final String NAME = "client_run";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);

  /** The argument: {@code task->data}, which most clients here point to the task. */
  public static final Field DATA = LAYOUT.pointer("data");

  /** How many of its calls the client has made. */
  public static final Field PROGRESS = LAYOUT.u32("progress");

  private static final Struct FRAME = LAYOUT.build();

  ClientCallback() {
    super(FRAME, At.values());
  }

  @Override
  protected void step(Frame frame) {
    throw new IllegalStateException("the client decides what a callback does next");
  }
}
