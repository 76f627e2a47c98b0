package io.ringfence.firmware.boot;

import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.machine.Mark;
import io.ringfence.machine.Ram;
import java.util.ArrayList;
import java.util.List;

/** Finds out which addresses a heap hands out, by allocating and undoing it. */
final class BlockProbe {
  private BlockProbe() {}

  /** The addresses of registry objects, in the order in which the heap gives them away. */
  static List<Integer> blocks(Ram ram, SofHeap sofHeap, int heap) {
    Mark before = ram.mark();
    List<Integer> blocks = new ArrayList<>();
    int size = ScheduleData.STRUCT.size();
    for (int at = sofHeap.alloc(heap, 0, size, 0); at != 0; at = sofHeap.alloc(heap, 0, size, 0)) {
      blocks.add(at);
    }
    ram.undoTo(before);
    ram.forgetMarks();
    return blocks;
  }
}
