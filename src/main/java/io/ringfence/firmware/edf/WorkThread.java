package io.ringfence.firmware.edf;

import io.ringfence.firmware.thread.Frame;
import io.ringfence.firmware.thread.Routine;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** {@code work_queue_main(queue)}, the thread of the work queue. Never returns. */
final class WorkThread extends Routine {
  /** The steps. */
  enum At {
    W0_TAKE,
    W1_DONE
  }

  /** The name of the function. */
  static final String NAME = "work_queue_main";

  private static final Struct.Builder LAYOUT = Frame.define(NAME);

  /** The work item whose handler runs, or 0. */
  static final Field WORK = LAYOUT.pointer("work");

  private static final Struct FRAME = LAYOUT.build();

  private final EdfPlatform platform;

  WorkThread(EdfPlatform platform) {
    super(FRAME, At.values());
    this.platform = platform;
  }

  @Override
  protected void step(Frame frame) {
    switch (At.values()[frame.pc()]) {
      case W0_TAKE -> {
        int work = platform.queue().take();
        frame.set(WORK, work);
        if (work != 0) {
          frame.call(platform.cpu().load(Work.HANDLER, work), At.W1_DONE, work);
        }
      }
      case W1_DONE -> {
        platform.queue().done(frame.get(WORK));
        frame.set(WORK, 0);
        frame.go(At.W0_TAKE);
      }
    }
  }
}
