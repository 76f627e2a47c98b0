package io.ringfence.scenario.scheduler;

import io.ringfence.firmware.ll.LlFirmware;

/** The firmware, and the names of what is in it. */
record World(
    LlFirmware firmware,
    ThreadNames threads,
    AllocatedObjects objects,
    TaskMemory tasks,
    Labels labels,
    AllocationFailures failures) {

  static World of(LlFirmware firmware) {
    AllocatedObjects objects = new AllocatedObjects();
    TaskMemory tasks = new TaskMemory(firmware, objects);
    Labels labels = new Labels(firmware, tasks, objects);
    return new World(
        firmware, new ThreadNames(firmware), objects, tasks, labels, new AllocationFailures());
  }

  /** The name of the processor's current thread. */
  String current() {
    return threads.name(firmware.machine().cpu().thread());
  }
}
