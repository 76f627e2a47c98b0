package io.ringfence.binding.cache;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.firmware.cached.CachedBlocks;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the lines in memory, each core's copies of them, and what the clients hold. */
final class CachedBlocksPicture {
  private static final int LINE_BYTES = 64;
  private static final List<String> HEAPS = List.of("system heap", "virtual heap", "region");

  private final CachedBlocksModel model;
  private final CachedBlocks firmware;

  private CachedBlocksPicture(CachedBlocksModel model, CachedBlocks firmware) {
    this.model = model;
    this.firmware = firmware;
  }

  static MemoryPicture draw(CachedBlocksModel model, CachedBlocks firmware) {
    return new CachedBlocksPicture(model, firmware).draw();
  }

  private MemoryPicture draw() {
    List<MemoryPicture.Region> regions = new ArrayList<>();
    List<MemoryPicture.MemoryObject> memory = new ArrayList<>();
    model.lines().forEach(line -> memory.add(memoryLine(line)));
    regions.add(region(HEAPS.get(model.source().ordinal()), memory));
    for (int core = 0; core < model.cores().size(); core++) {
      List<MemoryPicture.MemoryObject> copies = new ArrayList<>();
      for (int line : model.lines()) {
        copies.add(copy(core, line));
      }
      regions.add(region("cache of " + model.cores().get(core), copies));
    }
    List<MemoryPicture.MemoryObject> clients = new ArrayList<>();
    for (int client = 0; client < model.names().size(); client++) {
      clients.add(client(client));
    }
    regions.add(region("clients", clients));
    return new MemoryPicture(List.copyOf(regions));
  }

  private MemoryPicture.MemoryObject memoryLine(int line) {
    int holder = holder(line);
    MemoryPicture.Word word = word("word 0", String.valueOf(firmware.memory(line)), null);
    boolean astray =
        holder >= 0 && !firmware.holdsCached(holder) && isLost(holder, firmware.memory(line));
    return object(
        "line " + line,
        "cache line",
        firmware.lineAddress(line),
        LINE_BYTES,
        holder < 0
            ? MemoryPicture.Life.FREE
            : firmware.lastWritten(holder) == CachedBlocks.UNWRITTEN
                ? MemoryPicture.Life.RAW
                : MemoryPicture.Life.LIVE,
        List.of(astray ? word.astray() : word));
  }

  private MemoryPicture.MemoryObject copy(int core, int line) {
    boolean valid = firmware.isCached(core, line);
    int holder = holder(line);
    String state = !valid ? "absent" : firmware.isDirty(core, line) ? "dirty" : "clean";
    MemoryPicture.Word word =
        word("word 0", valid ? String.valueOf(firmware.copy(core, line)) : "-", null);
    boolean astray =
        valid
            && holder >= 0
            && firmware.holdsCached(holder)
            && (model.clients().isShared(holder) || firmware.owner(holder) == core)
            && isLost(holder, firmware.copy(core, line));
    return object(
        model.cores().get(core) + " line " + line,
        "copy of a cache line",
        firmware.lineAddress(line),
        LINE_BYTES,
        valid ? MemoryPicture.Life.LIVE : MemoryPicture.Life.ABSENT,
        List.of(word("state", state, "line " + line), astray ? word.astray() : word));
  }

  private boolean isLost(int holder, int value) {
    int last = firmware.lastWritten(holder);
    return last != CachedBlocks.UNWRITTEN && last != value;
  }

  private int holder(int line) {
    for (int client = 0; client < model.names().size(); client++) {
      if (firmware.pointer(client) != 0 && firmware.line(client) == line) {
        return client;
      }
    }
    return -1;
  }

  private MemoryPicture.MemoryObject client(int client) {
    List<MemoryPicture.Word> words = new ArrayList<>();
    if (firmware.pointer(client) == 0) {
      words.add(word("ptr", "NULL", null));
    } else {
      String target = "line " + firmware.line(client);
      String alias = firmware.holdsCached(client) ? "cached" : "uncached";
      words.add(word("ptr", target + ", " + alias, target));
      words.add(word("owner", model.cores().get(firmware.owner(client)), null));
      words.add(word("last_written", String.valueOf(firmware.lastWritten(client)), null));
    }
    return object(
        model.names().get(client),
        model.clients().isShared(client) ? "used on all cores" : "used on one core at a time",
        firmware.clientAddress(client),
        0,
        MemoryPicture.Life.LIVE,
        words);
  }

  private static MemoryPicture.Region region(
      String name, List<MemoryPicture.MemoryObject> objects) {
    return new MemoryPicture.Region(name, 0, 0, MemoryPicture.UserAccess.NONE, objects);
  }

  private static MemoryPicture.MemoryObject object(
      String name,
      String struct,
      int address,
      int size,
      MemoryPicture.Life life,
      List<MemoryPicture.Word> words) {
    return new MemoryPicture.MemoryObject(
        name, struct, Integer.toUnsignedLong(address), size, life, false, words);
  }

  private static MemoryPicture.Word word(String field, String value, @Nullable String target) {
    return new MemoryPicture.Word(field, value, target, false);
  }
}
