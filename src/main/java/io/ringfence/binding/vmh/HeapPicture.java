package io.ringfence.binding.vmh;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.VirtualHeap;
import io.ringfence.firmware.virtualheap.HeapClients;
import io.ringfence.firmware.virtualheap.HeapThreads;
import io.ringfence.firmware.virtualheap.VirtualHeapFirmware;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Draws the heap with its blocks, the virtual pages, and what clients and threads hold. */
final class HeapPicture {
  private final HeapModel model;
  private final VirtualHeapFirmware firmware;
  private final VirtualHeap heap;

  HeapPicture(HeapModel model, VirtualHeapFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.heap = firmware.functions();
  }

  MemoryPicture draw() {
    int bytes = firmware.pageCount() * PageDriver.PAGE_BYTES;
    return new MemoryPicture(
        List.of(
            region("kernel", 0, 0, List.of(heapObject())),
            region("virtual region", firmware.region(), bytes, allocators()),
            region("virtual pages", 0, 0, pages()),
            region("clients", 0, 0, clients()),
            region("threads", 0, 0, threads())));
  }

  private static MemoryPicture.Region region(
      String name, int address, int bytes, List<MemoryObject> objects) {
    return new MemoryPicture.Region(
        name, Integer.toUnsignedLong(address), bytes, MemoryPicture.UserAccess.NONE, objects);
  }

  private static MemoryObject object(
      String name, String struct, int address, int bytes, Life life, List<Word> words) {
    return new MemoryObject(
        name, struct, Integer.toUnsignedLong(address), bytes, life, false, words);
  }

  private MemoryObject heapObject() {
    return object(
        "virtual_buffers_heap",
        "struct vmh_heap",
        firmware.heap(),
        VirtualHeap.STRUCT.size(),
        Life.LIVE,
        List.of(
            pointer("lock.owner", owner(), firmware.mutexOwner() == 0),
            plain("allocating_continuously", String.valueOf(firmware.isContiguous())),
            plain("free physical pages", String.valueOf(firmware.freePhysicalPages()))));
  }

  private String owner() {
    for (int i = 0; i < firmware.threadCount(); i++) {
      if (firmware.threads().address(i) == firmware.mutexOwner()) {
        return model.threads().get(i);
      }
    }
    return "nobody";
  }

  private List<MemoryObject> allocators() {
    List<MemoryObject> objects = new ArrayList<>();
    for (int i = 0; i < model.bundles().size(); i++) {
      if (model.bundles().get(i).blockBytes() != 0) {
        objects.add(allocator(i));
      }
    }
    return objects;
  }

  private MemoryObject allocator(int bundle) {
    int count = heap.blockCount(firmware.heap(), bundle);
    int blockBytes = heap.blockBytes(firmware.heap(), bundle);
    int first = heap.firstBlock(firmware.heap(), bundle);
    List<MemoryObject> blocks = new ArrayList<>();
    for (int block = 0; block < count; block++) {
      blocks.add(block(bundle, block, first + block * blockBytes, blockBytes));
    }
    return object(
            "allocator " + (bundle + 1),
            "sys_mem_blocks",
            first,
            count * blockBytes,
            Life.LIVE,
            List.of(
                plain("num_blocks", String.valueOf(count)),
                plain("block size", blockBytes + " bytes")))
        .holding(blocks);
  }

  private MemoryObject block(int bundle, int block, int address, int bytes) {
    boolean isTaken = heap.isTaken(firmware.heap(), bundle, block);
    boolean isMapped = isMapped(address, 1);
    return object(
        name(address),
        "block",
        address,
        bytes,
        isTaken ? isMapped ? Life.LIVE : Life.RAW : Life.FREE,
        List.of(
            plain("bitmap", isTaken ? "taken" : "free"),
            plain(
                "allocation_sizes",
                heap.isSpanned(firmware.heap(), bundle, block) ? "goes on" : "ends"),
            plain("first page", isMapped ? "mapped" : "not mapped")));
  }

