package io.ringfence.binding.objects;

import io.ringfence.binding.CallersDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.objects.ObjectsMachine;
import io.ringfence.firmware.objects.UserThreads.Name;
import java.util.Locale;

/** Draws the threads of start-up, and the user threads of IPC and LL that it makes. */
final class ObjectsThreadPicture {
  private ObjectsThreadPicture() {}

  static ThreadPicture draw(ObjectsMachine machine) {
    CallersDrawing drawing = new CallersDrawing(machine.probe(), false);
    for (Name thread : Name.values()) {
      add(drawing, machine, thread);
    }
    return drawing.draw();
  }

  private static void add(CallersDrawing drawing, ObjectsMachine machine, Name thread) {
    String name = thread.name().toLowerCase(Locale.ROOT);
    Mode mode = thread.isUser() ? Mode.USER : Mode.KERNEL;
    String core = thread == Name.CORE1 || thread == Name.LL1 ? "1" : "0";
    switch (machine.threads().life(thread)) {
      case NONE -> drawing.absent(name, core, mode, Status.ENDED, "not created");
      case CREATED -> drawing.absent(name, core, mode, Status.WAITING, "its start");
      case RUNNING -> drawing.caller(name, core, mode);
      case ENDED -> {
        boolean isKilledNow =
            machine.probe().caller() == thread.ordinal() && machine.probe().why() != Why.NOTHING;
        if (isKilledNow) {
          drawing.killed(name, core, mode);
        } else {
          drawing.absent(name, core, mode, Status.ENDED, "");
        }
      }
    }
  }
}
