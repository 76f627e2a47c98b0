package io.ringfence.binding.dma;

import io.ringfence.binding.CallersDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.dma.DmaChannelsFirmware;
import io.ringfence.firmware.syscalls.dma.DmaThread;

/** Draws the user threads of a DMA controller. Only {@code sof_dma_get} can be interrupted. */
final class DmaChannelsThreadPicture {
  private static final String CORE = ThreadPicture.ANY_CORE;

  private DmaChannelsThreadPicture() {}

  static ThreadPicture draw(DmaChannelsModel model, DmaChannelsFirmware firmware) {
    CallersDrawing drawing = new CallersDrawing(firmware.probe(), firmware.fault() != Why.NOTHING);
    for (int i = 0; i < model.users().size(); i++) {
      String name = model.users().get(i);
      if (!firmware.isAlive(i)) {
        drawing.killed(name, CORE, Mode.USER);
      } else if (firmware.thread(i, DmaThread.GETTING) != 0) {
        drawing.inCall(name, CORE, Mode.USER, "returns", "sof_dma_get");
      } else {
        drawing.caller(name, CORE, Mode.USER);
      }
    }
    return drawing.draw();
  }
}
