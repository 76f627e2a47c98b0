package io.ringfence.binding.fastget;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.fastget.FastGetFirmware;
import io.ringfence.firmware.fastget.FastGetFirmware.Constants;
import io.ringfence.firmware.fastget.FastGetView;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the pool of entries, the heaps with the copies in them, and what the modules hold. */
final class FastGetPicture {
  private final FastGetModel model;
  private final FastGetFirmware firmware;
  private final FastGetView view;

  private FastGetPicture(FastGetModel model, FastGetFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.view = firmware.view();
  }

  static MemoryPicture draw(FastGetModel model, FastGetFirmware firmware) {
    FastGetPicture picture = new FastGetPicture(model, firmware);
    List<MemoryPicture.Region> regions = new ArrayList<>();
    for (int heap = 0; heap < model.heaps().size(); heap++) {
      regions.add(picture.heap(heap));
    }
    List<MemoryObject> modules = new ArrayList<>();
    for (int module = 0; module < model.modules().size(); module++) {
      modules.add(picture.module(module));
    }
    regions.add(new MemoryPicture.Region("modules", 0, 0, UserAccess.NONE, modules));
    return new MemoryPicture(regions);
  }

  private MemoryPicture.Region heap(int heap) {
    List<MemoryObject> objects = new ArrayList<>();
    if (heap == 0) {
      List<FastGetView.Slot> slots = view.slots();
      for (int i = 0; i < slots.size(); i++) {
        objects.add(slot(i, slots.get(i)));
      }
    }
    for (Constants constants : model.objects()) {
      for (int copy : view.copies(heap, constants)) {
        objects.add(
            object(
                name(copy), "const data", copy, constants.bytes(), Life.LIVE, users(heap, copy)));
      }
    }
    return new MemoryPicture.Region(
        heap == 0 ? "system heap" : "heap " + model.heaps().get(heap),
        Integer.toUnsignedLong(view.heapStart(heap)),
        view.heapBytes(heap),
        heap == 0 ? UserAccess.NONE : UserAccess.WRITE,
        objects);
  }

  private MemoryObject slot(int index, FastGetView.Slot slot) {
    return object(
        "entry " + index,
        "struct sof_fast_get_entry",
        slot.address(),
        0,
        slot.taken() ? Life.LIVE : Life.FREE,
        List.of(
            marked(pointer("sram_ptr", slot.copy()), slot.taken() && slot.copy() == 0),
            marked(
                new Word("refcount", String.valueOf(slot.refCount()), null, false),
                slot.refCount() != holds(slot.copy()))));
  }

  /** How often the modules hold a copy. */
  private int holds(int copy) {
    int holds = 0;
    for (int module = 0; module < model.modules().size(); module++) {
      for (Constants constants : model.objects()) {
        if (firmware.heldCopy(module, constants) == copy) {
          holds += firmware.heldCount(module, constants);
        }
      }
    }
    return holds;
  }

  private @Nullable String entryOf(int copy) {
    List<FastGetView.Slot> slots = view.slots();
    for (int i = 0; i < slots.size(); i++) {
      if (slots.get(i).taken() && slots.get(i).copy() == copy && slots.get(i).refCount() != 0) {
        return "entry " + i;
      }
    }
    return null;
  }

  /** The entry of a copy, without which nothing will free it, and who may read it. */
  private List<Word> users(int heap, int copy) {
    List<Word> words = new ArrayList<>();
    String entry = entryOf(copy);
    words.add(
        marked(new Word("entry", entry == null ? "none" : entry, entry, false), entry == null));
    for (int module = 0; module < model.modules().size(); module++) {
      boolean mayRead = heap == 0 && firmware.isGranted(module);
      if (mayRead && view.contentAt(copy) == Constants.LARGE) {
        words.add(new Word("partition", model.modules().get(module), null, false));
      }
    }
    return words;
  }

  private MemoryObject module(int module) {
    List<Word> words = new ArrayList<>();
    String heap = model.heaps().get(model.heapOf().get(module));
    words.add(new Word("alloc->heap", heap, null, false));
    for (Constants constants : model.objects()) {
      int copy = firmware.heldCopy(module, constants);
      boolean isUsable = entryOf(copy) != null && firmware.mayRead(module, constants);
      words.add(marked(pointer(FastGetModel.name(constants), copy), copy != 0 && !isUsable));
    }
    if (firmware.isGranted(module)) {
      words.add(
          marked(
              new Word("read-only partition", "a page of the system heap", null, false),
              firmware.heldCount(module, Constants.LARGE) == 0));
    }
    return object(
        model.modules().get(module),
        "struct processing_module",
        firmware.heldAddress(module, Constants.SMALL),
        0,
        Life.LIVE,
        words);
  }

  private static Word marked(Word word, boolean isAstray) {
    return isAstray ? word.astray() : word;
  }

  private Word pointer(String field, int address) {
    String target = address == 0 || view.contentAt(address) == null ? null : name(address);
    String value =
        address == 0 ? "NULL" : target == null ? String.format("0x%08x", address) : target;
    return new Word(field, value, target, false);
  }

  private String name(int copy) {
    Constants constants = view.contentAt(copy);
    String what = constants == null ? "nothing" : FastGetModel.name(constants);
    return what + " copy in " + model.heaps().get(view.heapOf(copy));
  }

  private static MemoryObject object(
      String name, String struct, int address, int bytes, Life life, List<Word> words) {
    return new MemoryObject(
        name, struct, Integer.toUnsignedLong(address), bytes, life, false, words);
  }
}
