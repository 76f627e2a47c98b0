package io.ringfence.export;

import io.ringfence.trace.ActionCall;
import io.ringfence.trace.Trace;
import io.ringfence.trace.TraceState;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A trace of {@code spec/HeapIsolation.tla} as calls of kernel clients and of user threads. */
final class IsolationCalls implements CFamily {
  private final Trace trace;
  private final LlTraces.Constants given;
  private final List<Turn> turns;

  IsolationCalls(Trace trace, Map<String, Value> constants) {
    this.trace = trace;
    this.given = new LlTraces.Constants(constants);
    this.turns =
        Turns.ofSteps(
            trace, IsolationCalls::thread, step -> IsolationCode.of(step.call(), step.after()));
  }

  private static String thread(ActionCall call) {
    for (String argument : List.of("t", "m")) {
      if (call.arguments().containsKey(argument)) {
        return Plain.name(ActionArguments.text(call, argument));
      }
    }
    return Plain.name(ActionArguments.text(call, "c"));
  }

  private boolean uses(String text) {
    return turns.stream().anyMatch(turn -> turn.code().stream().anyMatch(c -> c.contains(text)));
  }

  @Override
  public List<String> includes() {
    return List.of(
        "ipc4/handler.h",
        "ipc4/pipeline.h",
        "rtos/alloc.h",
        "rtos/userspace_helper.h",
        "sof/schedule/ll_schedule_domain.h");
  }

  @Override
  public List<String> declarations() {
    List<String> lines = new ArrayList<>(HeapUse.declarations());
    lines.addAll(HeapUse.all());
    lines.addAll(
        UserDomains.llDeclarations(
            threads().stream().filter(thread -> !thread.name().equals("dp")).toList()));
    lines.addAll(UserDomains.sharedWords());
    if (uses("exhaust();")) {
      lines.addAll(HeapUse.exhaustion());
    }
    lines.addAll(HeapBlocks.declarations(slots()));
    lines.addAll(IsolationHeaps.declarations());
    lines.add("");
    return lines;
  }

  /** Who holds a block. */
  private Set<String> slots() {
    Set<String> slots = new LinkedHashSet<>();
    for (ActionCall call : ActionArguments.calls(trace)) {
      if (!call.arguments().containsKey("m")) {
        slots.add(thread(call));
      }
    }
    return slots;
  }

  @Override
  public List<CThread> threads() {
    Set<String> names = new LinkedHashSet<>();
    turns.forEach(turn -> names.add(turn.thread()));
    return names.stream().map(name -> new CThread(name, isUser(name), 0)).toList();
  }

  private boolean isUser(String thread) {
    return given.names("UserThreads").contains(thread);
  }

  @Override
  public List<String> preparation() {
    List<String> lines = new ArrayList<>();
    lines.add("user_heap = sof_sys_user_heap_get();");
    List<CThread> threads = threads();
    for (int i = 0; i < threads.size(); i++) {
      // This one is outside of the domain.
      if (threads.get(i).user() && !threads.get(i).name().equals("dp")) {
        lines.add("join_ll_domain(ringfence_tids[" + i + "]);");
      }
    }
    lines.add("before = all_in_use();");
    return lines;
  }

  @Override
  public List<Turn> turns() {
    return turns;
  }

  @Override
  public List<String> verdict(String property) {
    TraceState end = Verdicts.end(trace);
    List<String> lines = new ArrayList<>();
    String result = IsolationCode.field(end, "result");
    if (List.of("panic", "crash").contains(result)) {
      lines.addAll(Verdicts.survived(result));
    } else {
      lines.addAll(Verdicts.refusalsEndThreads());
    }
    lines.add("check_blocks();");
    switch (property) {
      case "NoLeakAfterTeardownInv", "OopsHoldsNothingProp", "VerifyBeforeEffectProp" ->
          lines.add(
              "zassert_equal(all_in_use(), before, \"a call left something: " + property + "\");");
      case "AliasRoundTripInv" -> {
        lines.add("/* the lists of the heap are in order: it gives out more */");
        lines.add(
            "zassert_not_null(rballoc(SOF_MEM_FLAG_L3, "
                + IsolationCode.BYTES
                + "), \""
                + property
                + "\");");
      }
      default -> lines.add("ARG_UNUSED(before);");
    }
    return lines;
  }
}
