package io.ringfence.binding.regions;

import io.ringfence.binding.ThreadDrawing;
import io.ringfence.binding.ThreadDrawing.Stand;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.regions.RegionFirmware;
import io.ringfence.firmware.regions.RegionThread;
import io.ringfence.firmware.regions.RegionView;
import java.util.List;
import java.util.Locale;

/**
 * Draws the two kernel threads that use a region, and the user code of the module. The mutex of the
 * region is held within a step only.
 */
final class RegionThreadPicture {
  private static final String USER = "user module";

  private final RegionFirmware firmware;
  private final RegionView view;

  private RegionThreadPicture(RegionFirmware firmware) {
    this.firmware = firmware;
    this.view = firmware.view();
  }

  static ThreadPicture draw(RegionFirmware firmware) {
    return new RegionThreadPicture(firmware).draw();
  }

  private ThreadPicture draw() {
    ThreadDrawing drawing = new ThreadDrawing(view.stopped());
    for (RegionThread thread : RegionThread.values()) {
      add(drawing, name(thread), Mode.KERNEL, thread.ordinal(), stand(thread));
    }
    add(drawing, USER, Mode.USER, RegionFirmware.USER, Stand.IDLE);
    return drawing.draw(List.of(), List.of());
  }

  private static String name(RegionThread thread) {
    return thread.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Adds a thread.
   *
   * @param rest how it stands if it is in a call, or has not made one
   */
  private void add(ThreadDrawing drawing, String name, Mode mode, int number, Stand rest) {
    boolean isActor = firmware.probe().caller() == number;
    Stand stand = rest;
    if (isActor) {
      drawing.actor(name);
      if (view.stopped() != Why.NOTHING || rest.equals(Stand.IDLE)) {
        stand = Stand.diedIn(view.stopped(), firmware.probe().function());
      }
    }
    drawing.thread(name, ThreadPicture.ANY_CORE, mode, stand);
  }

  /** What a call of a thread still has to do is in its record. */
  private Stand stand(RegionThread thread) {
    String label = view.step(thread).name().toLowerCase(Locale.ROOT);
    return switch (view.step(thread)) {
      case IDLE -> Stand.IDLE;
      case TAKING -> Stand.at(label, List.of("vregion_alloc_align"));
      case PAGES, CONTROL ->
          Stand.at(label, List.of(RegionFirmware.function(thread), "vregion_put"));
      case CONTEXT -> Stand.at(label, List.of(RegionFirmware.function(thread)));
    };
  }
}
