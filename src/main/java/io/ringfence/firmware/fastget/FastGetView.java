package io.ringfence.firmware.fastget;

import io.ringfence.firmware.fastget.FastGetFirmware.Constants;
import io.ringfence.machine.Access;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a debugger sees of the pool, the heaps and the copies in them. */
public final class FastGetView {
  /**
   * A slot of the pool.
   *
   * @param copy address of the copy, 0 if the slot is free or empty
   */
  public record Slot(int address, boolean taken, int copy, int refCount) {}

  private static final int LINE_BYTES = 64;

  private final FastGetMachine board;
  private final Ram ram;

  FastGetView(FastGetMachine board) {
    this.board = board;
    this.ram = board.ram();
  }

  /** All slots of all sets, in the order in which they are searched. */
  public List<Slot> slots() {
    List<Slot> slots = new ArrayList<>();
    for (int set : board.pools.sets(FastGet.POOL.in(board.data))) {
      List<Integer> entries = board.pools.objects(set);
      for (int i = 0; i < entries.size(); i++) {
        int entry = entries.get(i);
        boolean taken = board.pools.isTaken(set, i);
        slots.add(
            new Slot(
                entry,
                taken,
                taken ? ram.load32(FastGet.SRAM_PTR.in(entry)) : 0,
                taken ? ram.load32(FastGet.REFCOUNT.in(entry)) : 0));
      }
    }
    return slots;
  }

  /** The addresses of the copies in a heap, found by their content; 0 is the system heap. */
  public List<Integer> copies(int heap, Constants constants) {
    FastGetMachine.Heap memory = board.heaps.get(heap);
    List<Integer> copies = new ArrayList<>();
    for (int at = memory.start(); memory.contains(at); at += LINE_BYTES) {
      if (ram.shadow().state(at) == ShadowState.LIVE && contentAt(at) == constants) {
        copies.add(at);
      }
    }
    return copies;
  }

  /** What a copy at an address is a copy of; null if there is none. */
  public @Nullable Constants contentAt(int address) {
    for (Constants constants : Constants.values()) {
      if (ram.load32(address) == constants.firstWord()) {
        return constants;
      }
    }
    return null;
  }

  /** The heap that an address is in; 0 is the system heap. */
  public int heapOf(int address) {
    for (int i = 0; i < board.heaps.size(); i++) {
      if (board.heaps.get(i).contains(address)) {
        return i;
      }
    }
    throw new IllegalArgumentException(String.format("0x%08x is in no heap", address));
  }

  /** First byte of a heap. */
  public int heapStart(int heap) {
    return board.heaps.get(heap).start();
  }

  /** Size of a heap in bytes. */
  public int heapBytes(int heap) {
    return board.heaps.get(heap).bytes();
  }

  /** Whether user mode in a domain can read a page of the system heap. */
  boolean readsSystemHeap(int domain) {
    FastGetMachine.Heap system = board.heaps.get(0);
    for (int page = system.start(); system.contains(page); page += MemoryDomains.PAGE_BYTES) {
      if (board.machine.domains().allows(domain, page, 1, Access.READ)) {
        return true;
      }
    }
    return false;
  }
}
