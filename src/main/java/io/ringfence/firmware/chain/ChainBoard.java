package io.ringfence.firmware.chain;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.client.LlClient;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * What a chain runs on: the LL scheduler of core 0 in the kernel build, one thread that handles the
 * host's messages, two DMA channels, and the count of the lock on power states.
 */
final class ChainBoard {
  private static final Struct.Builder LAYOUT = Struct.define("board");

  /** The only element of the IPC's list of components: the chain, or 0. */
  static final Field COMPONENT = LAYOUT.pointer("comp_list");

  /** Whether the DMA channel to the host runs. */
  static final Field HOST_CHANNEL = LAYOUT.u32("host_channel");

  /** Whether the DMA channel to the link runs. */
  static final Field LINK_CHANNEL = LAYOUT.u32("link_channel");

  /** {@code pm_policy_state_lock_get()} less {@code pm_policy_state_lock_put()}. */
  static final Field POWER_LOCK = LAYOUT.s32("state_lock_cnt");

  /** What the last message came to. */
  static final Field RESULT = LAYOUT.s32("result");

  /** Trace buffer: the private data that are allocated. */
  private static final Field TRACE = LAYOUT.words("trace", ChainTrace.SLOTS);

  private static final Struct STRUCT = LAYOUT.build();

  private final ChainTrace trace = new ChainTrace();
  private final LlClient client;
  private final int at;

  ChainBoard(Design design) {
    this.client = new LlClient(design, true, trace);
    this.at = ll().machine().sofHeap().rzalloc(MemFlags.KERNEL | MemFlags.COHERENT, STRUCT.size());
    trace.attach(ram(), TRACE.in(at));
  }

  LlClient client() {
    return client;
  }

  LlFirmware ll() {
    return client.ll();
  }

  Ram ram() {
    return client.ram();
  }

  Cpu cpu() {
    return client.cpu();
  }

  ChainTrace trace() {
    return trace;
  }

  int get(Field field) {
    return ram().load32(field.in(at));
  }

  void set(Field field, int value) {
    ram().store32(field.in(at), value);
  }

  /** Where the words of the board are. */
  int address() {
    return at;
  }
}
