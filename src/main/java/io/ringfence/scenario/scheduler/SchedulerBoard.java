package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.edf.EdfFirmware;
import io.ringfence.firmware.kernel.EndlessLoop;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.scenario.scheduler.AllocatedObjects.Allocated;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A firmware with schedulers, on which the steps of a scenario are run one by one. */
public final class SchedulerBoard {
  /** What the recorder kept of the events of a step that never ends. */
  private static final int EVENTS_OF_LIVELOCK = 14;

  /** The steps that are no operation of a thread. */
  private static final Set<String> WITHOUT_OUTCOME =
      Set.of("observe", "fail_alloc", "tick", "resume", "sem_timeout", "edf_run");

  private final EventLog log = new EventLog();
  private final World world;
  private final ThreadRunner runner;
  private final Timer timer;
  private final Faults faults;
  private int steps;
  private boolean dmaDomain;

  /**
   * Builds the firmware and boots it.
   *
   * @param scenario a whole scenario file
   * @throws BadStepException if there is no such firmware
   */
  public SchedulerBoard(JsonNode scenario) {
    this.world = World.of(Setup.firmware(scenario, log));
    Callbacks callbacks = new Callbacks(scenario.path("tasks"));
    this.runner = new ThreadRunner(world, log, callbacks, new Operations(world, log));
    this.timer = new Timer(world, log, runner);
    this.faults = new Faults(world);
    log.open(world, runner);
  }

  /**
   * Performs a step.
   *
   * @return what was observed, under the names of the corpus
   * @throws BadStepException if there is no such step
   */
  public ObjectNode perform(JsonNode step) {
    int objectsBefore = world.objects().live().size();
    log.begin();
    runner.beginStep(steps);
    ObjectNode seen = JsonNodeFactory.instance.objectNode().put("step", steps);
    steps++;
    RuntimeException fault = attempt(step);
    report(step, seen);
    seen.set("events", fault instanceof Livelock ? shortened(log.events()) : log.events());
    seen.set("threads", new ThreadView(world, runner).all());
    new Observation(world).addTo(seen, fault instanceof EndlessLoop, dmaDomain);
    List<Allocated> live = world.objects().live();
    List<Allocated> held =
        fault == null ? List.of() : live.subList(Math.min(objectsBefore, live.size()), live.size());
    seen.set("unreachable", new Reachability(world).unreachable(held));
    seen.set("fault", fault == null ? null : faults.view(fault));
    return seen;
  }

  private @Nullable RuntimeException attempt(JsonNode step) {
    try {
      dispatch(step);
      return null;
    } catch (BadStepException e) {
      throw e;
    } catch (RuntimeException fault) {
      return fault;
    }
  }

  private void dispatch(JsonNode step) {
    String op = step.path("op").asText();
    dmaDomain |=
        op.equals("ll_init") && step.path("domain").asText().equals(SchedulerType.LL_DMA.name());
    switch (op) {
      case "observe" -> {}
      case "fail_alloc" -> world.failures().add(step);
      case "tick" -> timer.tick(step);
      case "resume" -> resume(step);
      case "sem_timeout" -> timeOut(step);
      case "edf_run" -> runWorkQueue();
      default -> {
        if (!step.has("on")) {
          throw new BadStepException("unknown operation, or one without its thread, in " + step);
        }
        int thread = existingThread(step);
        runner.begin(thread, step);
        runner.run(thread);
      }
    }
  }

  private int thread(JsonNode step) {
    return world.threads().address(step.path("on").asText());
  }

  private int existingThread(JsonNode step) {
    int thread = thread(step);
    if (thread == 0) {
      throw new BadStepException("the thread does not exist now: " + step);
    }
    return thread;
  }

  private void resume(JsonNode step) {
    int thread = thread(step);
    if (thread != 0) {
      runner.askToPause(thread, step);
      runner.resume(thread);
    }
  }

  private void timeOut(JsonNode step) {
    int thread = existingThread(step);
    if (world.threads().state(thread) != ThreadState.PENDING) {
      throw new BadStepException("nothing can time out: the thread does not wait: " + step);
    }
    String object = world.labels().at(world.threads().get(thread, KThread.PENDED_ON));
    log.event("timeout").put("by", step.path("on").asText()).put("on", object);
    world.firmware().kernel().enterInterrupt(0);
    world.firmware().sync().timeOut(thread);
    runner.askToPause(thread, step);
    runner.run(thread);
  }

  /** The time passes until the first work item is due, and its handler runs. */
  private void runWorkQueue() {
    EdfFirmware edf = world.firmware().edf();
    if (edf.isRegistered() && (!edf.pending().isEmpty() || edf.expire())) {
      runner.run(edf.thread());
    } else {
      log.event("note").put("text", "nothing queued");
    }
  }

  private void report(JsonNode step, ObjectNode seen) {
    if (!WITHOUT_OUTCOME.contains(step.path("op").asText())) {
      Outcome outcome = runner.outcome();
      seen.put("done", outcome != null);
      (outcome == null ? Outcome.NOTHING : outcome).addTo(seen);
    }
    if (!runner.finished().isEmpty()) {
      seen.set("finished", runner.finished());
    }
  }

  private static ArrayNode shortened(ArrayNode events) {
    while (events.size() > EVENTS_OF_LIVELOCK) {
      events.remove(events.size() - 1);
    }
    events.addObject().put("ev", "and_so_on").put("text", "the same pattern repeats without end");
    return events;
  }
}
