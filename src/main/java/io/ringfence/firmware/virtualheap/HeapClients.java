package io.ringfence.firmware.virtualheap;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** What clients keep, in RAM: a pointer into the heap, and what they asked for. */
public final class HeapClients {
  private static final Struct.Builder LAYOUT = Struct.define("client");
  private static final Field POINTER = LAYOUT.pointer("ptr");
  private static final Field BYTES = LAYOUT.u32("bytes");
  private static final Field ALIGN = LAYOUT.u32("align");
  private static final Struct STRUCT = LAYOUT.build();

  private final Cpu cpu;
  private final int table;

  /** Names the clients in a table of {@link #tableBytes}. */
  HeapClients(Cpu cpu, int table) {
    this.cpu = cpu;
    this.table = table;
  }

  static int tableBytes(int clients) {
    return STRUCT.size() * clients;
  }

  /** The address of what a client keeps. */
  public int address(int client) {
    return table + STRUCT.size() * client;
  }

  /** The pointer that a client holds, 0 if it holds none. */
  public int pointer(int client) {
    return cpu.load(POINTER, address(client));
  }

  /** The size that a client asked for, 0 if it holds nothing. */
  public int bytes(int client) {
    return cpu.load(BYTES, address(client));
  }

  /** The alignment that a client asked for, 0 if it holds nothing. */
  public int align(int client) {
    return cpu.load(ALIGN, address(client));
  }

  /** Lets a client hold a block. */
  void hold(int client, int pointer, int bytes, int align) {
    cpu.store(POINTER, address(client), pointer);
    cpu.store(BYTES, address(client), bytes);
    cpu.store(ALIGN, address(client), align);
  }

  /** Lets a client forget what it holds. */
  void forget(int client) {
    hold(client, 0, 0, 0);
  }
}
