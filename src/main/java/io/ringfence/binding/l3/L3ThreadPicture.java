package io.ringfence.binding.l3;

import io.ringfence.binding.CallersDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.firmware.l3.L3Firmware;
import io.ringfence.firmware.l3.L3Firmware.Phase;

/** Draws the two cores: the primary one starts up, serves the host, and alone frees L3 memory. */
final class L3ThreadPicture {
  private static final int CORES = 2;

  private L3ThreadPicture() {}

  static ThreadPicture draw(L3Firmware firmware) {
    CallersDrawing drawing =
        new CallersDrawing(firmware.probe(), firmware.phase() == Phase.STOPPED);
    for (int core = 0; core < CORES; core++) {
      String name = "core " + core;
      if (firmware.phase() == Phase.OFF) {
        drawing.absent(name, ThreadPicture.ANY_CORE, Mode.KERNEL, Status.ENDED, "without power");
      } else {
        drawing.caller(name, ThreadPicture.ANY_CORE, Mode.KERNEL);
      }
    }
    return drawing.draw();
  }
}
