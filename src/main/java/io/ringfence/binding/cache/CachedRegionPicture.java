package io.ringfence.binding.cache;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.firmware.cached.CachedRegion;
import io.ringfence.firmware.cached.CachedRegion.Content;
import io.ringfence.firmware.cached.CachedRegion.Part;
import java.util.ArrayList;
import java.util.List;

/** Draws the region in memory and as each core has it in its cache, and what the clients hold. */
final class CachedRegionPicture {
  private final CachedRegionModel model;
  private final CachedRegion firmware;

  private CachedRegionPicture(CachedRegionModel model, CachedRegion firmware) {
    this.model = model;
    this.firmware = firmware;
  }

  static MemoryPicture draw(CachedRegionModel model, CachedRegion firmware) {
    return new CachedRegionPicture(model, firmware).draw();
  }

  private MemoryPicture draw() {
    List<MemoryPicture.Region> regions = new ArrayList<>();
    Content memory = firmware.memory();
    regions.add(
        region(
            "memory",
            List.of(
                control("vregion", memory, life()),
                heap("interim heap", memory, life(), blocks()))));
    for (int core = 0; core < model.cores().size(); core++) {
      String name = model.cores().get(core);
      regions.add(
          region(
              "cache of " + name,
              List.of(
                  control(name + " vregion", firmware.content(core), life(core, Part.CONTROL)),
                  heap(
                      name + " interim heap",
                      firmware.content(core),
                      life(core, Part.HEAP),
                      List.of()))));
    }
    regions.add(region("clients", clients()));
    return new MemoryPicture(List.copyOf(regions));
  }

  private MemoryPicture.Life life() {
    return firmware.isFreed() ? MemoryPicture.Life.FREE : MemoryPicture.Life.LIVE;
  }

  private MemoryPicture.Life life(int core, Part part) {
    return firmware.isCached(core, part) ? MemoryPicture.Life.LIVE : MemoryPicture.Life.ABSENT;
  }

  private MemoryPicture.MemoryObject control(
      String name, Content content, MemoryPicture.Life life) {
    Content latest = firmware.latest();
    List<MemoryPicture.Word> words =
        life == MemoryPicture.Life.ABSENT
            ? List.of()
            : List.of(
                word("use_count", String.valueOf(content.uses()), content.uses() != latest.uses()),
                word(
                    "type",
                    CachedRegionModel.mode(content.mode()),
                    content.mode() != latest.mode()));
    return object(name, "struct vregion", Part.CONTROL, life, words);
  }

  private MemoryPicture.MemoryObject heap(
      String name,
      Content content,
      MemoryPicture.Life life,
      List<MemoryPicture.MemoryObject> inside) {
    String text =
        switch (content.heap()) {
          case 0 -> "no heap";
          case 2 -> "1 block allocated";
          default -> (content.heap() - 1) + " blocks allocated";
        };
    List<MemoryPicture.Word> words =
        life == MemoryPicture.Life.ABSENT
            ? List.of()
            : List.of(word("chunks", text, content.heap() != firmware.latest().heap()));
    return object(name, "struct z_heap", Part.HEAP, life, words).holding(inside);
  }

  private List<MemoryPicture.MemoryObject> blocks() {
    List<MemoryPicture.MemoryObject> blocks = new ArrayList<>();
    for (int block = 0; block < model.blocks().size(); block++) {
      if (firmware.isHeld(block)) {
        blocks.add(
            new MemoryPicture.MemoryObject(
                "block at line " + firmware.line(block),
                "block of " + model.blocks().get(block),
                Integer.toUnsignedLong(firmware.pointer(block)),
                firmware.blockBytes(block),
                MemoryPicture.Life.LIVE,
                false,
                List.of()));
      }
    }
    return blocks;
  }

  private List<MemoryPicture.MemoryObject> clients() {
    List<MemoryPicture.MemoryObject> clients = new ArrayList<>();
    for (int block = 0; block < model.blocks().size(); block++) {
      String target = firmware.isHeld(block) ? "block at line " + firmware.line(block) : null;
      clients.add(
          new MemoryPicture.MemoryObject(
              model.blocks().get(block),
              "void *",
              Integer.toUnsignedLong(firmware.clientAddress(block)),
              0,
              MemoryPicture.Life.LIVE,
              false,
              List.of(
                  new MemoryPicture.Word(
                      "ptr", target == null ? "NULL" : target, target, false, isTwice(block)))));
    }
    return clients;
  }

  /** Whether another client holds the same memory. */
  private boolean isTwice(int block) {
    for (int other = 0; other < model.blocks().size(); other++) {
      if (other != block
          && firmware.isHeld(block)
          && firmware.pointer(other) == firmware.pointer(block)) {
        return true;
      }
    }
    return false;
  }

  private static MemoryPicture.Region region(
      String name, List<MemoryPicture.MemoryObject> objects) {
    return new MemoryPicture.Region(name, 0, 0, MemoryPicture.UserAccess.NONE, objects);
  }

  private MemoryPicture.MemoryObject object(
      String name,
      String struct,
      Part part,
      MemoryPicture.Life life,
      List<MemoryPicture.Word> words) {
    return new MemoryPicture.MemoryObject(
        name,
        struct,
        Integer.toUnsignedLong(firmware.start(part)),
        CachedRegion.bytes(part),
        life,
        false,
        words);
  }

  private static MemoryPicture.Word word(String field, String value, boolean old) {
    MemoryPicture.Word word = new MemoryPicture.Word(field, value, null, false);
    return old ? word.astray() : word;
  }
}