  private List<MemoryObject> pages() {
    List<MemoryObject> objects = new ArrayList<>();
    for (int page = 0; page < firmware.pageCount(); page++) {
      boolean isMapped = firmware.isMapped(page);
      objects.add(
          object(
              "page " + page,
              "page",
              firmware.region() + page * PageDriver.PAGE_BYTES,
              PageDriver.PAGE_BYTES,
              isMapped ? Life.LIVE : Life.FREE,
              List.of(plain("mapped", isMapped ? "yes" : "no"))));
    }
    return objects;
  }

  /** A pointer of a client is astray if its block is free, not aligned, or not all mapped. */
  private List<MemoryObject> clients() {
    HeapClients clients = firmware.clients();
    List<MemoryObject> objects = new ArrayList<>();
    for (int i = 0; i < firmware.clientCount(); i++) {
      int pointer = clients.pointer(i);
      int bytes = clients.bytes(i);
      Word word = pointer("ptr", name(pointer), pointer == 0);
      boolean isAstray =
          pointer != 0
              && !(isTaken(pointer)
                  && isMapped(pointer, bytes)
                  && (pointer & clients.align(i) - 1) == 0);
      objects.add(
          object(
              model.slots().get(i),
              "void *",
              clients.address(i),
              0,
              Life.LIVE,
              List.of(
                  isAstray ? word.astray() : word,
                  plain("bytes", String.valueOf(bytes)),
                  plain("align", String.valueOf(clients.align(i))))));
    }
    return objects;
  }

  /** The pointer of a call is what went astray if the call stopped its thread. */
  private List<MemoryObject> threads() {
    HeapThreads threads = firmware.threads();
    List<MemoryObject> objects = new ArrayList<>();
    for (int i = 0; i < firmware.threadCount(); i++) {
      int pointer = threads.pointer(i);
      boolean isStopped = threads.pc(i) == HeapThreads.Pc.STOPPED;
      Word word = pointer("ptr", name(pointer), pointer == 0);
      objects.add(
          object(
              model.threads().get(i),
              "struct k_thread",
              threads.address(i),
              0,
              Life.LIVE,
              List.of(
                  plain(
                      "pc",
                      (isStopped ? threads.why(i) : threads.pc(i)).name().toLowerCase(Locale.ROOT)),
                  isStopped ? word.astray() : word,
                  plain("size", String.valueOf(threads.bytes(i))))));
    }
    return objects;
  }

  private boolean isTaken(int address) {
    for (int i = 0; i < model.bundles().size(); i++) {
      int block = block(i, address);
      if (block >= 0) {
        return heap.isTaken(firmware.heap(), i, block);
      }
    }
    return false;
  }

  private boolean isMapped(int address, int bytes) {
    int first = (address - firmware.region()) / PageDriver.PAGE_BYTES;
    int last = (address + bytes - 1 - firmware.region()) / PageDriver.PAGE_BYTES;
    for (int page = first; page <= last; page++) {
      if (!firmware.isMapped(page)) {
        return false;
      }
    }
    return true;
  }

  /** The index of the block of a bundle that an address lies in, or -1. */
  private int block(int bundle, int address) {
    if (model.bundles().get(bundle).blockBytes() == 0) {
      return -1;
    }
    int offset = address - heap.firstBlock(firmware.heap(), bundle);
    int block = offset / heap.blockBytes(firmware.heap(), bundle);
    return offset >= 0 && block < heap.blockCount(firmware.heap(), bundle) ? block : -1;
  }

  /** The name of the block that an address lies in, and how far in; NULL for 0. */
  private String name(int address) {
    for (int i = 0; i < model.bundles().size() && address != 0; i++) {
      int block = block(i, address);
      if (block >= 0) {
        return "block " + (i + 1) + "." + block;
      }
    }
    return "NULL";
  }

  private static Word plain(String field, String value) {
    return new Word(field, value, null, false);
  }

  private static Word pointer(String field, String target, boolean isNull) {
    return new Word(field, target, isNull ? null : target, false);
  }
}
