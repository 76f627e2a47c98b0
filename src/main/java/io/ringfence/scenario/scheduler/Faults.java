package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.KernelAssert;
import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.firmware.kernel.EndlessLoop;
import io.ringfence.firmware.ll.InvalidFree;
import io.ringfence.machine.Access;
import io.ringfence.machine.FaultKind;
import io.ringfence.machine.MemoryFault;
import java.util.Locale;

/** Faults of the firmware as the corpus writes them, without the place in the C code. */
final class Faults {
  private final World world;

  Faults(World world) {
    this.world = world;
  }

  /** Writes a fault down; what is none goes on its way. */
  ObjectNode view(RuntimeException fault) {
    if (fault instanceof MemoryFault memoryFault) {
      return view(memoryFault);
    }
    if (fault instanceof KernelOops oops) {
      String detail =
          String.format(
              "user-mode thread %s has no access to %s",
              world.current(), world.labels().at(oops.object()));
      return view("permission", detail);
    }
    if (fault instanceof KernelAssert) {
      return view("assert", String.valueOf(fault.getMessage()));
    }
    if (fault instanceof KernelPanic) {
      return view("panic", "");
    }
    if (fault instanceof EndlessLoop) {
      return view("endless-loop", "a list walk does not end");
    }
    if (fault instanceof Livelock) {
      return view("livelock", String.valueOf(fault.getMessage()));
    }
    if (fault instanceof InvalidFree invalidFree) {
      return view("invalid-free", "").put("object", world.labels().at(invalidFree.address()));
    }
    throw fault;
  }

  private static ObjectNode view(String kind, String detail) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("kind", kind)
        .putNull("access")
        .putNull("object")
        .put("detail", detail);
  }

  private ObjectNode view(MemoryFault fault) {
    ObjectNode view = view(kind(fault), "");
    view.put("access", fault.access() == Access.WRITE ? "write" : "read");
    if (fault.kind() == FaultKind.USE_AFTER_FREE) {
      view.put("object", world.labels().at(fault.address()));
    }
    return view;
  }

  private String kind(MemoryFault fault) {
    if (fault.kind() == FaultKind.OUT_OF_BOUNDS) {
      boolean heap = world.firmware().machine().isHeap(fault.address());
      return heap ? "heap-buffer-overflow" : "global-buffer-overflow";
    }
    return fault.kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
