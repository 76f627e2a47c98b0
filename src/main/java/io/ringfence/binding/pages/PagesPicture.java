package io.ringfence.binding.pages;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.firmware.heap.VirtualPages;
import io.ringfence.firmware.pages.PageFirmware;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws the table, the pages and what the clients hold. What does not fit what the clients hold is
 * marked: the allocator has no other record of who owns what.
 */
final class PagesPicture {
  private final PagesModel model;
  private final PageFirmware firmware;
  private final VirtualPages pages;

  private PagesPicture(PagesModel model, PageFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.pages = firmware.pages();
  }

  static MemoryPicture draw(PagesModel model, PageFirmware firmware) {
    PagesPicture picture = new PagesPicture(model, firmware);
    return new MemoryPicture(
        List.of(
            region("vpage_context", List.of(picture.context())),
            region("virtual pages", picture.virtualPages()),
            region("clients", picture.clients())));
  }

  private static MemoryPicture.Region region(
      String name, List<MemoryPicture.MemoryObject> objects) {
    return new MemoryPicture.Region(name, 0, 0, MemoryPicture.UserAccess.NONE, objects);
  }

  private MemoryPicture.MemoryObject context() {
    int free = pages.get(VirtualPages.FREE_PAGES);
    int inUse = pages.get(VirtualPages.IN_USE);
    List<MemoryPicture.Word> words = new ArrayList<>();
    words.add(marked(word("free_pages", free), isFreePagesAstray(free)));
    words.add(marked(word("num_elems_in_use", inUse), isInUseAstray(inUse)));
    for (int i = 0; i < model.maxAllocations(); i++) {
      String target = pages.entryPages(i) == 0 ? null : "page " + pages.entryFirst(i);
      String value = target == null ? "empty" : target + ", " + pages.entryPages(i) + " pages";
      words.add(
          marked(
              new MemoryPicture.Word("velems[" + i + "]", value, target, false),
              isEntryAstray(i, inUse)));
    }
    return object(
        "vpage_ctx", "struct vpage_context", pages.context(), MemoryPicture.Life.LIVE, words);
  }

  /** Counts neither the pages that no client holds, nor those that are not taken. */
  private boolean isFreePagesAstray(int count) {
    int notHeld = firmware.pageCount();
    for (int client = 0; client < firmware.clients(); client++) {
      notHeld -= firmware.heldPages(client);
    }
    int notTaken = 0;
    for (int page = 0; page < firmware.pageCount(); page++) {
      notTaken += pages.isTaken(page) ? 0 : 1;
    }
    return count != notHeld && count != notTaken;
  }

  /** Counts neither the blocks that clients hold, nor the entries that have a block. */
  private boolean isInUseAstray(int count) {
    int held = 0;
    for (int client = 0; client < firmware.clients(); client++) {
      held += firmware.heldPages(client) == 0 ? 0 : 1;
    }
    int recorded = 0;
    for (int i = 0; i < model.maxAllocations(); i++) {
      recorded += pages.entryPages(i) == 0 ? 0 : 1;
    }
    return count != held && count != recorded;
  }

  /** The entries in use are a client's block each, and the others are empty. */
  private boolean isEntryAstray(int entry, int inUse) {
    if (pages.entryPages(entry) == 0) {
      return entry < inUse;
    }
    return entry >= inUse || !isHeldBlock(pages.entryFirst(entry), pages.entryPages(entry));
  }

  private boolean isHeldBlock(int first, int count) {
    for (int client = 0; client < firmware.clients(); client++) {
      if (firmware.heldPages(client) == count && firmware.heldFirst(client) == first) {
        return true;
      }
    }
    return false;
  }

  private int holders(int page) {
    int holders = 0;
    for (int client = 0; client < firmware.clients(); client++) {
      int into = page - firmware.heldFirst(client);
      holders += into >= 0 && into < firmware.heldPages(client) ? 1 : 0;
    }
    return holders;
  }

  private List<MemoryPicture.MemoryObject> virtualPages() {
    List<MemoryPicture.MemoryObject> objects = new ArrayList<>();
    for (int page = 0; page < firmware.pageCount(); page++) {
      boolean taken = pages.isTaken(page);
      boolean mapped = firmware.isMapped(page);
      boolean held = holders(page) != 0;
      objects.add(
          object(
              "page " + page,
              "page",
              firmware.pageAddress(page),
              taken
                  ? MemoryPicture.Life.LIVE
                  : mapped ? MemoryPicture.Life.RAW : MemoryPicture.Life.FREE,
              List.of(
                  marked(text("bitmap", taken ? "taken" : "free"), taken != held),
                  marked(text("mapped", mapped ? "yes" : "no"), mapped != held))));
    }
    return objects;
  }

  private List<MemoryPicture.MemoryObject> clients() {
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
                  marked(
                      new MemoryPicture.Word(
                          "ptr", target == null ? "NULL" : target, target, false),
                      holds && isBlockAstray(firmware.heldFirst(i), firmware.heldPages(i))),
                  word("pages", firmware.heldPages(i)))));
    }
    return objects;
  }

  /** A block is its client's alone, taken, mapped and in the table, or it cannot be freed. */
  private boolean isBlockAstray(int first, int count) {
    for (int page = first; page < first + count; page++) {
      if (holders(page) > 1 || !pages.isTaken(page) || !firmware.isMapped(page)) {
        return true;
      }
    }
    for (int i = 0; i < model.maxAllocations(); i++) {
      if (pages.entryPages(i) == count && pages.entryFirst(i) == first) {
        return false;
      }
    }
    return true;
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
    return text(field, String.valueOf(value));
  }

  private static MemoryPicture.Word text(String field, String value) {
    return new MemoryPicture.Word(field, value, null, false);
  }

  private static MemoryPicture.Word marked(MemoryPicture.Word word, boolean isAstray) {
    return isAstray ? word.astray() : word;
  }
}
