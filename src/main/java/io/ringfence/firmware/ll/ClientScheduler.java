package io.ringfence.firmware.ll;

import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;
import java.util.Locale;

/** An operation of a scheduler that a client registers: tells the tracer, and succeeds. */
public final class ClientScheduler extends Routine {
  /** The operations that a scheduler must have. */
  public enum Operation {
    /** {@code schedule_task}. */
    SCHEDULE,
    /** {@code schedule_task_cancel}. */
    CANCEL,
    /** {@code schedule_task_free}. */
    FREE;

    /** What tracers call it. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the function. */
    public String function() {
      return "client_" + label();
    }
  }

  private enum At {
    TELL
  }

  private final Tracing tracing;
  private final Operation operation;
  private final Field task;

  ClientScheduler(Tracing tracing, Operation operation) {
    super(layout(operation), At.values());
    this.tracing = tracing;
    this.operation = operation;
    this.task = frame().field("task");
  }

  private static Struct layout(Operation operation) {
    Struct.Builder layout = Frame.define(operation.function());
    layout.pointer("data");
    layout.pointer("task");
    layout.pointer("reference");
    return layout.build();
  }

  @Override
  protected void step(Frame frame) {
    tracing.clientScheduler(operation.label(), frame.get(task));
    frame.ret(0);
  }
}
