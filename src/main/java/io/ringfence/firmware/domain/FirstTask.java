package io.ringfence.firmware.domain;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.ll.LlPlatform;
import io.ringfence.firmware.ll.MoreRoutines;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Frame;

/** The first task on the list of a scheduler. */
final class FirstTask {
  private FirstTask() {}

  /** Calls {@code zephyr_ll_task_done()} for it, with the LL lock held. Need not return. */
  static void done(LlPlatform platform, Frame caller, Enum<?> next, int sch) {
    int first = ListItem.next(platform.cpu(), ZephyrLl.TASKS.in(sch));
    int done = platform.kernel().function(MoreRoutines.TASK_DONE);
    caller.call(done, next, sch, Task.LIST.container(first));
  }
}
