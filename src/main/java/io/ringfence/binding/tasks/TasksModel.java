package io.ringfence.binding.tasks;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.tasks.TaskFirmware;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model's constants, read as a configuration of the firmware. */
record TasksModel(
    Design design,
    List<String> threads,
    Set<String> kernel,
    List<String> tasks,
    int semaphores,
    int quota,
    int coreCount,
    int cpuCount,
    int maxForgeries) {
  static final Set<String> CONSTANTS =
      Set.of(
          "Variant",
          "Fixes",
          "Defects",
          "Threads",
          "Kernel",
          "Tasks",
          "Semaphores",
          "Quota",
          "CoreCount",
          "CpuCount",
          "MaxForgeries");

  private static final int MOST = 9;

  static TasksModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("TaskSyscalls", values);
    return new TasksModel(
        Designs.read(constants, switches),
        constants.names("Threads"),
        Set.copyOf(constants.names("Kernel")),
        constants.names("Tasks"),
        constants.number("Semaphores", 0, MOST),
        constants.number("Quota", 0, MOST),
        constants.number("CoreCount", 1, MOST),
        constants.number("CpuCount", 1, MOST),
        constants.number("MaxForgeries", 0, MOST));
  }

  /** Whether a thread is the kernel's. */
  boolean isKernel(int thread) {
    return kernel.contains(threads.get(thread));
  }

  TaskFirmware firmware() {
    return new TaskFirmware(
        design, threads.size(), tasks.size(), semaphores, quota, coreCount, cpuCount, maxForgeries);
  }
}
