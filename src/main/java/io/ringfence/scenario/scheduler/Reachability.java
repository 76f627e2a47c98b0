package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;
import io.ringfence.machine.Symbol;
import io.ringfence.scenario.scheduler.AllocatedObjects.Allocated;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the objects that nothing refers to. */
final class Reachability {
  private static final List<String> STATIC_ROOTS =
      List.of(
          "_k_schedulers",
          "_u_schedulers",
          "zephyr_ll_locks",
          "ll_thread_tid",
          "zephyr_ll_task_sem_list");

  private final World world;
  private final LlFirmware firmware;
  private final Ram ram;
  private final Set<Allocated> unreachable;
  private final Deque<Allocated> toScan = new ArrayDeque<>();

  Reachability(World world) {
    this.world = world;
    this.firmware = world.firmware();
    this.ram = firmware.ram();
    this.unreachable = new LinkedHashSet<>(world.objects().live());
  }

  /**
   * The labels of what is unreachable.
   *
   * @param held objects that an operation in progress holds
   */
  ArrayNode unreachable(List<Allocated> held) {
    held.forEach(this::reach);
    for (String root : STATIC_ROOTS) {
      Symbol symbol = firmware.machine().map().symbol(root);
      scan(symbol.address(), symbol.elementSize() * symbol.count());
    }
    Struct domainThread = firmware.config().user() ? DomainThread.USER : DomainThread.KERNEL;
    for (int type : firmware.config().domains()) {
      for (int core = 0; core < firmware.config().cores(); core++) {
        scan(firmware.domainThread(type, core), domainThread.size());
      }
    }
    world.tasks().all().values().forEach(this::reach);
    world.threads().all().values().forEach(this::scanStack);
    while (!toScan.isEmpty()) {
      Allocated object = toScan.pop();
      scan(object.address(), object.size());
    }
    ArrayNode labels = JsonNodeFactory.instance.arrayNode();
    unreachable.stream().filter(Allocated::isListed).forEach(object -> labels.add(object.label()));
    return labels;
  }

  private void reach(Allocated object) {
    if (unreachable.remove(object)) {
      toScan.add(object);
    }
  }

  private void scanStack(int thread) {
    Kernel kernel = firmware.kernel();
    List<Integer> frames = kernel.frames(thread);
    if (!frames.isEmpty()) {
      int start = KThread.get(ram, thread, KThread.STACK);
      int top = frames.get(0);
      scan(start, top + kernel.routineOf(top).frame().size() - start);
    }
  }

  private void scan(int start, int bytes) {
    for (int at = start; at + Integer.BYTES <= start + bytes; at += Integer.BYTES) {
      Allocated object = world.objects().at(ram.load32(at));
      if (object != null && world.objects().isLive(object)) {
        reach(object);
      }
    }
  }
}
