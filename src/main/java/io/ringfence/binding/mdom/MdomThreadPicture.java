package io.ringfence.binding.mdom;

import io.ringfence.binding.CallersDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.mdom.DpTasks;
import java.util.List;

/** Draws the thread that makes and ends tasks, and the thread of each module's task. */
final class MdomThreadPicture {
  private static final String CORE = ThreadPicture.ANY_CORE;

  private MdomThreadPicture() {}

  static ThreadPicture draw(DpTasks tasks, List<String> modules) {
    CallersDrawing drawing =
        new CallersDrawing(tasks.probe(), false).caller("ipc", CORE, Mode.KERNEL);
    for (int module = 0; module < modules.size(); module++) {
      String name = modules.get(module);
      switch (tasks.machine().life(module)) {
        case NONE -> addGone(drawing, tasks, module, name, "no task");
        case CREATED -> drawing.absent(name, CORE, Mode.USER, Status.WAITING, "its start");
        case RUNNING -> drawing.caller(name, CORE, Mode.USER);
        case ENDED -> addGone(drawing, tasks, module, name, "");
      }
    }
    return drawing.draw();
  }

  /** A thread that is no more may have been killed by this very step. */
  private static void addGone(
      CallersDrawing drawing, DpTasks tasks, int module, String name, String why) {
    if (tasks.probe().caller() == module + 1 && tasks.probe().why() != Why.NOTHING) {
      drawing.killed(name, CORE, Mode.USER);
    } else {
      drawing.absent(name, CORE, Mode.USER, Status.ENDED, why);
    }
  }
}
