package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.ll.LlPdata;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.scenario.scheduler.AllocatedObjects.Allocated;

/** The tasks: what the scheduler layer, and what the LL scheduler keeps of each. */
final class TaskView {
  private final World world;
  private final Ram ram;

  TaskView(World world) {
    this.world = world;
    this.ram = world.firmware().ram();
  }

  ObjectNode all() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    world.tasks().all().forEach((name, memory) -> all.set(name, task(memory)));
    return all;
  }

  private ObjectNode task(Allocated memory) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    if (!world.objects().isLive(memory)) {
      return view.put("memory", "released");
    }
    int task = memory.address();
    view.put("state", state(word(Task.STATE, task)));
    view.put("prio", (short) ram.load16(Task.PRIORITY.in(task)));
    view.put("core", ram.load16(Task.CORE.in(task)));
    int scheduler = word(Task.SCH, task);
    view.put("sched", scheduler == 0 ? null : bareLabel(scheduler));
    view.set("pdata", pdata(word(Task.PRIV_DATA, task)));
    return view;
  }

  private int word(Field field, int base) {
    return ram.load32(field.in(base));
  }

  private static String state(int state) {
    return state >= 0 && state < Callbacks.STATES.size()
        ? Callbacks.STATES.get(state)
        : Integer.toString(state);
  }

  /** {@code LL_TIMER@0} for {@code schedule_data(LL_TIMER@0)}. */
  private String bareLabel(int scheduler) {
    String label = world.labels().at(scheduler);
    return label.substring(label.indexOf('(') + 1, label.length() - 1);
  }

  private JsonNode pdata(int pdata) {
    JsonNodeFactory factory = JsonNodeFactory.instance;
    if (pdata == 0) {
      return factory.nullNode();
    }
    Allocated object = world.objects().at(pdata);
    if (object == null || !world.objects().isLive(object)) {
      return factory.textNode("dangling");
    }
    int semaphore = word(LlPdata.SEM_P, pdata);
    return factory
        .objectNode()
        .put("run", ram.load8(LlPdata.RUN.in(pdata)) != 0)
        .put("freeing", ram.load8(LlPdata.FREEING.in(pdata)) != 0)
        .put("heap", object.heap())
        .put("sem", semaphore == 0 ? null : object.contains(semaphore) ? "inside pdata" : "kobj");
  }
}
