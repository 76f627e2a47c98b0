package io.ringfence.binding.pages;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.pages.PageFirmware;
import java.util.ArrayList;
import java.util.List;

/** Draws the table, the pages and what the clients hold. */
final class PagesPicture {
  private PagesPicture() {}

  static MemoryPicture draw(PagesModel model, PageFirmware firmware) {
    return new MemoryPicture(
        List.of(
            region("vpage_context", List.of(context(model, firmware.pages()))),
            region("virtual pages", pages(firmware)),
            region("clients", clients(model, firmware))));
  }

  private static MemoryPicture.Region region(
      String name, List<MemoryPicture.MemoryObject> objects) {
    return new MemoryPicture.Region(name, 0, 0, MemoryPicture.UserAccess.NONE, objects);
  }

  private static MemoryPicture.MemoryObject context(PagesModel model, VirtualPages pages) {
    List<MemoryPicture.Word> words = new ArrayList<>();
    words.add(word("free_pages", pages.get(VirtualPages.FREE_PAGES)));
    words.add(word("num_elems_in_use", pages.get(VirtualPages.IN_USE)));
    for (int i = 0; i < model.maxAllocations(); i++) {
      String target = pages.entryPages(i) == 0 ? null : "page " + pages.entryFirst(i);
      words.add(
          new MemoryPicture.Word(
              "velems[" + i + "]",
              target == null ? "empty" : target + ", " + pages.entryPages(i) + " pages",
              target,
              false));
    }
    return object(
        "vpage_ctx", "struct vpage_context", pages.context(), MemoryPicture.Life.LIVE, words);
  }

  private static List<MemoryPicture.MemoryObject> pages(PageFirmware firmware) {
    List<MemoryPicture.MemoryObject> objects = new ArrayList<>();
    for (int page = 0; page < firmware.pageCount(); page++) {
      boolean taken = firmware.pages().isTaken(page);
      boolean mapped = firmware.isMapped(page);
      objects.add(
          object(
              "page " + page,
              "page",
              firmware.pageAddress(page),
              taken
                  ? MemoryPicture.Life.LIVE
                  : mapped ? MemoryPicture.Life.RAW : MemoryPicture.Life.FREE,
              List.of(
                  new MemoryPicture.Word("bitmap", taken ? "taken" : "free", null, false),
                  new MemoryPicture.Word("mapped", mapped ? "yes" : "no", null, false))));
    }
    return objects;
  }

  private static List<MemoryPicture.MemoryObject> clients(PagesModel model, PageFirmware firmware) {
    List<MemoryPicture.MemoryObject> objects = new ArrayList<>();
    for (int i = 0; i < firmware.clients(); i++) {
      boolean holds = firmware.heldPages(i) != 0;
      String target = holds ? "page " + firmware.heldFirst(i) : null;
      objects.add(
          object(
              model.slots().get(i),
              "void *",
              firmware.clientAddress(i),
              MemoryPicture.Life.LIVE,
              List.of(
                  new MemoryPicture.Word("ptr", target == null ? "NULL" : target, target, false),
                  word("pages", firmware.heldPages(i)))));
    }
    return objects;
  }

  private static MemoryPicture.MemoryObject object(
      String name,
      String struct,
      int address,
      MemoryPicture.Life life,
      List<MemoryPicture.Word> words) {
    return new MemoryPicture.MemoryObject(
        name, struct, Integer.toUnsignedLong(address), 0, life, false, words);
  }

  private static MemoryPicture.Word word(String field, int value) {
    return new MemoryPicture.Word(field, String.valueOf(value), null, false);
  }
}
