package io.ringfence.firmware.regions;

import io.ringfence.firmware.heap.HeapPlatform;
import io.ringfence.machine.Cpu;

/** Spinlocks in RAM, and the log of the last step. */
final class RegionPlatform implements HeapPlatform {
  private final Cpu cpu;
  private String lastMessage = "";
  private boolean error;

  RegionPlatform(Cpu cpu) {
    this.cpu = cpu;
  }

  /** Begins a step, about which nothing is logged yet. */
  void clear() {
    lastMessage = "";
    error = false;
  }

  /** Tells why the system stopped. */
  void log(String message) {
    lastMessage = message;
  }

  String lastMessage() {
    return lastMessage;
  }

  /** Whether an error was logged. */
  boolean hasError() {
    return error;
  }

  @Override
  public void error(String message) {
    lastMessage = message;
    error = true;
  }

  @Override
  public void warning(String message) {
    lastMessage = message;
  }

  @Override
  public void lockSpin(int lock) {
    cpu.store32(lock, cpu.load32(lock) + 1);
  }

  @Override
  public void unlockSpin(int lock) {
    cpu.store32(lock, cpu.load32(lock) - 1);
  }
}
