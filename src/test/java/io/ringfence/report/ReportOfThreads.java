package io.ringfence.report;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Counter;
import io.ringfence.binding.ThreadPicture.Item;
import io.ringfence.binding.ThreadPicture.ItemList;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.replay.Replay;
import io.ringfence.trace.ActionCall;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.Loop;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceMeta;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import io.ringfence.verify.Catalogue;
import io.ringfence.verify.RunRecord;
import io.ringfence.verify.Sources;
import io.ringfence.verify.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A made-up counterexample of several threads: a tick that meets a client. */
final class ReportOfThreads {
  static final String TRACE = "traces/Lanes.StillThereInv.itf.json";
  static final String PAGE = "counterexamples/Lanes.StillThereInv.html";
  static final String LL_LOCK = "LL lock";
  static final String DOMAIN_LOCK = "domain lock";
  static final String MASK = "interrupts of core 0";

  private final List<TraceState> states = new ArrayList<>();
  private final List<Replay.Step> steps = new ArrayList<>();
  private @Nullable Loop loop;
  private Replay.@Nullable Loop replayed;

  /**
   * Adds a state after an action, with the threads that the firmware then has. Where those do not
   * say who took the step, it was the first one that the action names.
   */
  ReportOfThreads step(@Nullable ActionCall action, String fault, @Nullable ThreadPicture threads) {
    int index = states.size();
    states.add(new TraceState(index, action, Map.of("n", IntValue.of(index))));
    steps.add(
        new Replay.Step(
            index, action, false, List.of(), List.of(), fault, null, acted(action, threads)));
    return this;
  }

  private static @Nullable ThreadPicture acted(
      @Nullable ActionCall action, @Nullable ThreadPicture threads) {
    if (action == null || threads == null || threads.actor() != null) {
      return threads;
    }
    String actor =
        action.arguments().values().stream()
            .findFirst()
            .map(name -> ((StringValue) name).value())
            .orElse(null);
    return new ThreadPicture(
        threads.lanes(), threads.locks(), threads.lists(), threads.counters(), actor);
  }

  /** Adds a state after an action that the firmware refuses, with the threads that it has. */
  ReportOfThreads refused(ActionCall action, ThreadPicture threads) {
    int index = states.size();
    states.add(new TraceState(index, action, Map.of("n", IntValue.of(index))));
    steps.add(
        new Replay.Step(index, action, true, List.of(), List.of("refused"), "", null, threads));
    return this;
  }

  /** Adds a state after an action, with the memory that the firmware then has. */
  ReportOfThreads step(@Nullable ActionCall action, MemoryPicture memory) {
    int index = states.size();
    states.add(new TraceState(index, action, Map.of("n", IntValue.of(index))));
    steps.add(new Replay.Step(index, action, false, List.of(), List.of(), "", memory, null));
    return this;
  }

  /** Adds a state to which the firmware did not come. */
  ReportOfThreads unreached(ActionCall action) {
    states.add(new TraceState(states.size(), action, Map.of("n", IntValue.of(states.size()))));
    return this;
  }

  /** Lets the trace go on for ever by a step back that the firmware does not come to. */
  ReportOfThreads loop(int start, ActionCall action) {
    loop = new Loop(start, action);
    return this;
  }

  /** Lets the trace go on for ever by a step back, with the threads that the firmware then has. */
  ReportOfThreads loop(int start, ActionCall action, List<String> differences, ThreadPicture now) {
    replayed =
        new Replay.Loop(
            start,
            new Replay.Step(states.size(), action, false, List.of(), differences, "", null, now));
    return loop(start, action);
  }

  /** Lets nothing happen after the last state. */
  ReportOfThreads stutters() {
    loop = new Loop(states.size() - 1, null);
    replayed = new Replay.Loop(states.size() - 1, null);
    return this;
  }

  Trace trace() {
    return new Trace(new TraceMeta(Map.of()), List.of("n"), states, Optional.ofNullable(loop));
  }

  Replay replay() {
    return new Replay(steps, states.size(), replayed);
  }

  LaneTable table() {
    LaneTable table = LaneTableBuilder.build(trace(), replay());
    if (table == null) {
      throw new AssertionError("there are no lanes");
    }
    return table;
  }

  /** Writes the report with this counterexample only. */
  Path write(Path folder) throws IOException {
    RunRecord run = run();
    ReportWriter.write(run, List.of(), null, folder);
    TraceFiles.write(run, folder);
    return folder.resolve(PAGE);
  }

  RunRecord run() {
    RunRecord.ClaimRecord claim =
        new RunRecord.ClaimRecord(
            "lanes/Lanes.cfg",
            "violates StillThereInv",
            List.of("StillThereInv"),
            Verdict.EXPECTED_VIOLATION,
            "",
            "StillThereInv",
            null,
            new RunRecord.CounterexampleRecord(TRACE, trace(), replay(), List.of()));
    RunRecord.ModelRecord model =
        new RunRecord.ModelRecord(
            "Lanes",
            "A tick and a client",
            "Lanes",
            "Lanes.tla",
            "ci",
            "MERGED",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            List.of(claim),
            Verdict.PASS,
            "",
            null,
            null);
    return new RunRecord(
        RunRecord.SCHEMA,
        "test",
        List.of("test"),
        "2026-01-01T00:00:00Z",
        1,
        Map.of(),
        Map.of(),
        Map.of(),
        List.of(),
        List.of(model),
        new Catalogue(Map.of(), Map.of(), Map.of(), Map.of(), Map.of()),
        new Sources(Map.of(), Map.of()));
  }

