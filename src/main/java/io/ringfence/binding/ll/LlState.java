package io.ringfence.binding.ll;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.Halt;
import io.ringfence.firmware.ll.KTimer;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.LlPdata;
import io.ringfence.firmware.ll.LlScheduleDomain;
import io.ringfence.firmware.ll.SemRecord;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Dispatch;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import io.ringfence.trace.BoolValue;
import io.ringfence.trace.IntValue;
import io.ringfence.trace.SeqValue;
import io.ringfence.trace.StringValue;
import io.ringfence.trace.Value;
import io.ringfence.trace.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the spec's variables out of the firmware's RAM. */
final class LlState {
  static final String CURRENT = "current";

  static final List<String> VARIABLES =
      List.of(
          "next", "prev", "state", "priv", "bound", CURRENT, "pd", "sem", "records", "ntasks",
          "total", "handler", "timer", "tick", "status", "stack", "masked", "mutex", "halt");

  private static final int LL_TIMER = SchedulerType.LL_TIMER.ordinal();
  private static final Value NONE = StringValue.of("-");

  private final LlModel model;
  private final LlFirmware firmware;
  private final LlTrace trace;
  private final LlStepper stepper;
  private final LlNames names;
  private final LlFrames frames;
  private final Dispatch dispatch;
  private final Ram ram;

  LlState(LlModel model, LlFirmware firmware, LlTrace trace, LlStepper stepper, LlNames names) {
    this.model = model;
    this.firmware = firmware;
    this.trace = trace;
    this.stepper = stepper;
    this.names = names;
    this.frames = new LlFrames(model, firmware, trace, names);
    this.dispatch = new Dispatch(firmware.ram(), model.discipline());
    this.ram = firmware.ram();
  }

  Value[] read() {
    int sch = names.scheduler();
    int domain = firmware.domain(LL_TIMER);
    int dt = firmware.domainThread(LL_TIMER, 0);
    return new Value[] {
      links(ListItem.NEXT),
      links(ListItem.PREV),
      byTask(task -> StringValue.of(names.state(load(Task.STATE, task)))),
      byTask(task -> StringValue.of(names.pdata(load(Task.PRIV_DATA, task)))),
      byTask(task -> BoolValue.of(load(Task.SCH, task) != 0)),
      StringValue.of(names.task(load(ZephyrLl.CURRENT, sch))),
      pdata(),
      semaphores(sch),
      records(),
      IntValue.of(load(ZephyrLl.N_TASKS, sch)),
      IntValue.of(load(LlScheduleDomain.TOTAL_NUM_TASKS, domain)),
      BoolValue.of(load(DomainThread.HANDLER, dt) != 0),
      BoolValue.of(load(KTimer.STATE, firmware.timer(LL_TIMER)) == KTimer.RUNNING),
      IntValue.of(tick(dt)),
      byThread(this::status),
      byThread(frames::stack),
      masked(),
      mutex(sch),
      halt()
    };
  }

  private int load(Field field, int base) {
    return ram.load32(field.in(base));
  }

  private interface OfAddress {
    Value value(int address);
  }

