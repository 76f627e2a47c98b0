package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Ram;
import io.ringfence.scenario.scheduler.AllocatedObjects.Allocated;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The lists of tasks: those of the LL schedulers, those of ticks in progress, and what is lost. */
final class ListView {
  private final World world;
  private final Ram ram;
  private final Nodes nodes;
  private final Set<Integer> placed = new HashSet<>();
  private final ArrayNode inFlight = JsonNodeFactory.instance.arrayNode();
  private final ArrayNode detached = JsonNodeFactory.instance.arrayNode();
  private final ObjectNode schedulers = JsonNodeFactory.instance.objectNode();

  ListView(World world) {
    this.world = world;
    this.ram = world.firmware().ram();
    this.nodes = new Nodes(world);
    for (Allocated scheduler : world.objects().live("ll_sched")) {
      String label = scheduler.label();
      String name = label.substring(label.indexOf('(') + 1, label.length() - 1);
      schedulers.set(name, scheduler(scheduler.address()));
    }
    for (Allocated task : world.tasks().all().values()) {
      int node = Task.LIST.in(task.address());
      if (nodes.kind(node) == Nodes.Kind.TASK && !placed.contains(node)) {
        place(node);
      }
    }
  }

  void addTo(ObjectNode observation) {
    observation.set("ll", schedulers);
    observation.set("in_flight", inFlight);
    observation.set("detached_rings", detached);
  }

  private ObjectNode scheduler(int address) {
    ObjectNode view = JsonNodeFactory.instance.objectNode();
    boolean intact = walk(ZephyrLl.TASKS.in(address), view.putArray("order"));
    view.put("n_tasks", ram.load32(ZephyrLl.N_TASKS.in(address)));
    view.put("intact", intact);
    if (world.firmware().config().user()) {
      view.set("lock", lock(ram.load32(ZephyrLl.LOCK.in(address))));
    }
    return view;
  }

  private JsonNode lock(int mutex) {
    int owner = mutex == 0 ? 0 : ram.load32(Mutex.OWNER.in(mutex));
    if (owner == 0) {
      return JsonNodeFactory.instance.nullNode();
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("owner", world.threads().name(owner))
        .put("depth", ram.load32(Mutex.LOCK_COUNT.in(mutex)));
  }

  /** Names what is on a list, and returns whether each link matches its reverse. */
  private boolean walk(int head, ArrayNode order) {
    Set<Integer> seen = new HashSet<>();
    boolean intact = true;
    int node = head;
    while (true) {
      int next = nodes.next(node);
      Nodes.Kind kind = nodes.kind(next);
      intact &= nodes.isMemory(next) && nodes.prev(next) == node;
      if (next == head) {
        return intact;
      }
      String marker = marker(next, kind, seen);
      if (marker != null) {
        order.add(marker);
        return false;
      }
      placed.add(next);
      order.add(nodes.task(next));
      node = next;
    }
  }

  /** What ends a walk at a node, or null if it goes on. */
  private @Nullable String marker(int node, Nodes.Kind kind, Set<Integer> seen) {
    return switch (kind) {
      case TASK -> seen.add(node) ? null : "<cycle>";
      case RELEASED_TASK -> nodes.task(node) + " (memory released)";
      case NULL -> "<null>";
      case DEAD -> "<dead memory>";
      case LIST_HEAD, FOREIGN -> "<foreign node>";
    };
  }

  /** Finds out where a task is that is on no LL scheduler's list. */
  private void place(int task) {
    if (nodes.next(task) == task && nodes.prev(task) == task || nodes.next(task) == 0) {
      return;
    }
    List<Integer> tasks = new ArrayList<>();
    int node = task;
    while (nodes.kind(node) == Nodes.Kind.TASK && !tasks.contains(node)) {
      tasks.add(node);
      node = nodes.next(node);
    }
    if (node == task) {
      placed.addAll(tasks);
      ArrayNode ring = detached.addArray();
      tasks.forEach(member -> ring.add(nodes.task(member)));
    } else if (nodes.isLocal(node) && holds(node, task)) {
      walk(node, inFlight.addArray());
    } else {
      detached.addArray().add(nodes.task(task)).add("<links into " + whereItLeads(node) + ">");
    }
  }

  private boolean holds(int head, int task) {
    int node = nodes.next(head);
    for (int i = 0; i < world.tasks().all().size() && node != task; i++) {
      if (nodes.kind(node) != Nodes.Kind.TASK) {
        return false;
      }
      node = nodes.next(node);
    }
    return node == task;
  }

  private String whereItLeads(int node) {
    return switch (nodes.kind(node)) {
      case DEAD, RELEASED_TASK -> "dead memory";
      case NULL -> "null";
      default -> "a list that does not hold it";
    };
  }
}
