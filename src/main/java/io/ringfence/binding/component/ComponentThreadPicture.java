package io.ringfence.binding.component;

import io.ringfence.binding.CallersDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.component.ComponentFirmware;

/**
 * Draws the thread of a core that handles the messages of others, and the one that runs tasks. Both
 * are on the component's core, which is not the pipeline's; the spec does not number them.
 */
final class ComponentThreadPicture {
  private ComponentThreadPicture() {}

  static ThreadPicture draw(ComponentFirmware firmware) {
    return new CallersDrawing(firmware.probe(), firmware.isStopped())
        .caller("idc", ThreadPicture.ANY_CORE, Mode.KERNEL)
        .caller("ll", ThreadPicture.ANY_CORE, Mode.KERNEL)
        .draw();
  }
}
