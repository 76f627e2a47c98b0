package io.ringfence.binding.isolation;

import io.ringfence.binding.CallersDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.isolation.IsolationFirmware;

/** Draws kernel clients, user threads, and the module with a heap of its own. */
final class IsolationThreadPicture {
  private IsolationThreadPicture() {}

  static ThreadPicture draw(IsolationModel model, IsolationFirmware firmware) {
    CallersDrawing drawing =
        new CallersDrawing(firmware.trace().probe(), firmware.trace().isHalted());
    for (String client : model.kernelClients()) {
      drawing.caller(client, ThreadPicture.ANY_CORE, Mode.KERNEL);
    }
    for (int i = 0; i < model.threads().size(); i++) {
      String name = model.threads().get(i);
      if (firmware.clients().isDead(model.thread(i))) {
        drawing.killed(name, ThreadPicture.ANY_CORE, Mode.USER);
      } else {
        drawing.caller(name, ThreadPicture.ANY_CORE, Mode.USER);
      }
    }
    for (String module : model.modules()) {
      drawing.caller(module, ThreadPicture.ANY_CORE, Mode.KERNEL);
    }
    return drawing.draw();
  }
}
