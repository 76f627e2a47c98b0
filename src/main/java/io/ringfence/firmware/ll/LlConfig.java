package io.ringfence.firmware.ll;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.objects.ObjectType;
import java.util.List;
import java.util.Set;

/**
 * What a firmware with the LL scheduler is built and started with.
 *
 * @param design fixes, defects, and whether assertions are compiled in
 * @param user the user build ({@code CONFIG_SOF_USERSPACE_LL})
 * @param dynamicObjects {@code CONFIG_DYNAMIC_OBJECTS}; the user build always has it
 * @param cores {@code CONFIG_CORE_COUNT}
 * @param tickLimit how many ticks an LL thread can miss, 10 in the source
 * @param domains the types of scheduler that have a timer domain
 * @param threads the threads of clients
 * @param tasks the names of tasks that have static memory
 * @param objects how many kernel objects there can ever be
 * @param heapPages size of each heap
 * @param reused the types of kernel objects whose memory is used again when they are freed; a stale
 *     handle to one of another type always leads to nothing
 * @param walkLimit a walk along a list that comes to more nodes than this never ends
 */
public record LlConfig(
    Design design,
    boolean user,
    boolean dynamicObjects,
    int cores,
    int tickLimit,
    List<Integer> domains,
    List<ClientThread> threads,
    List<TaskMemory> tasks,
    int objects,
    int heapPages,
    Set<ObjectType> reused,
    int walkLimit) {

  /**
   * A thread of a client.
   *
   * @param name as in the corpus and in the specification, such as {@code ipc0}
   * @param prio lower is better, negative is cooperative
   * @param user whether it runs in user mode, in the memory domain of the LL threads
   * @param isr whether it stands for an interrupt handler
   */
  public record ClientThread(String name, int core, int prio, boolean user, boolean isr) {}

  /**
   * The memory of a task.
   *
   * @param kernel whether it is memory that user threads may not access
   */
  public record TaskMemory(String name, boolean kernel) {}

  /** Copies the lists. */
  public LlConfig {
    domains = List.copyOf(domains);
    threads = List.copyOf(threads);
    tasks = List.copyOf(tasks);
    reused = Set.copyOf(reused);
    if (user && !dynamicObjects) {
      throw new IllegalArgumentException("the user build has dynamic objects");
    }
  }
}
