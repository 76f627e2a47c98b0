package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.edf.CompletionCallback;
import io.ringfence.firmware.ll.ClientCallback;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.scenario.scheduler.Activity.Call;
import io.ringfence.scenario.scheduler.Callbacks.Run;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs threads, one at a time, until they wait, are suspended or have nothing left to do. */
final class ThreadRunner {
  private static final String CALLBACK = ClientCallback.At.R2D_CALLBACK.name();
  private static final String COMPLETION = CompletionCallback.At.E5_CALLBACK.name();

  private final World world;
  private final Kernel kernel;
  private final EventLog log;
  private final Callbacks callbacks;
  private final Operations operations;
  private final Map<Integer, Activity> activities = new HashMap<>();
  private int step;
  private int executing;
  private @Nullable Outcome outcome;
  private ArrayNode finished = JsonNodeFactory.instance.arrayNode();

  ThreadRunner(World world, EventLog log, Callbacks callbacks, Operations operations) {
    this.world = world;
    this.kernel = world.firmware().kernel();
    this.log = log;
    this.callbacks = callbacks;
    this.operations = operations;
  }

  void beginStep(int index) {
    step = index;
    outcome = null;
    finished = JsonNodeFactory.instance.arrayNode();
    callbacks.beginStep();
  }

  /** What the operation of this step returned, or null if it did not return yet. */
  @Nullable Outcome outcome() {
    return outcome;
  }

  /** The operations of earlier steps that returned in this one. */
  ArrayNode finished() {
    return finished;
  }

  /** The thread that a fault stopped, or 0. */
  int executing() {
    return executing;
  }

  Activity activity(int thread) {
    return activities.computeIfAbsent(thread, key -> new Activity());
  }

  /** The task in whose callback a thread is, or null. */
  @Nullable String taskThatRuns(int thread) {
    Run run = activity(thread).run;
    return run == null ? null : run.task();
  }

  /** A thread ended. */
  void forget(int thread) {
    activities.remove(thread);
  }

  /** Lets an idle thread begin the operation of this step. */
  void begin(int thread, JsonNode operation) {
    if (!kernel.isIdle(thread)) {
      throw new BadStepException(world.threads().name(thread) + " has not finished yet");
    }
    executing = thread;
    begin(thread, activity(thread), operation);
  }

  private void begin(int thread, Activity activity, JsonNode operation) {
    int frame = top(thread);
    askToPause(thread, operation);
    Supplier<Outcome> result = operations.begin(thread, activity, operation);
    activity.calls.push(new Call(step, operation, frame, result));
  }

  /** Remembers where a step wants a thread to be suspended, if it does. */
  void askToPause(int thread, JsonNode requesting) {
    PausePoint.Request request = PausePoint.Request.of(requesting);
    if (request != null) {
      activity(thread).pause = request;
    }
  }

  private int top(int thread) {
    return world.threads().get(thread, KThread.SP);
  }

  /** Lets a thread go on that was suspended, or that can run anyway. */
  void resume(int thread) {
    activity(thread).pausedAt = null;
    run(thread);
  }

  /** Runs a thread as far as it comes. */
  void run(int thread) {
    Activity activity = activity(thread);
    executing = thread;
    boolean goesOn = true;
    while (goesOn
        && world.threads().state(thread) == ThreadState.READY
        && activity.pausedAt == null) {
      goesOn = advance(thread, activity);
    }
    executing = 0;
  }

  private boolean advance(int thread, Activity activity) {
    Call call = activity.calls.peek();
    if (call != null && call.frame() == top(thread)) {
      activity.calls.pop();
      finish(thread, activity, call);
      return true;
    }
    if (kernel.isIdle(thread)) {
      activity.pause = null;
      return false;
    }
    String label = kernel.label(thread);
    if (label.equals(CALLBACK)) {
      advanceCallback(thread, activity);
      return true;
    }
    if (label.equals(COMPLETION)) {
      complete(thread);
      return true;
    }
    PausePoint.Request pause = activity.pause;
    if (pause != null && !activity.isPassing && pause.hitsBefore(label)) {
      activity.isPassing = true;
      suspend(thread, activity, pause.point().label());
      return true;
    }
    activity.isPassing = false;
    kernel.step(thread);
    if (pause != null && pause.hitsAfter(label)) {
      suspend(thread, activity, pause.point().label());
    }
    return true;
  }

  private void suspend(int thread, Activity activity, String where) {
    activity.pause = null;
    activity.pausedAt = where;
    log.event("pause").put("by", world.threads().name(thread)).put("at", where);
  }

  private void finish(int thread, Activity activity, Call call) {
    Outcome result = call.outcome().get();
    if (activity.run != null) {
      ObjectNode event = log.event("call");
      event.put("by", world.threads().name(thread)).put("in_run_of", activity.run.task());
      event.put("op", call.operation().path("op").asText());
      event.set("args", CallArguments.of(call.operation()));
      result.addTo(event);
    } else if (call.step() == step) {
      outcome = result;
    } else {
      finished
          .addObject()
          .put("step", call.step())
          .put("by", world.threads().name(thread))
          .put("rc", result.code());
    }
  }

  private void advanceCallback(int thread, Activity activity) {
    Run run = activity.run;
    if (run == null) {
      run = callbacks.enter(world.tasks().name(kernel.top(thread).get(ClientCallback.DATA)));
      activity.run = run;
      runEvent("run", thread, run).put("nth", run.nth());
    }
    if (run.operations().hasNext()) {
      JsonNode operation = run.operations().next();
      if (operation.path("op").asText().equals("yield")) {
        suspend(thread, activity, "run(" + run.task() + ")");
      } else {
        begin(thread, activity, operation);
      }
      return;
    }
    runEvent("run_end", thread, run).put("ret", run.resultName());
    activity.run = null;
    kernel.enter(thread);
    kernel.top(thread).ret(run.result());
  }

  private void complete(int thread) {
    int task = kernel.top(thread).get(CompletionCallback.DATA);
    log.event("complete_callback").put("task", world.tasks().name(task));
    kernel.enter(thread);
    kernel.top(thread).ret(0);
  }

  private ObjectNode runEvent(String name, int thread, Run run) {
    return log.event(name).put("by", world.threads().name(thread)).put("task", run.task());
  }
}
