package io.ringfence.binding.domain;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.ll.LlConfig;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model's constants, read as a configuration of the firmware. */
record DomainModel(
    Design design,
    boolean user,
    List<String> clients,
    List<Integer> remote,
    Set<Setup> setups,
    boolean teardown,
    boolean blocking,
    List<Integer> interruptCores,
    int maxTasks,
    int tickLimit) {
  static final Set<String> CONSTANTS =
      Set.of(
          "Variant",
          "Fixes",
          "Defects",
          "Build",
          "Clients",
          "Remote",
          "Setups",
          "Teardown",
          "Blocking",
          "IsrCores",
          "MaxTasks",
          "TickLimit");

  /** Which thread sets up the LL thread of which core. */
  record Setup(String thread, int core) {}

  static final int CORES = 2;

  /** In the user build a user thread, which schedules for other cores as well. */
  static final String IPC = "ipc0";

  private static final List<String> STARTERS = List.of("k0", "k1");
  private static final List<String> BOOT = List.of("boot0", "boot1");

  /** The user build cannot have the other bugs. */
  private static final Set<Defect> OF_USER_BUILD =
      EnumSet.of(
          Defect.SUSPEND_AND_WAKE,
          Defect.NO_STOP_IN_CALLBACK,
          Defect.NO_DOMAIN_LOCK,
          Defect.TEARDOWN_LOCKS_DOMAIN_FIRST);

  private static final int CLIENT_PRIORITY = 1;
  private static final int MOST_TASKS = 9;
  private static final int MOST_TICKS = 10;
  private static final int OBJECTS = 16;
  private static final int HEAP_PAGES = 2;
  private static final int WALK_LIMIT = 16;

  static DomainModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("LlDomain", values);
    boolean user = constants.text("Build").equals("user");
    Design design = Designs.read(constants, switches);
    if (user && !OF_USER_BUILD.containsAll(design.defects())) {
      throw constants.wrong("Defects", "bugs that the user build had");
    }
    Set<SchedulerType> userTypes =
        user ? Set.of(SchedulerType.LL_TIMER, SchedulerType.DP) : Set.of();
    return new DomainModel(
        new Design(design.variant(), design.fixes(), design.defects(), false, userTypes),
        user,
        constants.names("Clients"),
        constants.numbers("Remote", 0, CORES - 1),
        Setups.read(constants),
        constants.bool("Teardown"),
        constants.bool("Blocking"),
        constants.numbers("IsrCores", 0, CORES - 1),
        constants.number("MaxTasks", 0, MOST_TASKS),
        constants.number("TickLimit", 1, MOST_TICKS));
  }

  /** The threads that set up and tear down. */
  List<String> starters() {
    return user ? STARTERS : List.of();
  }

  /** The place of a task of a core among the firmware's tasks. */
  int taskOf(int core, int index) {
    return core * maxTasks + index;
  }

  /** The same, of the task for which a starter sets up. */
  int taskOf(String starter) {
    return CORES * maxTasks + STARTERS.indexOf(starter);
  }

  /** Whether a client runs in user mode. */
  boolean isUserThread(String client) {
    return user && client.equals(IPC);
  }

  /** The cores that a client schedules tasks for. */
  List<Integer> coresOf(String client) {
    return isUserThread(client) ? remote : List.of(core(client));
  }

  /** The core of a thread, which is the end of its name. */
  static int core(String thread) {
    return thread.charAt(thread.length() - 1) - '0';
  }

  LlConfig config() {
    List<LlConfig.ClientThread> threads = threads().stream().map(this::thread).toList();
    List<LlConfig.TaskMemory> tasks = new ArrayList<>();
    for (int task = 0; task < CORES * maxTasks + starters().size(); task++) {
      tasks.add(new LlConfig.TaskMemory("task" + task, false));
    }
    return new LlConfig(
        design,
        user,
        user,
        CORES,
        tickLimit,
        List.of(SchedulerType.LL_TIMER.ordinal()),
        threads,
        tasks,
        OBJECTS,
        HEAP_PAGES,
        Set.of(ObjectType.SEM),
        WALK_LIMIT);
  }

  private LlConfig.ClientThread thread(String name) {
    return new LlConfig.ClientThread(name, core(name), CLIENT_PRIORITY, isUserThread(name), false);
  }

  /** The firmware's threads at boot: the user build has its IPC thread, whether it calls or not. */
  List<String> threads() {
    List<String> names = new ArrayList<>(clients);
    if (user && !clients.contains(IPC)) {
      names.add(IPC);
    }
    names.addAll(starters());
    names.addAll(BOOT);
    return names;
  }

  /** The place of a thread among the firmware's threads. */
  int indexOf(String thread) {
    return threads().indexOf(thread);
  }

  /** The place of the thread that boots a core. */
  int bootThread(int core) {
    return indexOf(BOOT.get(core));
  }
}
