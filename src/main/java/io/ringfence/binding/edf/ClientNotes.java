package io.ringfence.binding.edf;

import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;

/**
 * What clients keep of a task, and of their last call, between their calls. Lies in their data
 * section, where tasks of the user build would be.
 */
final class ClientNotes {
  /** What was called last. The ordinal is what lies in RAM. */
  enum Order {
    NONE,
    RUN,
    STOPPING,
    STOP
  }

  private static final Struct.Builder LAYOUT = Struct.define("note");
  private static final Field HELD = LAYOUT.u32("held");
  private static final Field ORDER = LAYOUT.u32("order");
  private static final Field RESULT = LAYOUT.s32("result");
  private static final Struct STRUCT = LAYOUT.build();

  private final Ram ram;
  private final int address;

  ClientNotes(LlFirmware firmware) {
    this.ram = firmware.ram();
    this.address = firmware.machine().address("tasks");
  }

  private int note(int index) {
    return address + index * STRUCT.size();
  }

  /** Whether a task is initialized and not freed. */
  boolean isHeld(int task) {
    return ram.load32(HELD.in(note(task))) != 0;
  }

  void setHeld(int task, boolean held) {
    ram.store32(HELD.in(note(task)), held ? 1 : 0);
  }

  Order order(int task) {
    return Order.values()[ram.load32(ORDER.in(note(task)))];
  }

  void setOrder(int task, Order order) {
    ram.store32(ORDER.in(note(task)), order.ordinal());
  }

  /** What a client's last call returned. */
  int result(int client) {
    return ram.load32(RESULT.in(note(client)));
  }

  void setResult(int client, int result) {
    ram.store32(RESULT.in(note(client)), result);
  }
}
