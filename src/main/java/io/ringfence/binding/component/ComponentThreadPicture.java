package io.ringfence.binding.component;

import io.ringfence.binding.CallersDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.component.ComponentFirmware;

/** Draws the thread of a core that handles the messages of others, and the one that runs tasks. */
final class ComponentThreadPicture {
  private static final String CORE = "0";

  private ComponentThreadPicture() {}

  static ThreadPicture draw(ComponentFirmware firmware) {
    return new CallersDrawing(firmware.probe(), firmware.isStopped())
        .caller("idc", CORE, Mode.KERNEL)
        .caller("ll", CORE, Mode.KERNEL)
        .draw();
  }
}
