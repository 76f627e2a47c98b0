package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.edf.EdfFirmware;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.KTimer;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.LlScheduleDomain;
import io.ringfence.firmware.schedule.ScheduleData;
import io.ringfence.machine.Ram;
import io.ringfence.scenario.scheduler.AllocatedObjects.Allocated;
import java.util.ArrayList;
import java.util.List;

/** Writes down the state of the firmware, as a debugger reads it in RAM. */
final class Observation {
  private static final List<String> HEAPS = List.of("sys", "user", "kobj");

  private final World world;
  private final LlFirmware firmware;
  private final Ram ram;

  Observation(World world) {
    this.world = world;
    this.firmware = world.firmware();
    this.ram = firmware.ram();
  }

  /**
   * Adds what there is to see of the schedulers.
   *
   * @param endless whether a walk along a list never ends: then nobody walks along them
   * @param dmaDomain whether the second timer domain was used already
   */
  void addTo(ObjectNode view, boolean endless, boolean dmaDomain) {
    view.set("lists", lists());
    if (endless) {
      List.of("ll", "in_flight", "detached_rings", "tasks").forEach(view::putNull);
    } else {
      new ListView(world).addTo(view);
      view.set("tasks", new TaskView(world).all());
    }
    if (firmware.edf().isRegistered()) {
      view.set("edf_queue", edfQueue(firmware.edf()));
    }
    view.set("domains", domains(dmaDomain));
    ObjectNode heaps = view.putObject("heap");
    for (String heap : HEAPS) {
      ArrayNode labels = heaps.putArray(heap);
      for (Allocated object : world.objects().live()) {
        if (object.heap().equals(heap)) {
          labels.add(object.label());
        }
      }
    }
  }

  private ObjectNode lists() {
    ObjectNode lists = JsonNodeFactory.instance.objectNode();
    lists.set("kernel", schedulers("_k_schedulers"));
    lists.set(
        "user",
        firmware.config().user()
            ? schedulers("_u_schedulers")
            : JsonNodeFactory.instance.nullNode());
    return lists;
  }

  private ObjectNode schedulers(String array) {
    ObjectNode cores = JsonNodeFactory.instance.objectNode();
    for (int core = 0; core < firmware.config().cores(); core++) {
      int head = ram.load32(firmware.machine().element(array, core));
      cores.set(
          Integer.toString(core), head == 0 ? JsonNodeFactory.instance.nullNode() : types(head));
    }
    return cores;
  }

  private JsonNode types(int head) {
    ArrayNode types = JsonNodeFactory.instance.arrayNode();
    for (int item = next(head); item != head; item = next(item)) {
      types.add(Types.name(ram.load32(ScheduleData.TYPE.in(item))));
    }
    return types;
  }

  private int next(int item) {
    return ram.load32(ListItem.NEXT.in(item));
  }

  private ArrayNode edfQueue(EdfFirmware edf) {
    ArrayNode queue = JsonNodeFactory.instance.arrayNode();
    List<Integer> tasks = new ArrayList<>(edf.pending());
    tasks.addAll(edf.delayed());
    for (int task : tasks) {
      if (edf.isDead(task)) {
        return queue.add("<dead memory>");
      }
      queue.addObject().put("task", world.tasks().name(task)).put("due_us", edf.due(task));
    }
    return queue;
  }

  private ObjectNode domains(boolean dmaDomain) {
    ObjectNode domains = JsonNodeFactory.instance.objectNode();
    for (int type : firmware.config().domains()) {
      if (dmaDomain || type != SchedulerType.LL_DMA.ordinal()) {
        domains.set(Types.name(type), domain(type));
      }
    }
    return domains;
  }

  private ObjectNode domain(int type) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    view.put("registered", ram.load32(LlScheduleDomain.TOTAL_NUM_TASKS.in(firmware.domain(type))));
    boolean running = ram.load32(KTimer.STATE.in(firmware.timer(type))) != KTimer.STOPPED;
    view.put("timer", running ? "running" : "stopped");
    ObjectNode active = view.putObject("active");
    for (int core = 0; core < firmware.config().cores(); core++) {
      int dt = firmware.domainThread(type, core);
      active.put(Integer.toString(core), ram.load32(DomainThread.HANDLER.in(dt)) != 0);
    }
    return view;
  }
}
