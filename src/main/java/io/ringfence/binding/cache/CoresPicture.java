package io.ringfence.binding.cache;

import io.ringfence.binding.CallersDrawing;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.Why;
import java.util.List;

/**
 * Draws the cores, each with the one thread that it runs and with what its cache does by itself.
 */
final class CoresPicture {
  private CoresPicture() {}

  static ThreadPicture draw(List<String> cores, CallProbe probe) {
    CallersDrawing drawing = new CallersDrawing(probe, probe.why() != Why.NOTHING);
    for (int core = 0; core < cores.size(); core++) {
      drawing.caller(cores.get(core), ThreadPicture.ANY_CORE, Mode.KERNEL);
    }
    return drawing.draw();
  }
}
