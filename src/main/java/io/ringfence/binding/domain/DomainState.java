package io.ringfence.binding.domain;

import io.ringfence.firmware.Defect;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SetValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Reads the spec's variables out of the firmware's RAM. */
final class DomainState {
  static final List<String> VARIABLES =
      List.of(
          "frame", "life", "n", "total", "handler", "sem", "timer", "data", "dog", "llLock",
          "domLock", "own", "mutex", "perm", "fault");

  private static final List<String> MAY_LOCK = List.of("ipc0", "ll0", "ll1");

  private final DomainModel model;
  private final DomainThreads threads;
  private final DomainMemory memory;

  DomainState(DomainModel model, DomainThreads threads, DomainMemory memory) {
    this.model = model;
    this.threads = threads;
    this.memory = memory;
  }

  Value[] read() {
    return new Value[] {
      frames(),
      byCore(core -> StringValue.of(threads.life(core))),
      byCore(core -> IntValue.of(memory.tasks(core))),
      IntValue.of(memory.total()),
      byCore(core -> BoolValue.of(memory.handler(core))),
      byCore(this::semaphore),
      StringValue.of(memory.timer()),
      BoolValue.of(memory.userData()),
      byCore(core -> BoolValue.of(memory.watchdog(core))),
      byCore(core -> StringValue.of(memory.owner(core))),
      StringValue.of(memory.domainOwner()),
      byCore(core -> BoolValue.of(memory.ownsCallbackLock(core))),
      byCore(core -> BoolValue.of(memory.hasMutex(core))),
      byCore(this::permitted),
      StringValue.of(memory.fault())
    };
  }

  private static Value byCore(IntFunction<Value> value) {
    Map<Value, Value> graph = new LinkedHashMap<>();
    for (int core = 0; core < DomainModel.CORES; core++) {
      graph.put(IntValue.of(core), value.apply(core));
    }
    return Values.function(graph);
  }

  private Value frames() {
    Map<String, Value> frames = new LinkedHashMap<>();
    threads.names().forEach(name -> frames.put(name, frame(name)));
    return Values.record(frames);
  }

  private Value frame(String name) {
    String pc = threads.pc(name);
    int frame = threads.stepFrame(name);
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("pc", StringValue.of(pc));
    fields.put("core", IntValue.of(threads.coreOfCall(name)));
    fields.put("left", IntValue.of(pc.equals("Q1") ? threads.local(frame, "num_tasks") : 0));
    fields.put("last", BoolValue.of(isLast(pc, frame)));
    return Values.record(fields);
  }

  /** Only with {@code B-46} is the result of the test of interest when the test is over. */
  private boolean isLast(String pc, int frame) {
    return model.design().has(Defect.TEST_OUTSIDE_LOCK)
        && (pc.equals("Q2") || pc.equals("Q3b"))
        && threads.local(frame, "last") != 0;
  }

  private Value semaphore(int core) {
    return Values.record(
        Map.of(
            "life", StringValue.of(memory.semaphoreLife(core)),
            "count", IntValue.of(memory.semaphoreCount(core))));
  }

  private Value permitted(int core) {
    List<Value> names = new ArrayList<>();
    for (String name : MAY_LOCK) {
      if (memory.mayLock(name, core)) {
        names.add(StringValue.of(name));
      }
    }
    return SetValue.of(names);
  }
}
