package io.ringfence.binding.l3;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.l3.L3Firmware;
import io.ringfence.firmware.l3.L3Firmware.Client;
import io.ringfence.firmware.l3.L3View;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws what is in SRAM, what is in IMR, and the L3 heap as the processor sees it. */
final class L3Picture {
  private static final int BLOCKS = 2;
  private static final String L3_MEMORY = "L3 memory";

  private L3Picture() {}

  static MemoryPicture draw(L3Firmware firmware, L3View view) {
    return new MemoryPicture(
        List.of(
            region("SRAM", view.sramStart(), 0, sram(firmware, view)),
            region("IMR", view.l3HeapCopy(), 0, imr(firmware, view)),
            region(L3_MEMORY, view.l3Start(), view.l3Bytes(), memory(firmware, view))));
  }

  private static List<MemoryPicture.MemoryObject> sram(L3Firmware firmware, L3View view) {
    boolean faulted = firmware.result() == L3Firmware.Result.FAULT;
    boolean stale = view.context() != 0 && !view.isContextLive();
    MemoryPicture.Word heap = pointer("heap.heap", view.isHeap() ? L3_MEMORY : null);
    MemoryPicture.Word desc =
        pointer("desc[0]", view.context() == 0 ? null : stale ? "a freed context" : "context");
    boolean lost = view.pool() != 0 && !view.isPoolLive();
    MemoryPicture.Word pool =
        pointer("lib_notif_pool", view.pool() == 0 ? null : lost ? "a freed message" : "message");
    List<MemoryPicture.MemoryObject> objects = new ArrayList<>();
    objects.add(
        object("l3_heap", "struct k_heap", view.l3Heap(), List.of(faulted ? heap.astray() : heap)));
    objects.add(
        object(
            "ext_lib",
            "struct ext_library",
            view.sramStart(),
            List.of(stale ? desc.astray() : desc, lost ? pool.astray() : pool)));
    if (view.isContextLive()) {
      objects.add(
          object(
              "context",
              "struct lib_manager_mod_ctx",
              view.context(),
              List.of(pointer("base_addr", block(view.held(Client.LIBRARY))))));
    }
    objects.add(
        object(
            "module",
            "void *",
            view.modulePointer(),
            List.of(pointer("ptr", block(view.held(Client.MODULE))))));
    return objects;
  }

  private static List<MemoryPicture.MemoryObject> imr(L3Firmware firmware, L3View view) {
    return List.of(
        object(
            "l3_heap_copy",
            "struct k_heap",
            view.l3HeapCopy(),
            List.of(pointer("heap.heap", view.isCopy() ? L3_MEMORY : null))),
        object(
            "lib_manager_dram",
            "struct lib_manager_dram_storage",
            view.l3HeapCopy() + KHeap.STRUCT.size(),
            List.of(pointer("ctx.base_addr", block(view.savedLibrary())))),
        object(
            "behind the cache",
            "heap",
            view.l3Start(),
            List.of(
                word("ace_imr_used", firmware.isImrUsed() ? "yes" : "no"),
                word("allocated", view.saved().toString()))));
  }

  private static List<MemoryPicture.MemoryObject> memory(L3Firmware firmware, L3View view) {
    Set<Integer> live = view.live();
    List<MemoryPicture.MemoryObject> objects = new ArrayList<>();
    for (int block = 1; block <= BLOCKS; block++) {
      boolean isHeld =
          view.held(Client.LIBRARY) == block
              || view.held(Client.MODULE) == block
              || view.savedLibrary() == block;
      boolean isLost = live.contains(block) && !isHeld;
      MemoryPicture.Word holder = word("held by", isHeld ? "a client" : isLost ? "nobody" : "-");
      objects.add(
          new MemoryPicture.MemoryObject(
              "block " + block,
              view.isMapped() ? "block" : "block, not mapped",
              Integer.toUnsignedLong(view.l3Start() + (block - 1) * L3Firmware.BLOCK_BYTES),
              L3Firmware.BLOCK_BYTES,
              live.contains(block) ? MemoryPicture.Life.LIVE : MemoryPicture.Life.FREE,
              false,
              List.of(
                  isLost && firmware.phase() == L3Firmware.Phase.UP ? holder.astray() : holder)));
    }
    return objects;
  }

  private static @Nullable String block(int number) {
    return number == 0 ? null : "block " + number;
  }

  private static MemoryPicture.Region region(
      String name, int address, int size, List<MemoryPicture.MemoryObject> objects) {
    return new MemoryPicture.Region(
        name, Integer.toUnsignedLong(address), size, MemoryPicture.UserAccess.NONE, objects);
  }

  private static MemoryPicture.MemoryObject object(
      String name, String struct, int address, List<MemoryPicture.Word> words) {
    return new MemoryPicture.MemoryObject(
        name, struct, Integer.toUnsignedLong(address), 0, MemoryPicture.Life.LIVE, false, words);
  }

  private static MemoryPicture.Word pointer(String field, @Nullable String target) {
    return new MemoryPicture.Word(field, target == null ? "NULL" : target, target, false);
  }

  private static MemoryPicture.Word word(String field, String value) {
    return new MemoryPicture.Word(field, value, null, false);
  }
}
