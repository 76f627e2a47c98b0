package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Tracing;
import io.ringfence.machine.ShadowState;
import io.ringfence.scenario.scheduler.AllocatedObjects.Allocated;
import org.jspecify.annotations.Nullable;

/** Writes down what the firmware tells, in the words of the corpus. */
final class EventLog implements Tracing {
  private ArrayNode events = JsonNodeFactory.instance.arrayNode();
  private @Nullable World world;
  private @Nullable String owner;
  private @Nullable ThreadRunner runner;

  /** What is told while the firmware boots is not written down. */
  void open(World opened, ThreadRunner runs) {
    world = opened;
    runner = runs;
  }

  /** Forgets what was written. */
  void begin() {
    events = JsonNodeFactory.instance.arrayNode();
  }

  ArrayNode events() {
    return events;
  }

  ObjectNode event(String name) {
    return events.addObject().put("ev", name);
  }

  /** Says for which task the next memory for a task is. */
  void taskFor(String name) {
    owner = name;
  }

  private String label(World here, String what, int subject) {
    return what.equals("task") && owner != null
        ? TaskMemory.label(owner)
        : here.labels().ofNew(what, subject);
  }

  private static String heap(int heap) {
    if (heap == OBJECT_POOL) {
      return "kobj";
    }
    return heap == 0 ? "sys" : "user";
  }

  @Override
  public boolean failsAllocation(String what, int subject) {
    return world != null && world.failures().hits(label(world, what, subject));
  }

  @Override
  public void allocationFailed(String what, int subject, int heap) {
    if (world != null) {
      event("alloc_failed").put("what", label(world, what, subject)).put("heap", heap(heap));
    }
  }

  @Override
  public void allocated(String what, int subject, int address, int heap, int flags) {
    if (world != null) {
      String label = label(world, what, subject);
      event("alloc").put("what", label).put("heap", heap(heap));
      int size = heap == OBJECT_POOL ? KThread.STRUCT.size() : sizeOfBlock(world, address);
      world.objects().add(new Allocated(what, label, heap(heap), address, size));
    }
  }

  /** Blocks of a heap do not touch: between any two of them lies a chunk header. */
  private static int sizeOfBlock(World here, int block) {
    int size = 0;
    while (here.firmware().ram().shadow().state(block + size) != ShadowState.UNALLOCATED) {
      size++;
    }
    return size;
  }

  @Override
  public void released(int address) {
    Allocated object = world == null ? null : world.objects().at(address);
    if (world != null && object != null) {
      event("release").put("what", object.label()).put("heap", object.heap());
      world.objects().release(object);
    }
  }

  @Override
  public void granted(int object, int thread) {
    if (world != null) {
      ObjectNode event = event(thread == 0 ? "grant_to_no_thread" : "grant");
      event.put("what", world.labels().at(object));
      if (thread != 0) {
        event.put("thread", world.threads().name(thread));
      }
    }
  }

  @Override
  public void threadStarted(int thread) {
    if (world != null) {
      event("thread_start").put("thread", world.threads().name(thread));
    }
  }

  @Override
  public void threadAborted(int thread) {
    if (world != null && runner != null) {
      event("thread_abort")
          .put("thread", world.threads().name(thread))
          .put("by", world.current())
          .put("inside_run_of", runner.taskThatRuns(thread));
      runner.forget(thread);
    }
  }

  @Override
  public void timerStarted(int timer) {
    event("timer_start");
  }

  @Override
  public void timerStopped(int timer) {
    event("timer_stop");
  }

  @Override
  public void semaphoreGiven(int semaphore, int woken) {
    if (world != null && !world.labels().isTickSemaphore(semaphore)) {
      event("sem_give")
          .put("by", world.current())
          .put("sem", world.labels().at(semaphore))
          .put("wakes", woken == 0 ? null : world.threads().name(woken));
    }
  }

  @Override
  public void waits(int object, int timeoutMicros) {
    if (world != null && !world.labels().isTickSemaphore(object)) {
      event("wait")
          .put("by", world.current())
          .put("on", world.labels().at(object))
          .put("timeout_us", timeoutMicros);
    }
  }

  @Override
  public void clientScheduler(String operation, int task) {
    event("dummy_op").put("op", operation);
  }

  @Override
  public void error(String message) {
    log("error");
  }

  @Override
  public void warning(String message) {
    log("warning");
  }

  private void log(String level) {
    if (world != null) {
      event("log").put("level", level).put("by", world.current());
    }
  }
}
