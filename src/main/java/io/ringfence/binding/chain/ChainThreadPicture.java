package io.ringfence.binding.chain;

import io.ringfence.binding.CallersDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.chain.ChainFirmware;

/** Draws the thread that handles the messages of the host, and the one that runs tasks. */
final class ChainThreadPicture {
  private static final String CORE = "0";

  private ChainThreadPicture() {}

  static ThreadPicture draw(ChainFirmware firmware) {
    return new CallersDrawing(firmware.probe(), firmware.view().result() == ChainFirmware.FAULT)
        .caller("ipc", CORE, Mode.KERNEL)
        .caller("ll", CORE, Mode.KERNEL)
        .draw();
  }
}
