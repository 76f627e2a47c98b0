package io.ringfence.firmware.objects;

import io.ringfence.firmware.Design;

/**
 * Boot, the IPC thread and the LL threads, as far as they allocate, grant and use kernel objects.
 * All state is in RAM.
 */
public final class ObjectsFirmware {
  private final ObjectsMachine machine = new ObjectsMachine();
  private final BootCalls boot;
  private final TaskCalls tasks;

  /** Prepares to boot. */
  public ObjectsFirmware(Design design) {
    this.boot = new BootCalls(design, machine);
    this.tasks = new TaskCalls(design, machine);
  }

  /** Memory, threads and objects. */
  public ObjectsMachine machine() {
    return machine;
  }

  /** What happens at boot. */
  public BootCalls boot() {
    return boot;
  }

  /** What happens to a task. */
  public TaskCalls tasks() {
    return tasks;
  }
}
