package io.ringfence.binding.dma;

import io.ringfence.binding.ThreadDrawing;
import io.ringfence.binding.ThreadDrawing.Stand;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.dma.ConfigFrame;
import io.ringfence.firmware.syscalls.dma.ConfigFrame.Step;
import io.ringfence.firmware.syscalls.dma.DmaConfigFirmware;
import java.util.List;
import java.util.Locale;

/** Draws the user thread that is in the system call, and the one that writes to its memory. */
final class DmaConfigThreadPicture {
  private static final String CALLER = "caller";
  private static final String OTHER = "other thread";
  private static final String FUNCTION = "sof_dma_config";

  private DmaConfigThreadPicture() {}

  static ThreadPicture draw(DmaConfigFirmware firmware) {
    ConfigFrame frame = firmware.frame();
    boolean isOther = firmware.isAttackerRunning();
    return new ThreadDrawing(frame.why() == Why.VERIFY ? Why.NOTHING : frame.why())
        .actor(isOther ? OTHER : CALLER)
        .thread(CALLER, ThreadPicture.ANY_CORE, Mode.USER, stand(frame, isOther))
        .thread(OTHER, ThreadPicture.ANY_CORE, Mode.USER, Stand.IDLE)
        .draw(List.of(), List.of());
  }

  /** A verifier that refuses kills the caller; an exception in the call stops the kernel. */
  private static Stand stand(ConfigFrame frame, boolean isOther) {
    Step step = frame.step();
    return switch (step) {
      case IDLE -> Stand.IDLE;
      case ALLOC, COPY, CHECK, LINK, DRIVER, RETURN ->
          Stand.at(step.name().toLowerCase(Locale.ROOT), List.of(FUNCTION));
      case DONE -> isOther ? Stand.IDLE : Stand.called(FUNCTION);
      case DEAD -> Stand.diedIn(frame.why(), FUNCTION);
    };
  }
}
