package io.ringfence.binding.chunks;

import io.ringfence.binding.ThreadDrawing;
import io.ringfence.binding.ThreadDrawing.Stand;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.firmware.chunks.ChunkFirmware;
import io.ringfence.firmware.chunks.LastCall.Call;
import io.ringfence.firmware.kernel.Why;
import java.util.List;

/**
 * Draws a thread that uses the heap by system call, and the hostile one that writes to its headers.
 * Which of them took a step, the trace of the last call says.
 */
final class ChunksThreadPicture {
  private static final String USER = "user thread";
  private static final String HOSTILE = "hostile thread";

  private ChunksThreadPicture() {}

  static ThreadPicture draw(ChunksModel model, ChunkFirmware firmware) {
    if (model.writes() == 0) {
      return ThreadPicture.NONE;
    }
    Call call = firmware.lastCall();
    Stand stand =
        Stand.diedIn(
            firmware.lastWhy(),
            switch (call) {
              case NONE, WRITE -> "";
              case ALLOC -> "sof_heap_alloc";
              case FREE -> "sof_heap_free";
            });
    boolean isHostile = call == Call.WRITE;
    return new ThreadDrawing(firmware.isStopped() ? firmware.lastWhy() : Why.NOTHING)
        .actor(isHostile ? HOSTILE : USER)
        .thread(USER, ThreadPicture.ANY_CORE, Mode.USER, isHostile ? Stand.IDLE : stand)
        .thread(HOSTILE, ThreadPicture.ANY_CORE, Mode.USER, isHostile ? stand : Stand.IDLE)
        .draw(List.of(), List.of());
  }
}
