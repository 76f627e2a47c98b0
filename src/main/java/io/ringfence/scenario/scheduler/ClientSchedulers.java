package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.ll.ClientScheduler.Operation;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.schedule.SchedulerOps;
import io.ringfence.machine.Field;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Schedulers that do nothing, as scenarios register them. */
final class ClientSchedulers {
  private static final Map<Operation, Field> OPERATIONS =
      new EnumMap<>(
          Map.of(
              Operation.SCHEDULE, SchedulerOps.SCHEDULE_TASK,
              Operation.CANCEL, SchedulerOps.SCHEDULE_TASK_CANCEL,
              Operation.FREE, SchedulerOps.SCHEDULE_TASK_FREE));

  private final LlFirmware firmware;
  private final TaskMemory memory;
  private final Map<Integer, String> data = new HashMap<>();

  ClientSchedulers(LlFirmware firmware, TaskMemory memory) {
    this.firmware = firmware;
    this.memory = memory;
  }

  void register(int thread, JsonNode step) {
    int type = Types.parse(step.path("type"), SchedulerType.LL_TIMER);
    int privateData = memory.allocate(Integer.BYTES);
    data.put(privateData, "data of " + Types.name(type));
    int ops = operations(step.path("ops").asText("full"));
    firmware.registerScheduler(thread, type, ops, privateData);
  }

  private int operations(String which) {
    if (which.equals("none")) {
      return 0;
    }
    String missing = which.equals("full") ? "" : which.replaceFirst("^no_", "");
    int table = memory.allocate(SchedulerOps.STRUCT.size());
    boolean known = missing.isEmpty();
    for (Map.Entry<Operation, Field> entry : OPERATIONS.entrySet()) {
      if (entry.getKey().label().equals(missing)) {
        known = true;
      } else {
        int function = firmware.kernel().function(entry.getKey().function());
        firmware.ram().store32(entry.getValue().in(table), function);
      }
    }
    if (!known) {
      throw new BadStepException("there are no operations '" + which + "'");
    }
    return table;
  }

  /** What the private data at an address is called, or null if it is none of these. */
  @Nullable String dataLabel(int address) {
    return data.get(address);
  }
}
