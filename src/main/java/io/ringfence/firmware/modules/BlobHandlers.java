package io.ringfence.firmware.modules;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.FunctionTable;
import io.ringfence.machine.Struct;
import java.util.function.IntConsumer;

/**
 * Handlers of data blobs (SOF src/audio/data_blob.c, 12dd726529): where they come from and how they
 * are freed. A handler lies in the LL user heap, with the functions in it that the kernel calls to
 * free it; in a build without that heap, in the system heap.
 */
public final class BlobHandlers {
  private static final Struct.Builder LAYOUT = Struct.define("comp_data_blob_handler");
  private static final Field DEV = LAYOUT.pointer("dev");

  static {
    LAYOUT.u32("data_size");
    LAYOUT.u32("new_data_size");
  }

  /** The blob, or 0. */
  static final Field DATA = LAYOUT.pointer("data");

  /** The next blob, or 0. */
  static final Field DATA_NEW = LAYOUT.pointer("data_new");

  static {
    LAYOUT.bool("data_ready");
    LAYOUT.u32("data_pos");
    LAYOUT.u32("single_blob");
  }

  private static final Field ALLOC = LAYOUT.function("alloc");

  /** What frees a blob. */
  static final Field FREE = LAYOUT.function("free");

  static {
    LAYOUT.function("validator");
  }

  /** The whole structure. */
  static final Struct STRUCT = LAYOUT.build();

  private static final String DEFAULT_ALLOC = "default_alloc";
  private static final String DEFAULT_FREE = "default_free";

  private final Cpu cpu;
  private final SofHeap heap;
  private final FunctionTable<IntConsumer> code;
  private final Design design;

  /**
   * Makes the functions.
   *
   * @param code the kernel's code, in which {@link #define} has put ours
   */
  BlobHandlers(Cpu cpu, SofHeap heap, FunctionTable<IntConsumer> code, Design design) {
    this.cpu = cpu;
    this.heap = heap;
    this.code = code;
    this.design = design;
  }

  /** Gives the functions that handlers point to a place in the kernel's code. */
  static void define(FunctionTable.Builder<IntConsumer> code, SofHeap heap) {
    code.add(
        DEFAULT_ALLOC,
        bytes -> heap.alloc(heap.userHeap(), MemFlags.USER | MemFlags.LARGE_BUFFER, bytes, 0));
    code.add(DEFAULT_FREE, blob -> heap.free(heap.userHeap(), blob));
  }

  /** Makes a handler, or returns 0 ({@code comp_data_blob_handler_new_ext}). */
  int make(int device) {
    int handler = heap.alloc(heap.userHeap(), MemFlags.USER, STRUCT.size(), 0);
    if (handler != 0) {
      cpu.zero(handler, STRUCT.size());
      cpu.store(DEV, handler, device);
      cpu.store(ALLOC, handler, code.address(DEFAULT_ALLOC));
      cpu.store(FREE, handler, code.address(DEFAULT_FREE));
    }
    return handler;
  }

  /**
   * Frees a handler and its blobs with the function that it names; 0 has no effect ({@code
   * comp_data_blob_handler_free}).
   */
  void free(int handler) {
    if (handler == 0) {
      return;
    }
    if (cpu.load(DATA, handler) != 0) {
      freeBlob(handler, cpu.load(DATA, handler));
      freeBlob(handler, cpu.load(DATA_NEW, handler));
      cpu.store(DATA, handler, 0);
      cpu.store(DATA_NEW, handler, 0);
    }
    heap.free(heap.userHeap(), handler);
  }

  /** Without a user heap the handler lies in kernel memory, and is to be trusted. */
  private void freeBlob(int handler, int blob) {
    if (!design.has(Fix.FREE_BLOBS_BY_HEAP) || heap.userHeap() == 0) {
      cpu.fetch(code, cpu.load(FREE, handler)).accept(blob);
    } else if (heap.isHeapPointer(heap.userHeap(), blob)) {
      heap.free(heap.userHeap(), blob);
    }
  }

  // What a debugger reads.

  /** Whether a handler names another function than it was made with. */
  boolean isForged(int handler) {
    return cpu.ram().load32(FREE.in(handler)) != code.address(DEFAULT_FREE);
  }
}
