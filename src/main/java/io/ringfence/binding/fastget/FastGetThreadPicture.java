package io.ringfence.binding.fastget;

import io.ringfence.binding.CallersDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.fastget.FastGetFirmware;
import io.ringfence.firmware.kernel.Why;
import java.util.List;

/** Draws the threads of the modules. A call that stops the kernel is the last one. */
final class FastGetThreadPicture {
  private FastGetThreadPicture() {}

  static ThreadPicture draw(List<String> modules, FastGetFirmware firmware) {
    CallersDrawing drawing =
        new CallersDrawing(firmware.probe(), firmware.probe().why() != Why.NOTHING);
    for (int module = 0; module < modules.size(); module++) {
      drawing.caller(
          modules.get(module),
          ThreadPicture.ANY_CORE,
          firmware.isUser(module) ? Mode.USER : Mode.KERNEL);
    }
    return drawing.draw();
  }
}
