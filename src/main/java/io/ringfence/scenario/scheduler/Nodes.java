package io.ringfence.scenario.scheduler;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Ram;
import io.ringfence.scenario.scheduler.AllocatedObjects.Allocated;
import java.util.List;

/** What the nodes of task lists are. */
final class Nodes {
  private final World world;
  private final Ram ram;

  Nodes(World world) {
    this.world = world;
    this.ram = world.firmware().ram();
  }

  /** What a link can lead to. */
  enum Kind {
    NULL,
    TASK,
    RELEASED_TASK,
    LIST_HEAD,
    DEAD,
    FOREIGN
  }

  /** Whether there can be a node at an address at all. */
  boolean isMemory(int node) {
    return ram.contains(node, ListItem.STRUCT.size());
  }

  int next(int node) {
    return ram.load32(ListItem.NEXT.in(node));
  }

  int prev(int node) {
    return ram.load32(ListItem.PREV.in(node));
  }

  Kind kind(int node) {
    if (node == 0) {
      return Kind.NULL;
    }
    Allocated object = world.objects().at(node);
    if (object == null) {
      return isOnStackThatIsGone(node) ? Kind.DEAD : Kind.FOREIGN;
    }
    boolean live = world.objects().isLive(object);
    if (object.kind().equals("task") && Task.LIST.in(object.address()) == node) {
      return live ? Kind.TASK : Kind.RELEASED_TASK;
    }
    boolean head = object.kind().equals("ll_sched") && ZephyrLl.TASKS.in(object.address()) == node;
    return head && live ? Kind.LIST_HEAD : live ? Kind.FOREIGN : Kind.DEAD;
  }

  /** Whether a node is the local of a function that a thread is in. */
  boolean isLocal(int node) {
    return kind(node) == Kind.FOREIGN && isOnStack(node);
  }

  private boolean isOnStackThatIsGone(int node) {
    return world.firmware().machine().isStack(node) && !isOnStack(node);
  }

  private boolean isOnStack(int node) {
    Kernel kernel = world.firmware().kernel();
    for (int thread : world.threads().all().values()) {
      List<Integer> frames = kernel.frames(thread);
      if (world.threads().state(thread) != ThreadState.DEAD && !frames.isEmpty()) {
        int top = frames.get(0);
        int end = top + kernel.routineOf(top).frame().size();
        if (node >= world.threads().get(thread, KThread.STACK) && node < end) {
          return true;
        }
      }
    }
    return false;
  }

  /** The name of the task that a node is in. */
  String task(int node) {
    return world.tasks().name(Task.LIST.container(node));
  }
}
