package io.ringfence.binding.chunks;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.ThreadEnd;
import io.ringfence.firmware.chunks.ChunkFirmware;
import io.ringfence.firmware.chunks.LastCall;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.MemoryDomains;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws the chunks of the heap, the kernel object beside it and what the threads hold. */
final class ChunksPicture {
  private static final String SEMAPHORE = "k_sem";

  private final ChunksModel model;
  private final ChunkFirmware firmware;
  private final HeapView view;
  private final HeapCheck check;
  private final Set<Integer> chunks;

  private ChunksPicture(ChunksModel model, ChunkFirmware firmware, HeapView view) {
    this.model = model;
    this.firmware = firmware;
    this.view = view;
    this.check = new HeapCheck(model, firmware, view);
    this.chunks = view.walk();
  }

  static MemoryPicture draw(ChunksModel model, ChunkFirmware firmware, HeapView view) {
    return new ChunksPicture(model, firmware, view).draw();
  }

  private MemoryPicture draw() {
    List<MemoryPicture.MemoryObject> headers = new ArrayList<>();
    for (int chunk : chunks) {
      headers.add(chunk(chunk));
    }
    return new MemoryPicture(
        List.of(
            region(
                model.beside() ? "table of chunks" : "LL heap",
                firmware.unitAddress(0),
                firmware.isWritable(0)
                    ? MemoryPicture.UserAccess.WRITE
                    : MemoryPicture.UserAccess.NONE,
                headers),
            region(
                "kernel page",
                firmware.unitAddress(firmware.kernelUnit()),
                MemoryPicture.UserAccess.NONE,
                List.of(semaphore())),
            new MemoryPicture.Region("threads", 0, 0, MemoryPicture.UserAccess.NONE, clients()),
            new MemoryPicture.Region(
                "last call", 0, 0, MemoryPicture.UserAccess.NONE, List.of(lastCall()))));
  }

  private static MemoryPicture.Region region(
      String name,
      int address,
      MemoryPicture.UserAccess access,
      List<MemoryPicture.MemoryObject> objects) {
    return new MemoryPicture.Region(
        name, Integer.toUnsignedLong(address), MemoryDomains.PAGE_BYTES, access, objects);
  }

  private MemoryPicture.MemoryObject chunk(int chunk) {
    boolean used = view.isUsed(chunk);
    List<MemoryPicture.Word> words = new ArrayList<>();
    int right = chunk + view.size(chunk);
    String left = name(chunk - view.left(chunk));
    words.add(
        marked(
            header(chunk, 0, "LEFT_SIZE", String.valueOf(view.left(chunk)), left),
            check.isLeftAstray(chunk)));
    words.add(
        marked(
            header(
                chunk,
                1,
                "SIZE_AND_USED",
                view.size(chunk) + (used ? " used" : " free"),
                right == chunk ? null : name(right)),
            check.isSizeAstray(chunk)));
    if (!used) {
      words.add(marked(link(chunk, 2, "FREE_PREV", view.prev(chunk)), check.isPrevAstray(chunk)));
      words.add(marked(link(chunk, 3, "FREE_NEXT", view.next(chunk)), check.isNextAstray(chunk)));
    }
    if (chunk == 0) {
      words.addAll(lists());
    }
    return new MemoryPicture.MemoryObject(
        name(chunk),
        chunk == 0 ? "struct z_heap" : "chunk_unit_t",
        Integer.toUnsignedLong(firmware.unitAddress(chunk)),
        (long) view.size(chunk) * ChunkFirmware.UNIT_BYTES,
        used ? MemoryPicture.Life.LIVE : MemoryPicture.Life.FREE,
        false,
        words);
  }

  /** The rest of the z_heap: the lists of free chunks, and the counts. */
  private List<MemoryPicture.Word> lists() {
    List<MemoryPicture.Word> words = new ArrayList<>();
    String bits = "0b" + Integer.toBinaryString(view.word(HeapView.AVAILABLE));
    words.add(zHeap("avail_buckets", HeapView.AVAILABLE, bits, null, check.isAvailableAstray()));
    words.add(count("free_bytes", HeapView.FREE_BYTES, check.isFreeBytesAstray()));
    words.add(count("allocated_bytes", HeapView.ALLOCATED_BYTES, check.isAllocatedBytesAstray()));
    for (int bucket = 0; bucket < view.buckets(); bucket++) {
      String head = view.head(bucket) == 0 ? null : name(view.head(bucket));
      words.add(
          zHeap(
              "buckets[" + bucket + "].next",
              view.headWord(bucket),
              head == null ? "0" : head,
              head,
              check.isHeadAstray(bucket)));
    }
    return words;
  }

