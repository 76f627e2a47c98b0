package io.ringfence.firmware.virtualheap;

import io.ringfence.firmware.heap.VirtualHeap;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * The records of threads in RAM: where each one is in its call of the virtual heap, and the locals
 * of that call. Written by the simulated compiler, so past the memory checks.
 */
public final class HeapThreads {
  /** Where a thread can be between two steps. */
  public enum Pc {
    /** No call in progress. */
    IDLE,
    /** {@code vmh_alloc} has its blocks; next, their pages. */
    MAP,
    /** {@code vmh_free} has freed the blocks; next, their pages. */
    UNMAP,
    /** The thread makes no more progress. */
    STOPPED
  }

  /** What {@link #client} says of a call that no client made. */
  public static final int NOBODY = -1;

  private static final Struct.Builder LAYOUT = Struct.define("thread");
  private static final Field PC = LAYOUT.u32("pc");
  private static final Field CLIENT = LAYOUT.s32("client");
  private static final Field BUNDLE = LAYOUT.s32("mem_block_iterator");
  private static final Field POINTER = LAYOUT.pointer("ptr");
  private static final Field BYTES = LAYOUT.u32("size");
  private static final Field ALIGN = LAYOUT.u32("align");
  private static final Field WHY = LAYOUT.u32("why");
  private static final Struct STRUCT = LAYOUT.build();

  private final Ram ram;
  private final int table;

  /** Names the records in a table of {@link #tableBytes}. */
  HeapThreads(Ram ram, int table) {
    this.ram = ram;
    this.table = table;
  }

  static int tableBytes(int threads) {
    return STRUCT.size() * threads;
  }

  /** The address of a thread's record. */
  public int address(int thread) {
    return table + STRUCT.size() * thread;
  }

  /** Where the thread is. */
  public Pc pc(int thread) {
    return Pc.values()[get(thread, PC)];
  }

  /** The client whose call it is, or {@link #NOBODY}. */
  public int client(int thread) {
    return get(thread, CLIENT);
  }

  /** The allocator's index, or -1 if the call has none yet. */
  public int bundle(int thread) {
    return get(thread, BUNDLE);
  }

  /** The address that is allocated or freed, 0 if none. */
  public int pointer(int thread) {
    return get(thread, POINTER);
  }

  /** The size that is allocated or freed. */
  public int bytes(int thread) {
    return get(thread, BYTES);
  }

  /** The alignment that is asked for, 0 if nothing is allocated. */
  public int align(int thread) {
    return get(thread, ALIGN);
  }

  /** Why the thread stopped. */
  public Why why(int thread) {
    return Why.at(get(thread, WHY));
  }

  /** The locals of the call, as its second step needs them. */
  VirtualHeap.Blocks blocks(int thread) {
    return new VirtualHeap.Blocks(0, bundle(thread), pointer(thread), bytes(thread));
  }

  /** Leaves the thread with no call in progress. */
  void idle(int thread) {
    begin(thread, NOBODY, 0, 0);
  }

  /** Begins a call that frees an address, or that allocates with an alignment. */
  void begin(int thread, int client, int pointer, int align) {
    put(thread, PC, Pc.IDLE.ordinal());
    put(thread, CLIENT, client);
    put(thread, BUNDLE, -1);
    put(thread, POINTER, pointer);
    put(thread, BYTES, 0);
    put(thread, ALIGN, align);
    put(thread, WHY, Why.NOTHING.ordinal());
  }

  /** Lets the thread continue with the second step of its call. */
  void proceed(int thread, Pc pc, VirtualHeap.Blocks blocks) {
    put(thread, PC, pc.ordinal());
    put(thread, BUNDLE, blocks.bundle());
    put(thread, POINTER, blocks.address());
    put(thread, BYTES, blocks.bytes());
  }

  /** Stops the thread where it is. */
  void stop(int thread, Why why) {
    put(thread, PC, Pc.STOPPED.ordinal());
    put(thread, WHY, why.ordinal());
  }

  private int get(int thread, Field field) {
    return ram.load32(address(thread) + field.offset());
  }

  private void put(int thread, Field field, int value) {
    ram.store32(address(thread) + field.offset(), value);
  }
}
