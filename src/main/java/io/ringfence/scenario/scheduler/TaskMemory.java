package io.ringfence.scenario.scheduler;

import io.ringfence.firmware.edf.EdfTask;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.scenario.scheduler.AllocatedObjects.Allocated;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The memory of the tasks, which their owners allocate and release. */
final class TaskMemory {
  private static final String PREFIX = "task(";

  private final LlFirmware firmware;
  private final AllocatedObjects objects;
  private final Map<String, Allocated> tasks = new LinkedHashMap<>();

  TaskMemory(LlFirmware firmware, AllocatedObjects objects) {
    this.firmware = firmware;
    this.objects = objects;
  }

  /** The address of a task, whose memory is allocated at the first use of its name. */
  int address(String name) {
    if (name.equals("NULL")) {
      return 0;
    }
    Allocated task = tasks.get(name);
    return task == null ? allocate(name) : task.address();
  }

  /** The address of a task that its owner is about to initialize: released memory is replaced. */
  int fresh(String name) {
    Allocated task = tasks.get(name);
    return task != null && !objects.isLive(task) ? allocate(name) : address(name);
  }

  private int allocate(String name) {
    int bytes = EdfTask.STRUCT.size();
    int address = allocate(bytes);
    adopt(name, new Allocated("task", label(name), "", address, bytes));
    return address;
  }

  /** Allocates zeroed memory for a client. */
  int allocate(int bytes) {
    firmware.kernel().enterInterrupt(0);
    int address = firmware.machine().sofHeap().alloc(0, MemFlags.KERNEL, bytes, 0);
    firmware.machine().cpu().zero(address, bytes);
    return address;
  }

  static String label(String name) {
    return PREFIX + name + ")";
  }

  /** Takes memory for a task that was allocated otherwise. */
  void adopt(String name, Allocated memory) {
    tasks.put(name, memory);
    if (!memory.isListed()) {
      objects.add(memory);
    }
  }

  /** The memory of a task, or null if its name was not used yet. */
  @Nullable Allocated memory(String name) {
    return tasks.get(name);
  }

  /** The owner releases the memory. */
  void release(Allocated memory) {
    firmware.ram().shadow().release(memory.address(), memory.size());
    objects.release(memory);
  }

  /** All tasks whose names were used. */
  Map<String, Allocated> all() {
    return tasks;
  }

  /** The name of the task at an address, whether or not its memory is still there. */
  String name(int address) {
    Allocated memory = objects.at(address);
    String label = memory == null ? "" : memory.label();
    return label.startsWith(PREFIX)
        ? label.substring(PREFIX.length(), label.length() - 1)
        : "no task";
  }
}
