package io.ringfence.binding.regions;

import static io.ringfence.binding.regions.RegionWords.marked;
import static io.ringfence.binding.regions.RegionWords.object;
import static io.ringfence.binding.regions.RegionWords.word;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.firmware.regions.RegionThread;
import io.ringfence.firmware.regions.RegionView;
import java.util.ArrayList;
import java.util.List;

/** Draws who has a region: its threads, and the pointers that they keep. */
final class RegionClientsPicture {
  private static final int LINE = 64;

  private final RegionsModel model;
  private final RegionView view;
  private final RegionWords words;

  RegionClientsPicture(RegionsModel model, RegionView view) {
    this.model = model;
    this.view = view;
    this.words = new RegionWords(view);
  }

  List<MemoryPicture.MemoryObject> clients() {
    List<MemoryPicture.MemoryObject> objects = new ArrayList<>();
    for (RegionThread thread : RegionThread.values()) {
      objects.add(
          object(
              thread == RegionThread.MODULE ? "module" : "buffer",
              "thread",
              0,
              0,
              MemoryPicture.Life.LIVE,
              threadWords(thread)));
    }
    for (int slot = 0; slot < view.slots(); slot++) {
      int pointer = view.pointer(slot);
      String target = pointer == 0 ? null : "block " + model.slots().get(slot);
      MemoryPicture.Word word =
          word("ptr", pointer == 0 ? "NULL" : words.place(pointer), target, false);
      List<MemoryPicture.Word> fields = new ArrayList<>();
      fields.add(marked(word, pointer != 0 && isPointerAstray(slot)));
      if (pointer != 0) {
        String lines = Integer.toUnsignedString(view.lines(slot));
        fields.add(marked(word("lines", lines, null, false), end(slot) > view.regionBytes()));
      }
      objects.add(object(model.slots().get(slot), "void *", 0, 0, MemoryPicture.Life.LIVE, fields));
    }
    return objects;
  }

  private List<MemoryPicture.Word> threadWords(RegionThread thread) {
    boolean refers = view.region(thread) != 0;
    List<MemoryPicture.Word> fields = new ArrayList<>();
    fields.add(
        marked(
            word("vreg", refers ? "vregion" : "NULL", refers ? "vregion" : null, false),
            words.relies(thread) && !view.isControlLive()));
    int found = view.found(thread);
    if (found != 0) {
      boolean isGone = view.mode() != Vregion.Mode.LIFETIME || !view.arePagesMapped();
      fields.add(marked(word("found", words.place(found), null, false), isGone));
    }
    return fields;
  }

  private long end(int slot) {
    return view.offset(view.pointer(slot)) + (long) view.lines(slot) * LINE;
  }

  /** Whether a block is outside of the region, without pages, or another client's, too. */
  private boolean isPointerAstray(int slot) {
    return !words.isInside(view.pointer(slot)) || !view.arePagesMapped() || isShared(slot);
  }

  private boolean isShared(int slot) {
    for (int other = 0; other < view.slots(); other++) {
      if (other != slot
          && view.pointer(other) != 0
          && view.offset(view.pointer(other)) < end(slot)
          && view.offset(view.pointer(slot)) < end(other)) {
        return true;
      }
    }
    return false;
  }
}
