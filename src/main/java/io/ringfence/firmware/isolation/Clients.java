package io.ringfence.firmware.isolation;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * What clients hold, in RAM: a pointer each, and of a thread what has become of it. Some kernel
 * clients keep their pointer where user space can write it, which is why nothing but the pointer's
 * address says who holds what.
 */
public final class Clients {
  private static final Struct.Builder CLIENT = Struct.define("client");
  private static final Field POINTER = CLIENT.pointer("ptr");
  private static final Field DONE = CLIENT.u32("done");
  private static final Field DEAD = CLIENT.u32("dead");
  private static final Struct CLIENT_STRUCT = CLIENT.build();

  /** Where in the sysuser partition the exposed pointers lie. */
  private static final int EXPOSED_POINTERS = 1024;

  private final Cpu cpu;
  private final Ram ram;
  private final int sysuser;
  private final int exposed;
  private final boolean keepsPointers;
  private final int firstOutsider;
  private final int table;

  /**
   * Makes the table of all clients.
   *
   * @param exposed how many kernel clients, the first ones, keep their pointer in user memory
   * @param clients number of all clients in the table
   * @param outsiders how many of them, the last ones, are not in the LL domain
   */
  Clients(Design design, HeapBuild build, int exposed, int clients, int outsiders) {
    this.cpu = build.cpu;
    this.ram = build.machine.ram();
    this.sysuser = build.sysuser;
    this.exposed = exposed;
    this.keepsPointers = design.has(Fix.KERNEL_KEEPS_POINTERS);
    this.firstOutsider = clients - outsiders;
    this.table = build.machine.allocateStatic(CLIENT_STRUCT.size() * clients);
  }

  /** The address of a client's own record; for a thread it is that of its frame, too. */
  int record(int client) {
    return table + CLIENT_STRUCT.size() * client;
  }

  /** Whether a kernel client is one of those that load their pointer from user memory. */
  boolean isExposed(int client) {
    return client < exposed;
  }

  private int get(Field field, int client) {
    return ram.load32(record(client) + field.offset());
  }

  private void set(Field field, int client, int value) {
    ram.store32(record(client) + field.offset(), value);
  }

  /** Where a client keeps its pointer. */
  public int pointerAddress(int client) {
    return isExposed(client) && !keepsPointers
        ? exposedPointer(client)
        : POINTER.in(record(client));
  }

  /** Where user space finds the pointer of an exposed client, or would. */
  int exposedPointer(int client) {
    return sysuser + EXPOSED_POINTERS + 4 * client;
  }

  /** The address that a client holds, 0 for none. */
  public int held(int client) {
    return ram.load32(pointerAddress(client));
  }

  /** Stores what a kernel client holds, as the code that runs now. */
  void hold(int client, int address) {
    cpu.store32(pointerAddress(client), address);
  }

  /** Notes that a thread was given a block. */
  void give(int thread, int block) {
    set(POINTER, thread, block);
    set(DONE, thread, 0);
  }

  /** Notes that a thread has freed what it holds; it keeps the pointer. */
  void finish(int thread) {
    set(DONE, thread, 1);
  }

  /** Notes that a thread was killed. */
  void kill(int thread) {
    set(DEAD, thread, 1);
  }

  /** Whether a thread has freed what it holds. */
  public boolean isDone(int client) {
    return get(DONE, client) != 0;
  }

  /** Whether a thread was killed. */
  public boolean isDead(int client) {
    return get(DEAD, client) != 0;
  }

  /** Whether a thread is in the LL domain. */
  public boolean isInLlDomain(int client) {
    return client < firstOutsider;
  }
}