  private MemoryPicture.Word count(String name, int number, boolean isAstray) {
    return zHeap(name, number, Integer.toUnsignedString(view.word(number)), null, isAstray);
  }

  private MemoryPicture.Word zHeap(
      String name, int number, String value, @Nullable String target, boolean isAstray) {
    boolean byUser = firmware.ram().shadow().isUserWritten(view.wordAddress(number));
    return marked(new MemoryPicture.Word(name, value, target, byUser), byUser || isAstray);
  }

  private static MemoryPicture.Word marked(MemoryPicture.Word word, boolean isAstray) {
    return isAstray ? word.astray() : word;
  }

  private MemoryPicture.Word link(int chunk, int field, String name, int target) {
    return header(chunk, field, name, String.valueOf(target), name(target));
  }

  /** A field of a header; what user space wrote there leads the allocator astray. */
  private MemoryPicture.Word header(
      int chunk, int field, String name, String value, @Nullable String target) {
    boolean byUser = firmware.ram().shadow().isUserWritten(firmware.unitAddress(chunk) + 2 * field);
    MemoryPicture.Word word = new MemoryPicture.Word(name, value, target, byUser);
    return byUser ? word.astray() : word;
  }

  private String name(int unit) {
    if (unit == firmware.kernelUnit()) {
      return SEMAPHORE;
    }
    return chunks.contains(unit) ? "chunk " + unit : "unit " + unit;
  }

  private MemoryPicture.MemoryObject semaphore() {
    int address = firmware.unitAddress(firmware.kernelUnit());
    return new MemoryPicture.MemoryObject(
        SEMAPHORE,
        "struct k_sem",
        Integer.toUnsignedLong(address),
        ChunkFirmware.UNIT_BYTES,
        MemoryPicture.Life.LIVE,
        false,
        List.of(kernelWord("count", address), kernelWord("limit", address + 4)));
  }

  /** Both words are 1 as long as nobody but the kernel's own code wrote them. */
  private MemoryPicture.Word kernelWord(String name, int address) {
    int value = firmware.ram().load32(address);
    MemoryPicture.Word word =
        new MemoryPicture.Word(name, String.format("0x%08x", value), null, false);
    return value == ChunkFirmware.SEMAPHORE_VALUE ? word : word.astray();
  }

  private List<MemoryPicture.MemoryObject> clients() {
    List<MemoryPicture.MemoryObject> objects = new ArrayList<>();
    for (int client = 0; client < model.slots().size(); client++) {
      boolean none = firmware.bytes(client) == 0;
      String target = none ? null : name(view.chunkOf(firmware.pointer(client)));
      objects.add(
          new MemoryPicture.MemoryObject(
              model.slots().get(client),
              "void *",
              0,
              0,
              none || firmware.isLive(client) ? MemoryPicture.Life.LIVE : MemoryPicture.Life.FREE,
              false,
              List.of(
                  marked(
                      new MemoryPicture.Word(
                          "ptr", target == null ? "NULL" : target, target, false),
                      check.isPointerAstray(client)),
                  marked(
                      new MemoryPicture.Word(
                          "bytes", Integer.toUnsignedString(firmware.bytes(client)), null, false),
                      check.isLengthAstray(client)))));
    }
    return objects;
  }

  /** The last call; its argument went astray if the verifier let one pass that is not valid. */
  private MemoryPicture.MemoryObject lastCall() {
    List<MemoryPicture.Word> words = new ArrayList<>();
    LastCall.Call call = firmware.lastCall();
    boolean isAstray =
        switch (firmware.lastArgument()) {
          case NONE, VALID -> false;
          case ALIGN, INSIDE, STRAY -> firmware.lastWhy() != Why.VERIFY;
        };
    if (call != LastCall.Call.NONE) {
      words.add(new MemoryPicture.Word("call", lower(call), null, false));
    }
    if (call == LastCall.Call.ALLOC) {
      String align = Integer.toUnsignedString(firmware.lastAlign());
      words.add(marked(new MemoryPicture.Word("align", align, null, false), isAstray));
    }
    if (call == LastCall.Call.FREE) {
      int address = firmware.lastAddress();
      String target = name(view.chunkOf(address));
      String value = String.format("0x%08x in %s", address, target);
      words.add(marked(new MemoryPicture.Word("mem", value, target, false), isAstray));
    }
    if (firmware.lastWhy() != Why.NOTHING) {
      words.add(
          new MemoryPicture.Word("ended by", ThreadEnd.text(firmware.lastWhy()), null, false));
    }
    return new MemoryPicture.MemoryObject(
        "last call", "struct last_call", 0, 0, MemoryPicture.Life.LIVE, false, words);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
