package io.ringfence.binding.edf;

import io.ringfence.binding.BindingException;
import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.edf.EdfFirmware;
import io.ringfence.firmware.ll.LlConfig;
import io.ringfence.firmware.ll.LlConfig.ClientThread;
import io.ringfence.firmware.ll.LlConfig.TaskMemory;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.thread.Dispatch.Discipline;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a model of the spec describes.
 *
 * @param clients the threads of clients, in the order of the firmware
 * @param calls what clients call
 * @param runCalls what run callbacks call
 * @param completeCalls what completion callbacks call
 */
record EdfModel(
    Design design,
    Discipline discipline,
    List<String> tasks,
    List<String> clients,
    Set<String> calls,
    Set<String> runCalls,
    Set<String> completeCalls) {

  static final Set<String> CONSTANTS = constants();

  /** The name of the queue's thread. */
  static final String QUEUE = "edf";

  private static final List<Discipline> DISCIPLINES = List.of(Discipline.SMP, Discipline.UP);

  /** The name of the longer delay. */
  static final String LATER = "later";

  /** What a delay can be. */
  static final List<String> DELAYS = List.of("now", LATER);

  private static final int HEAP_PAGES = 2;

  /** As in the source; no LL thread is made here. */
  private static final int TICK_LIMIT = 10;

  private static final int WALK_LIMIT = 16;
  private static final int OBJECTS = 4;

  private static Set<String> constants() {
    Set<String> names = new HashSet<>(Designs.CONSTANTS);
    names.addAll(
        Set.of("Asserts", "Discipline", "Tasks", "Clients", "Calls", "RunCalls", "CompleteCalls"));
    return Set.copyOf(names);
  }

  static EdfModel read(Map<String, Value> constants, Switches switches) {
    NamedValues given = new NamedValues("EdfScheduler", constants);
    Design design = Designs.read(given, switches);
    List<String> clients = given.names("Clients");
    clients.forEach(EdfModel::priority);
    int discipline = given.index("Discipline", DISCIPLINES.stream().map(Discipline::name).toList());
    return new EdfModel(
        new Design(
            design.variant(), design.fixes(), design.defects(), given.bool("Asserts"), Set.of()),
        DISCIPLINES.get(discipline),
        given.names("Tasks"),
        clients,
        Set.copyOf(given.names("Calls")),
        Set.copyOf(given.names("RunCalls")),
        Set.copyOf(given.names("CompleteCalls")));
  }

  /** The priority of a client: one preempts the thread of the queue, one is preempted by it. */
  private static int priority(String client) {
    return switch (client) {
      case "ipcx0" -> EdfFirmware.PRIORITY - 1;
      case "ipc0" -> EdfFirmware.PRIORITY + 1;
      default -> throw new BindingException("EdfScheduler: no client is called '" + client + "'");
    };
  }

  /** All threads by their names in the spec. */
  List<String> threads() {
    List<String> threads = new ArrayList<>(clients);
    threads.add(QUEUE);
    return threads;
  }

  /** Builds the firmware, with the EDF scheduler registered. */
  LlFirmware firmware() {
    LlFirmware firmware =
        new LlFirmware(
            new LlConfig(
                design,
                false,
                false,
                1,
                TICK_LIMIT,
                List.of(SchedulerType.LL_TIMER.ordinal()),
                clients.stream()
                    .map(name -> new ClientThread(name, 0, priority(name), false, false))
                    .toList(),
                tasks.stream().map(name -> new TaskMemory(name, true)).toList(),
                OBJECTS,
                HEAP_PAGES,
                Set.of(),
                WALK_LIMIT),
            Tracing.NONE);
    firmware.edf().schedulerInit(firmware.thread(0), false);
    return firmware;
  }
}
