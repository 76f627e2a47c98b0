package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.ll.LlConfig;
import io.ringfence.firmware.ll.LlConfig.ClientThread;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.machine.Access;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Region;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The firmware that a scenario runs on. */
final class Setup {
  /** Of all threads: the recorder did not enforce priorities, so nobody is first. */
  static final int PRIORITY = -16;

  private static final int FEWEST_OBJECTS = 256;
  private static final int OBJECTS_PER_STEP = 4;
  private static final int HEAP_PAGES = 32;
  private static final int TICK_LIMIT = 10;
  private static final int WALK_LIMIT = 1000;
  private static final String LL_DMA = SchedulerType.LL_DMA.name();

  private static final int MOST_CORES = 2;

  private Setup() {}

  /** Builds and boots the firmware of a scenario. */
  static LlFirmware firmware(JsonNode scenario, EventLog log) {
    String build = scenario.path("build").asText();
    if (!build.equals("kernel") && !build.equals("user")) {
      throw new BadStepException("there is no build '" + build + "'");
    }
    boolean user = build.equals("user");
    JsonNode config = scenario.path("config");
    int cores = config.path("core_count").asInt();
    if (cores < 1 || cores > MOST_CORES) {
      throw new BadStepException(
          "core_count should be 1 to " + MOST_CORES + " and is " + config.path("core_count"));
    }
    if (user && !config.path("dynamic_objects").asBoolean()) {
      throw new BadStepException("the user build always has dynamic_objects");
    }
    Set<SchedulerType> userTypes =
        user ? Set.of(SchedulerType.LL_TIMER, SchedulerType.DP) : Set.of();
    Design design =
        new Design(
            Variant.MERGED, Set.of(), Set.of(), config.path("assert").asBoolean(), userTypes);
    LlFirmware firmware =
        new LlFirmware(
            new LlConfig(
                design,
                user,
                config.path("dynamic_objects").asBoolean(),
                cores,
                TICK_LIMIT,
                domains(scenario.path("steps")),
                clients(scenario),
                List.of(),
                FEWEST_OBJECTS + OBJECTS_PER_STEP * scenario.path("steps").size(),
                HEAP_PAGES,
                Set.of(),
                WALK_LIMIT),
            log);
    removeProtection(firmware);
    return firmware;
  }

  private static List<Integer> domains(JsonNode steps) {
    List<Integer> domains = new ArrayList<>(List.of(SchedulerType.LL_TIMER.ordinal()));
    if (steps.findValuesAsText("domain").contains(LL_DMA)) {
      domains.add(SchedulerType.LL_DMA.ordinal());
    }
    return domains;
  }

  private static List<ClientThread> clients(JsonNode scenario) {
    Set<String> names = new LinkedHashSet<>();
    for (String key : List.of("on", "to")) {
      names.addAll(scenario.path("steps").findValuesAsText(key));
      names.addAll(scenario.path("tasks").findValuesAsText(key));
    }
    return names.stream()
        .filter(name -> !ThreadNames.isOwnThread(name))
        .map(Setup::client)
        .toList();
  }

  private static ClientThread client(String name) {
    if (!name.matches("(ipcx?|user|isr)\\d")) {
      throw new BadStepException("there is no thread '" + name + "'");
    }
    int core = name.charAt(name.length() - 1) - '0';
    return new ClientThread(name, core, PRIORITY, name.startsWith("user"), name.startsWith("isr"));
  }

  /**
   * Lets user threads access everything: the recorder ran on a host without memory protection and
   * without SOF's allocators, and knew user mode only by what the code asks for.
   */
  private static void removeProtection(LlFirmware firmware) {
    firmware.machine().sofHeap().trustCallers();
    for (Region region : firmware.machine().map().regions()) {
      firmware
          .machine()
          .cpu()
          .domains()
          .add(
              firmware.machine().userDomain(),
              new Partition(
                  region.name(), region.start(), region.size(), Set.of(Access.READ, Access.WRITE)));
    }
  }
}
