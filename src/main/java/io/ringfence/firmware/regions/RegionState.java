package io.ringfence.firmware.regions;

import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** What the clients of a region keep in RAM: their pointers, and where each thread stands. */
final class RegionState {
  private static final Struct.Builder THREAD = Struct.define("thread");
  private static final Field REGION = THREAD.pointer("vreg");
  private static final Field STEP = THREAD.u32("pc");
  private static final Field TAKING = THREAD.u32("slot");
  private static final Field ROOM = THREAD.pointer("ptr");
  private static final Field ROOM_BYTES = THREAD.u32("size");
  private static final Struct THREAD_STRUCT = THREAD.build();

  private static final Struct.Builder SLOT = Struct.define("slot");
  private static final Field POINTER = SLOT.pointer("ptr");
  private static final Field BYTES = SLOT.u32("size");
  private static final Struct SLOT_STRUCT = SLOT.build();

  private static final Struct.Builder SYSTEM = Struct.define("system");
  private static final Field NEWEST = SYSTEM.pointer("newest vreg");
  private static final Field CONTEXT = SYSTEM.pointer("alloc");
  private static final Field DEVICE = SYSTEM.pointer("dev");
  private static final Field STOPPED = SYSTEM.u32("stopped");
  private static final Field CULPRIT = SYSTEM.u32("culprit");
  private static final Field RESULT = SYSTEM.u32("result");
  private static final Struct SYSTEM_STRUCT = SYSTEM.build();

  private final Cpu cpu;
  private final int threads;
  private final int slots;
  private final int slotCount;
  private final int system;

  RegionState(RegionMachine machine, int slotCount) {
    this.cpu = machine.cpu;
    this.slotCount = slotCount;
    this.threads =
        machine.small.allocateStatic(THREAD_STRUCT.size() * RegionThread.values().length);
    this.slots = machine.small.allocateStatic(SLOT_STRUCT.size() * slotCount);
    this.system = machine.small.allocateStatic(SYSTEM_STRUCT.size());
  }

  private int get(Field field, RegionThread thread) {
    return cpu.load(field, threads + THREAD_STRUCT.size() * thread.ordinal());
  }

  private void set(Field field, RegionThread thread, int value) {
    cpu.store(field, threads + THREAD_STRUCT.size() * thread.ordinal(), value);
  }

  /** The region that a thread refers to, or 0. */
  int region(RegionThread thread) {
    return get(REGION, thread);
  }

  void setRegion(RegionThread thread, int region) {
    set(REGION, thread, region);
  }

  RegionThread.Step step(RegionThread thread) {
    return RegionThread.Step.values()[get(STEP, thread)];
  }

  void setStep(RegionThread thread, RegionThread.Step step) {
    set(STEP, thread, step.ordinal());
  }

  int takingSlot(RegionThread thread) {
    return get(TAKING, thread);
  }

  int roomAddress(RegionThread thread) {
    return get(ROOM, thread);
  }

  int roomBytes(RegionThread thread) {
    return get(ROOM_BYTES, thread);
  }

  void setRoom(RegionThread thread, int slot, int address, int bytes) {
    set(TAKING, thread, slot);
    set(ROOM, thread, address);
    set(ROOM_BYTES, thread, bytes);
  }

  int slots() {
    return slotCount;
  }

  private int slotAddress(int slot) {
    return slots + SLOT_STRUCT.size() * slot;
  }

  int pointer(int slot) {
    return cpu.load(POINTER, slotAddress(slot));
  }

  int bytes(int slot) {
    return cpu.load(BYTES, slotAddress(slot));
  }

  void hold(int slot, int pointer, int bytes) {
    cpu.store(POINTER, slotAddress(slot), pointer);
    cpu.store(BYTES, slotAddress(slot), bytes);
  }

  /** The region that was made last, whether it still exists or not. */
  int newest() {
    return cpu.load(NEWEST, system);
  }

  void setNewest(int region) {
    cpu.store(NEWEST, system, region);
  }

  int context() {
    return cpu.load(CONTEXT, system);
  }

  void setContext(int context) {
    cpu.store(CONTEXT, system, context);
  }

  int device() {
    return cpu.load(DEVICE, system);
  }

  void setDevice(int device) {
    cpu.store(DEVICE, system, device);
  }

  Why stopped() {
    return Why.at(cpu.load(STOPPED, system));
  }

  /** What stopped the system: the address of a fault, or else an argument of the call. */
  int culprit() {
    return cpu.load(CULPRIT, system);
  }

  void setStopped(Why why, int culprit) {
    cpu.store(STOPPED, system, why.ordinal());
    cpu.store(CULPRIT, system, culprit);
  }

  RegionFirmware.Result result() {
    return RegionFirmware.Result.values()[cpu.load(RESULT, system)];
  }

  void setResult(RegionFirmware.Result result) {
    cpu.store(RESULT, system, result.ordinal());
  }
}
