package io.ringfence.binding.vmh;

import io.ringfence.binding.ThreadDrawing;
import io.ringfence.binding.ThreadDrawing.Stand;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.virtualheap.HeapThreads;
import io.ringfence.firmware.virtualheap.VirtualHeapFirmware;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the threads that are in calls of the virtual heap, and the mutex of the heap. */
final class HeapThreadPicture {
  private HeapThreadPicture() {}

  static ThreadPicture draw(HeapModel model, VirtualHeapFirmware firmware) {
    List<String> names = model.threads();
    if (names.size() < 2) {
      return ThreadPicture.NONE;
    }
    ThreadDrawing drawing =
        new ThreadDrawing(halt(firmware))
            .lock("mutex of the heap", LockKind.MUTEX, name(names, firmware, firmware.mutexOwner()))
            .actor(name(names, firmware, firmware.currentThread()));
    for (int i = 0; i < names.size(); i++) {
      drawing.thread(
          names.get(i), ThreadPicture.ANY_CORE, Mode.KERNEL, stand(firmware.threads(), i));
    }
    return drawing.draw(List.of(), List.of());
  }

  /** A panic or a fault stops all threads; an endless loop only its own. */
  private static Why halt(VirtualHeapFirmware firmware) {
    for (int i = 0; i < firmware.threadCount(); i++) {
      Why why = firmware.threads().why(i);
      if (why != Why.NOTHING && why != Why.HANG) {
        return why;
      }
    }
    return Why.NOTHING;
  }

  private static @Nullable String name(
      List<String> names, VirtualHeapFirmware firmware, int address) {
    for (int i = 0; i < names.size(); i++) {
      if (firmware.threads().address(i) == address) {
        return names.get(i);
      }
    }
    return null;
  }

  private static Stand stand(HeapThreads threads, int thread) {
    return switch (threads.pc(thread)) {
      case IDLE -> Stand.IDLE;
      case MAP -> Stand.at("map", List.of("vmh_alloc"));
      case UNMAP -> Stand.at("unmap", List.of("vmh_free"));
      case STOPPED -> Stand.dead(threads.why(thread));
    };
  }
}
