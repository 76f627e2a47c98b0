package io.ringfence.firmware.boot;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.SchedulerType;
import java.util.List;

/**
 * What to build and with how much of it.
 *
 * @param bootOrder for each core the types that it registers, in order; its size is {@code
 *     CONFIG_CORE_COUNT}, at least 1
 * @param kernelBlocks how many registry objects the system heap has room for
 * @param userBlocks the same for the LL user heap
 * @param registryBlocks the same for the heap that user threads may read but not write
 */
public record FirmwareConfig(
    Design design,
    List<List<SchedulerType>> bootOrder,
    List<ThreadConfig> threads,
    List<TaskConfig> tasks,
    int kernelBlocks,
    int userBlocks,
    int registryBlocks) {

  /**
   * A thread.
   *
   * @param user whether it runs in user mode, in the LL memory domain
   * @param core the core that it is pinned to; there is one kernel thread for each core
   */
  public record ThreadConfig(String name, boolean user, int core) {}

  /**
   * A {@code struct task}.
   *
   * @param inUserMemory whether it lies where user threads can write it
   */
  public record TaskConfig(String name, boolean inUserMemory) {}

  /** Copies the lists. */
  public FirmwareConfig {
    bootOrder = bootOrder.stream().map(List::copyOf).toList();
    threads = List.copyOf(threads);
    tasks = List.copyOf(tasks);
  }

  int cores() {
    return bootOrder.size();
  }
}
