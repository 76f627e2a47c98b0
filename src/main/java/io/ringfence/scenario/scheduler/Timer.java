package io.ringfence.scenario.scheduler;

import com.fasterxml.jackson.databind.JsonNode;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.ll.KTimer;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The timer of a domain fires, and the LL threads run. */
final class Timer {
  /** The core whose interrupts the timers are among. */
  private static final int CORE = 0;

  private final World world;
  private final EventLog log;
  private final ThreadRunner runner;

  Timer(World world, EventLog log, ThreadRunner runner) {
    this.world = world;
    this.log = log;
    this.runner = runner;
  }

  void tick(JsonNode step) {
    int type = Types.parse(step.path("domain"), SchedulerType.LL_TIMER);
    fire(type);
    for (int core : cores(step.path("cores"))) {
      int thread = world.threads().llThread(type, core);
      if (thread != 0) {
        runner.askToPause(thread, step);
        runner.run(thread);
      }
    }
  }

  private List<Integer> cores(JsonNode listed) {
    List<Integer> cores = new ArrayList<>();
    if (listed.isArray()) {
      listed.forEach(core -> cores.add(core.asInt()));
    } else {
      for (int core = 0; core < world.firmware().config().cores(); core++) {
        cores.add(core);
      }
    }
    return cores;
  }

  private void fire(int type) {
    String lost = whyLost(type);
    if (lost == null) {
      world.firmware().expire(type);
    } else {
      log.event("tick_lost").put("why", lost);
    }
  }

  private @Nullable String whyLost(int type) {
    if (world.firmware().ram().load32(KTimer.STATE.in(world.firmware().timer(type)))
        == KTimer.STOPPED) {
      return "timer not running";
    }
    for (Map.Entry<String, Integer> entry : world.threads().all().entrySet()) {
      if (masks(entry.getValue())) {
        return "interrupts locked by " + entry.getKey();
      }
    }
    return null;
  }

  /** A thread that waits, or was woken and does not run yet, does not keep interrupts locked. */
  private boolean masks(int thread) {
    boolean runs =
        world.firmware().kernel().isIdle(thread) || runner.activity(thread).pausedAt != null;
    return runs
        && world.threads().state(thread) == ThreadState.READY
        && world.threads().get(thread, KThread.CORE) == CORE
        && world.threads().get(thread, KThread.MASKED) != 0;
  }
}
