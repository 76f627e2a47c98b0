package io.ringfence.binding.ll;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.ll.LlConfig;
import io.ringfence.firmware.thread.Dispatch.Discipline;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model's constants, read as a configuration of the firmware. */
record LlModel(
    Design design,
    boolean user,
    boolean dynamic,
    Discipline discipline,
    boolean prepared,
    List<String> tasks,
    List<Integer> priorities,
    List<String> kernelTasks,
    List<String> clients,
    List<Integer> cores,
    List<String> userThreads,
    int maxInits,
    int maxCount,
    int tickLimit) {
  static final Set<String> CONSTANTS =
      Set.of(
          "Variant",
          "Fixes",
          "Defects",
          "Build",
          "Dynamic",
          "Discipline",
          "Prepared",
          "Tasks",
          "Priority",
          "KernelTasks",
          "Clients",
          "CoreOf",
          "UserThreads",
          "MaxInits",
          "MaxCount",
          "TickLimit");

  /** The LL thread. */
  static final String LL = "ll0";

  /** The thread that sets all up, which the spec does not have. */
  private static final LlConfig.ClientThread BOOT =
      new LlConfig.ClientThread("boot", 0, 1, false, false);

  /** The task that the user build sets its thread up with, which the spec does not have. */
  private static final LlConfig.TaskMemory BOOTSTRAP = new LlConfig.TaskMemory("bootstrap", false);

  private static final List<String> CORES = List.of("c0", "c1");
  private static final int CLIENT_PRIORITY = 1;
  private static final int MOST_PRIORITY = 9;
  private static final int MOST_INITS = 3;
  private static final int MOST_COUNTED = 9;
  private static final int MOST_TICKS = 10;
  private static final int SPARE_OBJECTS = 8;
  private static final int HEAP_PAGES = 2;

  /** The spec's {@code Fuel}. */
  private static final int FUEL = 16;

  static LlModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("LlScheduler", values);
    boolean user = constants.text("Build").equals("user");
    Design design = Designs.read(constants, switches);
    Set<SchedulerType> userTypes =
        user ? Set.of(SchedulerType.LL_TIMER, SchedulerType.DP) : Set.of();
    List<String> tasks = constants.names("Tasks");
    List<String> clients = constants.names("Clients");
    List<Integer> priorities = new ArrayList<>();
    for (String task : tasks) {
      priorities.add(constants.number("Priority", task, -1, MOST_PRIORITY));
    }
    List<Integer> cores = new ArrayList<>();
    for (String client : clients) {
      cores.add(CORES.indexOf(constants.text("CoreOf", client)));
    }
    return new LlModel(
        new Design(design.variant(), design.fixes(), design.defects(), true, userTypes),
        user,
        constants.bool("Dynamic"),
        Discipline.valueOf(constants.text("Discipline")),
        constants.bool("Prepared"),
        tasks,
        priorities,
        constants.names("KernelTasks"),
        clients,
        cores,
        constants.names("UserThreads"),
        constants.number("MaxInits", 1, MOST_INITS),
        constants.number("MaxCount", 1, MOST_COUNTED),
        constants.number("TickLimit", 1, MOST_TICKS));
  }

  LlConfig config() {
    List<LlConfig.ClientThread> threads = new ArrayList<>();
    for (int i = 0; i < clients.size(); i++) {
      String name = clients.get(i);
      threads.add(
          new LlConfig.ClientThread(
              name, cores.get(i), CLIENT_PRIORITY, userThreads.contains(name), false));
    }
    threads.add(BOOT);
    List<LlConfig.TaskMemory> memory = new ArrayList<>();
    tasks.forEach(task -> memory.add(new LlConfig.TaskMemory(task, kernelTasks.contains(task))));
    memory.add(BOOTSTRAP);
    return new LlConfig(
        design,
        user,
        dynamic,
        CORES.size(),
        tickLimit,
        List.of(SchedulerType.LL_TIMER.ordinal()),
        threads,
        memory,
        tasks.size() * maxInits + SPARE_OBJECTS,
        HEAP_PAGES,
        Set.of(),
        FUEL);
  }

  /** The cores that threads of the model are on, in order. */
  List<String> coreNames() {
    return cores.contains(1) ? CORES : CORES.subList(0, 1);
  }

  /** The name of the n-th private data of a task, counted from 0. */
  String generation(int task, int n) {
    return tasks.get(task) + (n + 1);
  }
}
