package io.ringfence.binding.trust;

import io.ringfence.binding.ThreadDrawing;
import io.ringfence.binding.ThreadDrawing.Stand;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.trust.KernelRun;
import io.ringfence.firmware.trust.Routine;
import io.ringfence.firmware.trust.TrustFirmware;
import java.util.List;

/**
 * Draws the kernel, which is in one routine at a time, and the hostile thread on another core. In
 * which routine the kernel is, its frame says; which one is over, the trace of what it touched.
 */
final class TrustThreadPicture {
  private static final String KERNEL = "kernel";
  private static final String USER = "user thread";

  private TrustThreadPicture() {}

  static ThreadPicture draw(TrustFirmware firmware) {
    KernelRun run = firmware.run();
    return new ThreadDrawing(run.why())
        .lock("LL mutex", LockKind.MUTEX, firmware.isLlMutexTaken() ? KERNEL : null)
        .lock("domain mutex", LockKind.MUTEX, firmware.isDomainMutexTaken() ? KERNEL : null)
        .actor(firmware.isUserRunning() ? USER : KERNEL)
        .thread(KERNEL, "0", mode(run), stand(run))
        .thread(USER, "1", Mode.USER, Stand.IDLE)
        .draw(List.of(), List.of());
  }

  private static Mode mode(KernelRun run) {
    return run.routine() == Routine.TICK ? Mode.INTERRUPT : Mode.KERNEL;
  }

  private static Stand stand(KernelRun run) {
    return run.why() == Why.NOTHING && run.routine() != Routine.NONE
        ? Stand.at(run.step().text(), List.of(run.routine().function()))
        : Stand.diedIn(run.why(), run.toucher().function());
  }
}
