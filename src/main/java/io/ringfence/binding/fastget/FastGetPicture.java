package io.ringfence.binding.fastget;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.fastget.FastGetFirmware;
import io.ringfence.firmware.fastget.FastGetFirmware.Constants;
import io.ringfence.firmware.fastget.FastGetFirmware.Result;
import io.ringfence.firmware.fastget.FastGetView;
import java.util.ArrayList;
import java.util.List;

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
                name(copy), "const data", copy, constants.bytes(), Life.LIVE, readers(heap, copy)));
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
            pointer("sram_ptr", slot.copy()),
            new Word("refcount", String.valueOf(slot.refCount()), null, false)));
  }

  private List<Word> readers(int heap, int copy) {
    List<Word> words = new ArrayList<>();
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
    boolean isStray = firmware.result() == Result.STRAY;
    for (Constants constants : model.objects()) {
      int copy = firmware.heldCopy(module, constants);
      Word word = pointer(FastGetModel.name(constants), copy);
      words.add(isStray && copy != 0 ? word.astray() : word);
    }
    if (firmware.isGranted(module)) {
      words.add(new Word("read-only partition", "a page of the system heap", null, false));
    }
    return object(
        model.modules().get(module),
        "struct processing_module",
        firmware.heldAddress(module, Constants.SMALL),
        0,
        Life.LIVE,
        words);
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