  static ActionCall action(String name, String... arguments) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (String argument : arguments) {
      values.put("p" + values.size(), StringValue.of(argument));
    }
    return new ActionCall(name, values);
  }

  static Lane lane(String name, String core, Mode mode, Status status, String label) {
    return new Lane(name, core, mode, status, "", label, List.of());
  }

  static Lock mutex(@Nullable String owner, int depth, String... waiting) {
    return new Lock(LL_LOCK, LockKind.MUTEX, owner, depth, List.of(waiting));
  }

  static ItemList list(String name, String... items) {
    List<Item> found = new ArrayList<>();
    for (String item : items) {
      String[] parts = item.split(" ", 2);
      found.add(new Item(parts[0], parts.length > 1 ? parts[1] : ""));
    }
    return new ItemList(name, found, "");
  }

  private static ThreadPicture picture(
      Lane timer,
      Lane tick,
      Lane client,
      Lane other,
      List<Lock> locks,
      ItemList main,
      ItemList temp,
      int tasks) {
    return new ThreadPicture(
        List.of(timer, tick, client, other),
        locks,
        List.of(main, temp),
        List.of(new Counter("n_tasks", Integer.toString(tasks))),
        null);
  }

  /** The tick runs a task that a client frees meanwhile; two cores, three kinds of lock. */
  static ReportOfThreads tickAndClient() {
    Lane quiet = lane("timer", "0", Mode.INTERRUPT, Status.IDLE, "");
    Lane fires = lane("timer", "0", Mode.INTERRUPT, Status.RUNNING, "T1_Give");
    Lane asleep = new Lane("ll0", "0", Mode.USER, Status.WAITING, "the tick", "R1_Lock", List.of());
    Lane free = lane("ipc", "0", Mode.KERNEL, Status.IDLE, "");
    Lane idle = lane("c1", "1", Mode.USER, Status.IDLE, "");
    Lock mask = new Lock(MASK, LockKind.INTERRUPT_MASK, "timer", 1, List.of());
    Lock domain = new Lock(DOMAIN_LOCK, LockKind.SPIN_LOCK, "c1", 1, List.of());
    ItemList both = list("tasks of LL_TIMER@0", "t1 queued", "t2 queued");
    ItemList second = list("tasks of LL_TIMER@0", "t2 queued");
    ItemList nothing = list("temporary list");
    ItemList one = list("temporary list", "t1 running");
    return new ReportOfThreads()
        .step(
            null, "", picture(quiet, asleep, free, idle, List.of(mutex(null, 0)), both, nothing, 2))
        .step(
            action("Timer", "timer"),
            "",
            picture(fires, asleep, free, idle, List.of(mutex(null, 0), mask), both, nothing, 2))
        .step(
            action("T1_Give", "timer", "ll0"),
            "",
            picture(quiet, tick("R1_Lock"), free, idle, List.of(mutex(null, 0)), both, nothing, 2))
        .step(
            action("R1_Lock", "ll0"),
            "",
            picture(quiet, tick("R2_Pick"), free, idle, List.of(mutex("ll0", 1)), both, nothing, 2))
        .step(
            action("Domain", "c1"),
            "",
            picture(
                quiet,
                tick("R2_Pick"),
                free,
                lane("c1", "1", Mode.KERNEL, Status.RUNNING, "V9_Timer"),
                List.of(mutex("ll0", 1), domain),
                both,
                nothing,
                2))
        .step(
            action("R2b_Unlink", "ll0", "t1"),
            "",
            picture(
                quiet,
                tick("R2d_Run"),
                free,
                lane("c1", "1", Mode.KERNEL, Status.RUNNING, "V9_Timer"),
                List.of(mutex("ll0", 1), domain),
                second,
                one,
                2))
        .step(
            action("F1_Lock", "ipc", "t1"),
            "",
            picture(
                quiet,
                tick("R2d_Run"),
                blocked(),
                idle,
                List.of(mutex("ll0", 1, "ipc")),
                second,
                one,
                2))
        .step(
            action("R2d_Lock", "ll0"),
            "",
            picture(
                quiet,
                tick("R2f_Done"),
                blocked(),
                idle,
                List.of(mutex("ll0", 2, "ipc")),
                second,
                one,
                2))
        .step(
            action("R2f_Done", "ll0", "t1"),
            "",
            picture(
                quiet,
                tick("R4_Unlock"),
                blocked(),
                idle,
                List.of(mutex("ll0", 1, "ipc")),
                second,
                nothing,
                1))
        .step(
            action("R4_Unlock", "ll0"),
            "",
            picture(
                quiet,
                asleep,
                freeing("F2_Decide"),
                idle,
                List.of(mutex("ipc", 1)),
                second,
                nothing,
                1))
        .step(
            action("F2_Decide", "ipc", "t1"),
            "the kernel follows a pointer into memory that is free",
            picture(
                quiet,
                asleep,
                new Lane("ipc", "0", Mode.KERNEL, Status.ABORTED, "by a fault", "", List.of()),
                idle,
                List.of(mutex("ipc", 1)),
                new ItemList(
                    "tasks of LL_TIMER@0",
                    List.of(new Item("t2", "queued")),
                    "leads into dead memory"),
                nothing,
                1));
  }

  private static Lane tick(String label) {
    return new Lane("ll0", "0", Mode.USER, Status.RUNNING, "", label, List.of("zephyr_ll_run"));
  }

  private static Lane blocked() {
    return new Lane(
        "ipc",
        "0",
        Mode.KERNEL,
        Status.BLOCKED,
        "the LL lock",
        "F1_Lock",
        List.of("pipeline_free", "zephyr_ll_task_free"));
  }

  private static Lane freeing(String label) {
    return new Lane(
        "ipc",
        "0",
        Mode.KERNEL,
        Status.READY,
        "",
        label,
        List.of("pipeline_free", "zephyr_ll_task_free"));
  }
}
