package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.schedule.SchedulerInfo;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.scenario.scheduler.AllocatedObjects.Allocated;
import java.util.function.Supplier;

/**
 * What a thread can do in a step, or in a callback.
 *
 * <p>An operation either is over at once, or has pushed the frame of a function; it is over then
 * when that function has returned.
 */
final class Operations {
  private final World world;
  private final LlFirmware firmware;
  private final EventLog log;
  private final ClientSchedulers clientSchedulers;

  Operations(World world, EventLog log) {
    this.world = world;
    this.firmware = world.firmware();
    this.log = log;
    this.clientSchedulers = new ClientSchedulers(firmware, world.tasks());
  }

  /**
   * Begins an operation.
   *
   * @return what to ask for its outcome when it is over
   */
  Supplier<Outcome> begin(int thread, Activity activity, JsonNode step) {
    String op = step.path("op").asText();
    return switch (op) {
      case "schedule" -> operate(thread, ScheduleOperation.SCHEDULE, step);
      case "schedule_before" -> operate(thread, ScheduleOperation.BEFORE, step);
      case "schedule_after" -> operate(thread, ScheduleOperation.AFTER, step);
      case "cancel" -> operate(thread, ScheduleOperation.CANCEL, step);
      case "free" -> operate(thread, ScheduleOperation.FREE, step);
      case "running" -> operate(thread, ScheduleOperation.RUNNING, step);
      case "reschedule" -> operate(thread, ScheduleOperation.RESCHEDULE, step);
      case "destroy" -> destroy(thread, step);
      case "init_context" -> initContext(thread, step);
      case "ll_lock" -> lock(thread, activity, step);
      case "ll_unlock" -> unlock(thread, activity, step);
      case "task_info" -> taskInfo(thread);
      default -> {
        Outcome outcome = atOnce(op, thread, step);
        yield () -> outcome;
      }
    };
  }

  /** The operations that nothing can interrupt. */
  private Outcome atOnce(String op, int thread, JsonNode step) {
    switch (op) {
      case "ll_init" -> {
        int domain = Types.parse(step.path("domain"), SchedulerType.LL_TIMER);
        return Outcome.code(firmware.schedulerInit(thread, domain));
      }
      case "edf_init" -> {
        Outcome outcome = Outcome.code(firmware.edf().schedulerInit(thread, true));
        int workQueue = firmware.machine().address("edf_workq.thread");
        firmware.ram().store32(KThread.PRIO.in(workQueue), Setup.PRIORITY);
        return outcome;
      }
      case "sched_init" -> {
        clientSchedulers.register(thread, step);
        return Outcome.NOTHING;
      }
      case "task_init" -> {
        return Outcome.code(taskInit(thread, step));
      }
      case "user_task_alloc" -> {
        return userTaskAlloc(thread, step.path("task").asText());
      }
      case "get_data" -> {
        int type = sixteenBits(Types.parse(step.path("type"), SchedulerType.LL_TIMER));
        return data(firmware.getData(thread, type));
      }
      case "ll_domain" -> {
        return domain(firmware.currentDomain(thread));
      }
      case "ll_current" -> {
        boolean current = firmware.isCurrent(thread);
        return Outcome.value(JsonNodeFactory.instance.booleanNode(current));
      }
      case "user_list" -> {
        return userList(thread, step.path("core"));
      }
      case "grant_lock" -> {
        int grantee = world.threads().address(step.path("to").asText());
        firmware.grantLock(thread, grantee, step.path("core").asInt());
        return Outcome.NOTHING;
      }
      default -> throw new BadStepException("unknown operation in " + step);
    }
  }

  // The generic entry points.

  private Supplier<Outcome> operate(int thread, ScheduleOperation operation, JsonNode step) {
    int task = task(step, "task");
    int reference = step.has("reference") ? task(step, "reference") : 0;
    firmware.operate(thread, operation, task, reference, step.path("start_us").asInt());
    return () -> Outcome.code(result(thread));
  }

  private int task(JsonNode step, String field) {
    if (!step.has(field)) {
      throw new BadStepException("it does not say which task: " + step);
    }
    return world.tasks().address(step.get(field).asText());
  }

  private int result(int thread) {
    return world.threads().get(thread, KThread.RESULT);
  }