  private Value byTask(OfAddress value) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < model.tasks().size(); i++) {
      values.put(model.tasks().get(i), value.value(firmware.task(i)));
    }
    return Values.record(values);
  }

  private Value byThread(OfAddress value) {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int i = 0; i < model.clients().size(); i++) {
      values.put(model.clients().get(i), value.value(stepper.thread(i)));
    }
    values.put(LlModel.LL, value.value(stepper.thread(model.clients().size())));
    return Values.record(values);
  }

  private Value links(Field link) {
    Map<String, Value> values = new LinkedHashMap<>();
    values.put("main", link(link, names.mainList()));
    values.put("temp", link(link, names.temporaryList()));
    for (int i = 0; i < model.tasks().size(); i++) {
      values.put(model.tasks().get(i), link(link, Task.LIST.in(firmware.task(i))));
    }
    return Values.record(values);
  }

  private Value link(Field link, int node) {
    return StringValue.of(names.node(ram.load32(link.in(node))));
  }

  private Value pdata() {
    Map<String, Value> values = new LinkedHashMap<>();
    for (int task = 0; task < model.tasks().size(); task++) {
      for (int n = 0; n < model.maxInits(); n++) {
        values.put(model.generation(task, n), pdata(trace.pdata(task, n)));
      }
    }
    return Values.record(values);
  }

  private Value pdata(int address) {
    boolean live = isLive(address);
    String life = address == 0 ? "unborn" : live ? "live" : "freed";
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("life", StringValue.of(life));
    fields.put("run", BoolValue.of(live && ram.load8(LlPdata.RUN.in(address)) != 0));
    fields.put("freeing", BoolValue.of(live && ram.load8(LlPdata.FREEING.in(address)) != 0));
    return Values.record(fields);
  }

  private boolean isLive(int address) {
    return address != 0 && ram.shadow().state(address) != ShadowState.FREED;
  }

  private Value semaphores(int sch) {
    boolean shared = model.design().has(Defect.SHARED_SEMAPHORE);
    Map<String, Value> values = new LinkedHashMap<>();
    for (int task = 0; task < model.tasks().size(); task++) {
      for (int n = 0; n < model.maxInits(); n++) {
        int pdata = trace.pdata(task, n);
        int count = shared || !isLive(pdata) ? 0 : count(load(LlPdata.SEM_P, pdata));
        values.put(model.generation(task, n), IntValue.of(count));
      }
    }
    if (shared) {
      values.put("shared", IntValue.of(count(ZephyrLl.SHARED_SEM.in(sch))));
    }
    return Values.record(values);
  }

  private int count(int semaphore) {
    return load(Semaphore.COUNT, semaphore);
  }

  /** The records of tasks of the spec, followed by pointer, each as the pdata it is for. */
  private Value records() {
    List<Value> records = new ArrayList<>();
    int head = firmware.machine().address("zephyr_ll_task_sem_list");
    for (int item = ram.load32(ListItem.NEXT.in(head));
        item != head;
        item = ram.load32(ListItem.NEXT.in(item))) {
      int record = SemRecord.LIST.container(item);
      String pdata = names.pdataOfSemaphore(load(SemRecord.SEM, record));
      if (!pdata.isEmpty()) {
        records.add(StringValue.of(pdata));
      }
    }
    return SeqValue.of(records);
  }

  private int tick(int dt) {
    int semaphore = load(DomainThread.SEM, dt);
    return semaphore == 0 ? 0 : count(semaphore);
  }

  private Value status(int thread) {
    ThreadState state = thread == 0 ? ThreadState.NONE : KThread.state(ram, thread);
    return StringValue.of(
        switch (state) {
          case NONE -> "none";
          case CREATED, READY -> "ready";
          case PENDING -> "pended";
          case BLOCKED -> "blocked";
          case DEAD -> "aborted";
        });
  }

  private Value masked() {
    Map<String, Value> values = new LinkedHashMap<>();
    List<String> cores = model.coreNames();
    for (int core = 0; core < cores.size(); core++) {
      values.put(cores.get(core), NONE);
    }
    for (int i = 0; i <= model.clients().size(); i++) {
      int thread = stepper.thread(i);
      if (thread != 0 && dispatch.masks(thread)) {
        values.put(
            cores.get(KThread.get(ram, thread, KThread.CORE)),
            StringValue.of(names.thread(thread)));
      }
    }
    return Values.record(values);
  }

  private Value mutex(int sch) {
    int lock = load(ZephyrLl.LOCK, sch);
    Map<String, Value> fields = new LinkedHashMap<>();
    List<Value> queue = new ArrayList<>();
    if (lock != 0) {
      int head = Mutex.WAIT_Q.in(lock);
      for (int item = ram.load32(ListItem.NEXT.in(head));
          item != head;
          item = ram.load32(ListItem.NEXT.in(item))) {
        queue.add(StringValue.of(names.thread(KThread.WAIT_NODE.container(item))));
      }
    }
    fields.put("owner", lock == 0 ? NONE : StringValue.of(names.thread(load(Mutex.OWNER, lock))));
    fields.put("depth", IntValue.of(lock == 0 ? 0 : load(Mutex.LOCK_COUNT, lock)));
    fields.put("queue", SeqValue.of(queue));
    return Values.record(fields);
  }

  private Value halt() {
    int halt = firmware.machine().address("halt");
    Why why = Why.at(load(Halt.WHY, halt));
    Map<String, Value> fields = new LinkedHashMap<>();
    fields.put("why", StringValue.of(names.why(why)));
    fields.put("by", StringValue.of(names.thread(load(Halt.THREAD, halt))));
    return Values.record(fields);
  }
}
