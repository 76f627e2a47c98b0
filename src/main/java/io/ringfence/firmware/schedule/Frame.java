package io.ringfence.firmware.schedule;

import io.ringfence.firmware.kernel.CallResult;
import io.ringfence.firmware.kernel.Label;
import io.ringfence.firmware.kernel.Threads;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;

/** The frame of the CPU's current thread. */
final class Frame {
  private final Platform platform;
  private final Ram ram;

  Frame(Platform platform) {
    this.platform = platform;
    this.ram = platform.ram();
  }

  int get(Field field) {
    return Threads.get(ram, platform.cpu().thread(), field);
  }

  void set(Field field, int value) {
    Threads.set(ram, platform.cpu().thread(), field, value);
  }

  void jump(Label next) {
    Threads.jump(ram, platform.cpu().thread(), next);
  }

  /** Returns to the caller. */
  void ret(int value) {
    ret(value, 0, Threads.NONE, 0);
  }

  /** Returns to the caller, and notes what the call was about. */
  void ret(int value, int task, int type, int via) {
    int thread = platform.cpu().thread();
    Threads.clear(ram, thread);
    CallResult.write(ram, platform.callResult(), thread, value, task, type, via);
  }
}