  private Supplier<Outcome> destroy(int thread, JsonNode step) {
    Supplier<Outcome> freed = operate(thread, ScheduleOperation.FREE, step);
    return () -> {
      Allocated memory = world.tasks().memory(step.path("task").asText());
      if (memory != null) {
        world.tasks().release(memory);
        if (memory.isListed()) {
          log.event("release").put("what", memory.label()).put("heap", memory.heap());
        }
      }
      return freed.get();
    };
  }

  private Supplier<Outcome> initContext(int thread, JsonNode step) {
    firmware.operate(thread, ScheduleOperation.INIT_CONTEXT, task(step, "task"), 0);
    return () -> {
      int created = result(thread);
      return Outcome.value(created == 0 ? null : "thread " + world.threads().name(created));
    };
  }

  // Tasks.

  private int taskInit(int thread, JsonNode step) {
    int task = world.tasks().fresh(step.path("task").asText());
    int priority = step.path("prio").asInt();
    int core = sixteenBits(step.path("core").asInt());
    String api = step.path("api").asText("ll");
    switch (api) {
      case "ll" -> {
        int type = sixteenBits(Types.parse(step.path("type"), SchedulerType.LL_TIMER));
        return firmware.taskInit(thread, task, type, priority, core);
      }
      case "generic" -> {
        int type = sixteenBits(Types.parse(step.path("type"), SchedulerType.LL_TIMER));
        return firmware.genericTaskInit(thread, task, type, priority, core);
      }
      case "edf" -> {
        return firmware.edf().taskInit(thread, task, firmware.clientRun(), core);
      }
      default -> throw new BadStepException("there is no task_init of the api '" + api + "'");
    }
  }

  /** What is left of an argument of type {@code uint16_t}. */
  private static int sixteenBits(int argument) {
    return argument & 0xffff;
  }

  private Outcome userTaskAlloc(int thread, String name) {
    log.taskFor(name);
    int task = firmware.taskAlloc(thread);
    Allocated memory = world.objects().at(task);
    if (memory == null) {
      return Outcome.value((String) null);
    }
    world.tasks().adopt(name, memory);
    return Outcome.value("allocated");
  }

  // Locks.

  private Supplier<Outcome> lock(int thread, Activity activity, JsonNode step) {
    if (firmware.config().user()) {
      firmware.lockScheduler(thread, step.path("core").asInt());
    } else {
      activity.interruptLocks++;
      firmware.maskInterrupts(thread, true);
    }
    return () -> Outcome.NOTHING;
  }

  private Supplier<Outcome> unlock(int thread, Activity activity, JsonNode step) {
    if (firmware.config().user()) {
      firmware.unlockScheduler(thread, step.path("core").asInt());
    } else {
      activity.interruptLocks = Math.max(0, activity.interruptLocks - 1);
      firmware.maskInterrupts(thread, activity.interruptLocks > 0);
    }
    return () -> Outcome.NOTHING;
  }

  // Looking things up.

  private Supplier<Outcome> taskInfo(int thread) {
    firmware.taskInfo(thread);
    return () -> {
      int props = firmware.machine().address("scheduler_props");
      ObjectNode info = JsonNodeFactory.instance.objectNode();
      info.put("domain", "LL");
      info.put("core", firmware.ram().load32(SchedulerInfo.CORE_ID.in(props)));
      info.put("task_count", firmware.taskInfoCount());
      info.put("bytes", firmware.ram().load32(firmware.machine().address("scheduler_props_size")));
      return Outcome.value(info);
    };
  }

  private Outcome data(int data) {
    if (data == 0) {
      return Outcome.value((String) null);
    }
    String client = clientSchedulers.dataLabel(data);
    return Outcome.value(client == null ? world.labels().at(data) : client);
  }

  private Outcome domain(int domain) {
    for (int type : firmware.config().domains()) {
      if (firmware.domain(type) == domain) {
        return Outcome.value(Types.name(type));
      }
    }
    return Outcome.value((String) null);
  }

  private Outcome userList(int thread, JsonNode core) {
    int array =
        core.isMissingNode()
            ? firmware.userSchedulers(thread)
            : firmware.userSchedulersOf(core.asInt());
    if (array == 0) {
      return Outcome.value("no such list array");
    }
    firmware.kernel().enter(thread);
    boolean present = firmware.machine().cpu().load32(array) != 0;
    return Outcome.value(present ? "list present" : "list not created");
  }
}
