package io.ringfence.firmware.ll;

import io.ringfence.firmware.thread.Routine;
import java.util.List;

/** Routines that are linked into the image beside the LL scheduler: those of its clients. */
public interface MoreRoutines {
  /** The function that the domain calls in each tick; a routine of this name replaces it. */
  String TICK = SchedulerRun.HANDLER;

  /** {@code zephyr_ll_task_done(sch, task)}, to be called with the LL lock held. */
  String TASK_DONE = TaskDone.NAME;

  /** There are none. */
  MoreRoutines NONE = (platform, lock) -> List.of();

  /** Makes the routines. */
  List<Routine> of(LlPlatform platform, LlLock lock);
}
