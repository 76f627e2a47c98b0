package io.ringfence.firmware.l3;

import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.machine.Ram;
import java.util.Set;
import java.util.TreeSet;

/** What a debugger sees of the L3 heap: reads RAM and changes nothing. Blocks count from 1. */
public final class L3View {
  /** Instead of a block's number: it does not have the content that its client wrote. */
  public static final int DAMAGED = -1;

  private static final int CHUNK_BYTES = 8;

  private final L3Firmware firmware;
  private final L3Machine machine;
  private final Ram ram;

  L3View(L3Firmware firmware, L3Machine machine) {
    this.firmware = firmware;
    this.machine = machine;
    this.ram = machine.ram();
  }

  /** Whether the heap's memory is mapped. */
  public boolean isMapped() {
    return machine.isL3Mapped();
  }

  /** Whether {@code l3_heap} points to a heap. */
  public boolean isHeap() {
    return ram.load32(machine.l3Heap + SysHeap.HEAP.offset()) != 0;
  }

  /** Whether {@code l3_heap_copy} points to a heap. */
  public boolean isCopy() {
    return ram.load32(machine.l3HeapCopy + SysHeap.HEAP.offset()) != 0;
  }

  /** The blocks that are allocated, as the processor sees the heap. */
  public Set<Integer> live() {
    return isHeap() ? allocated(machine.l3Start) : Set.of();
  }

  /** The blocks that are allocated, as the IMR has the heap. */
  public Set<Integer> saved() {
    return isCopy() ? allocated(machine.image) : Set.of();
  }

  private Set<Integer> allocated(int heap) {
    Set<Integer> blocks = new TreeSet<>();
    HeapDump.of(ram, heap, false, false).chunks().stream()
        .filter(chunk -> chunk.get(0) != 0 && chunk.get(1) != 0 && chunk.get(2) != 0)
        .forEach(chunk -> blocks.add(block(chunk.get(0) * CHUNK_BYTES)));
    return blocks;
  }

  private static int block(int offset) {
    return 1 + offset / L3Firmware.BLOCK_BYTES;
  }

  /**
   * The block that a client has, 0 if none, {@link #DAMAGED} if its content is not the client's.
   */
  public int held(L3Firmware.Client client) {
    return blockOf(firmware.pointer(client), machine.l3Start, client);
  }

  /** The block that the saved context names, 0 if none; its content is that of the IMR. */
  public int savedLibrary() {
    int address = firmware.savedBase();
    return blockOf(
        address == 0 ? 0 : address - machine.l3Start + machine.image,
        machine.image,
        L3Firmware.Client.LIBRARY);
  }

  private int blockOf(int address, int start, L3Firmware.Client client) {
    if (address == 0) {
      return 0;
    }
    return ram.load32(address) == L3Firmware.mark(client) ? block(address - start) : DAMAGED;
  }

  /** First byte of the L3 heap's memory. */
  public int l3Start() {
    return machine.l3Start;
  }

  /** Size of the L3 heap's memory in bytes. */
  public int l3Bytes() {
    return machine.l3Bytes();
  }

  /** Address of {@code l3_heap}. */
  public int l3Heap() {
    return machine.l3Heap;
  }

  /** Address of {@code l3_heap_copy}. */
  public int l3HeapCopy() {
    return machine.l3HeapCopy;
  }

  /** First byte of the static objects in SRAM. */
  public int sramStart() {
    return machine.sramStart;
  }

  /** Address of the module's pointer. */
  public int modulePointer() {
    return firmware.modulePointer();
  }

  /** The message that is kept for the next notification, 0 if none is. */
  public int pool() {
    return firmware.pool();
  }

  /** Whether that message exists. */
  public boolean isPoolLive() {
    return firmware.isPoolLive();
  }

  /** That message in the saved context, 0 if there is none. */
  public int savedPool() {
    return firmware.savedPool();
  }

  /** The library's context as the table of libraries has it, 0 if it has none. */
  public int context() {
    return firmware.context();
  }

  /** Whether that context exists. */
  public boolean isContextLive() {
    return firmware.isContextLive();
  }
}
