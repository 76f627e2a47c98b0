package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import org.jspecify.annotations.Nullable;

/** The threads that are not idle. */
final class ThreadView {
  private final World world;
  private final ThreadRunner runner;

  ThreadView(World world, ThreadRunner runner) {
    this.world = world;
    this.runner = runner;
  }

  ObjectNode all() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    world
        .threads()
        .all()
        .forEach(
            (name, thread) -> {
              String state = state(thread);
              if (state != null) {
                all.put(name, state);
              }
            });
    return all;
  }

  private @Nullable String state(int thread) {
    boolean isQueue = thread == world.firmware().edf().thread();
    if (isQueue && runner.activity(thread).pausedAt == null) {
      // The recorder ran the work queue as part of its own thread.
      return null;
    }
    if (runner.executing() == thread) {
      String task = runner.taskThatRuns(thread);
      return task == null ? "executing" : "executing run of " + task;
    }
    if (world.threads().state(thread) == ThreadState.PENDING) {
      int object = world.threads().get(thread, KThread.PENDED_ON);
      return world.labels().isTickSemaphore(object)
          ? "waiting for tick"
          : "waiting on " + world.labels().at(object);
    }
    String pausedAt = runner.activity(thread).pausedAt;
    if (pausedAt != null) {
      return "paused at " + pausedAt;
    }
    if (!world.firmware().kernel().isIdle(thread)) {
      return "ready";
    }
    return world.threads().get(thread, KThread.MASKED) == 0 ? null : "interrupts locked";
  }
}
