package io.ringfence.binding.ll;

import io.ringfence.firmware.ll.LlMachine;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.Ram;
import org.jspecify.annotations.Nullable;

/**
 * A trace buffer in RAM, which the firmware's tracing hooks fill: which private data were allocated
 * for which task, and for which tasks the tick in progress started the callback. Decides, for one
 * step at a time, which allocation fails.
 */
final class LlTrace implements Tracing {
  private static final int WORD = 4;

  private final LlModel model;
  private @Nullable Ram ram;
  private int buffer;
  private int firstTask;
  private int taskBytes;
  private int kernelTask;
  private String failing = "";

  LlTrace(LlModel model) {
    this.model = model;
  }

  /** Says where the buffer is, and the tasks are. */
  void attach(LlMachine machine) {
    this.ram = machine.ram();
    this.buffer = machine.address("trace_buffer");
    this.firstTask = machine.address("tasks");
    this.taskBytes = machine.map().symbol("tasks").elementSize();
    this.kernelTask = machine.address("kernel_tasks");
  }

  /** The next allocation of this kind fails; none for an empty name. */
  void failNext(String what) {
    failing = what;
  }

  @Override
  public boolean failsAllocation(String what, int subject) {
    return what.equals(failing);
  }

  @Override
  public void allocated(String what, int subject, int address, int heap, int flags) {
    if (ram != null && what.equals("pdata")) {
      int task = indexOf(subject);
      if (task < model.tasks().size()) {
        ram.store32(slot(task, count(task)), address);
      }
    }
  }

  private int indexOf(int task) {
    int inUser = (task - firstTask) / taskBytes;
    int inKernel = (task - kernelTask) / taskBytes;
    return inUser >= 0 && inUser <= model.tasks().size() ? inUser : inKernel;
  }

  /** How many private data were allocated for a task. */
  int count(int task) {
    int count = 0;
    while (count < model.maxInits() && pdata(task, count) != 0) {
      count++;
    }
    return count;
  }

  /** The address of the n-th private data of a task, or 0. */
  int pdata(int task, int n) {
    return load(slot(task, n));
  }

  private int slot(int task, int n) {
    return buffer + WORD * (1 + task * model.maxInits() + n);
  }

  /** The tasks whose callbacks the tick started, one bit each. */
  int ran() {
    return load(buffer);
  }

  /** Begins a tick. */
  void beginTick() {
    ram().store32(buffer, 0);
  }

  /** The tick starts the callback of a task. */
  void starts(int task) {
    ram().store32(buffer, ran() | 1 << indexOf(task));
  }

  private int load(int address) {
    return ram().load32(address);
  }

  private Ram ram() {
    if (ram == null) {
      throw new IllegalStateException("not attached");
    }
    return ram;
  }
}
