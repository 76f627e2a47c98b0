package io.ringfence.binding.ll;

import io.ringfence.binding.MemoryPicture;
import io.ringfence.binding.MemoryPicture.Life;
import io.ringfence.binding.MemoryPicture.MemoryObject;
import io.ringfence.binding.MemoryPicture.UserAccess;
import io.ringfence.binding.MemoryPicture.Word;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.kernel.Semaphore;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.KTimer;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.LlPdata;
import io.ringfence.firmware.ll.LlScheduleDomain;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.ShadowState;
import java.util.ArrayList;
import java.util.List;

/** Draws the scheduler, the tasks, their private data and the temporary list. */
final class LlPicture {
  private static final int LL_TIMER = SchedulerType.LL_TIMER.ordinal();

  private final LlModel model;
  private final LlFirmware firmware;
  private final LlTrace trace;
  private final LlNames names;
  private final Ram ram;

  private LlPicture(LlModel model, LlFirmware firmware, LlTrace trace, LlNames names) {
    this.model = model;
    this.firmware = firmware;
    this.trace = trace;
    this.names = names;
    this.ram = firmware.ram();
  }

  static MemoryPicture draw(LlModel model, LlFirmware firmware, LlTrace trace, LlNames names) {
    LlPicture picture = new LlPicture(model, firmware, trace, names);
    UserAccess heap = model.user() ? UserAccess.WRITE : UserAccess.NONE;
    return new MemoryPicture(
        List.of(
            new MemoryPicture.Region("tasks of clients", 0, 0, heap, picture.tasks()),
            new MemoryPicture.Region("stack of ll0", 0, 0, heap, List.of(picture.temporary())),
            new MemoryPicture.Region(
                model.user() ? "ll_user_heap" : "sof_heap", 0, 0, heap, picture.heap())));
  }

  private List<MemoryObject> tasks() {
    List<MemoryObject> tasks = new ArrayList<>();
    for (int i = 0; i < model.tasks().size(); i++) {
      int task = firmware.task(i);
      int pdata = load(Task.PRIV_DATA, task);
      Word privData = pointer("priv_data", Task.PRIV_DATA.in(task), names.pdata(pdata));
      tasks.add(
          object(
              model.tasks().get(i),
              "struct task",
              task,
              Life.LIVE,
              List.of(
                  word("state", names.state(load(Task.STATE, task))),
                  link("list.next", ListItem.NEXT.in(Task.LIST.in(task))),
                  link("list.prev", ListItem.PREV.in(Task.LIST.in(task))),
                  isFreed(pdata) ? privData.astray() : privData)));
    }
    return tasks;
  }

  private MemoryObject temporary() {
    int head = names.temporaryList();
    return object(
        "temp",
        "struct list_item task_head",
        head,
        Life.LIVE,
        List.of(link("next", ListItem.NEXT.in(head)), link("prev", ListItem.PREV.in(head))));
  }

  private List<MemoryObject> heap() {
    List<MemoryObject> objects = new ArrayList<>();
    int sch = names.scheduler();
    int list = ZephyrLl.TASKS.in(sch);
    objects.add(
        object(
            "main",
            "struct zephyr_ll",
            sch,
            Life.LIVE,
            List.of(
                link("tasks.next", ListItem.NEXT.in(list)),
                link("tasks.prev", ListItem.PREV.in(list)),
                word("n_tasks", String.valueOf(load(ZephyrLl.N_TASKS, sch))))));
    int dt = firmware.domainThread(LL_TIMER, 0);
    int domain = firmware.domain(LL_TIMER);
    objects.add(
        object(
            "domain",
            "struct ll_schedule_domain",
            domain,
            Life.LIVE,
            List.of(
                word(
                    "total_num_tasks",
                    String.valueOf(load(LlScheduleDomain.TOTAL_NUM_TASKS, domain))),
                word("handler", load(DomainThread.HANDLER, dt) == 0 ? "NULL" : "set"),
                word(
                    "timer",
                    load(KTimer.STATE, firmware.timer(LL_TIMER)) == KTimer.STOPPED
                        ? "stopped"
                        : "running"))));
    for (int task = 0; task < model.tasks().size(); task++) {
      for (int n = 0; n < trace.count(task); n++) {
        objects.add(pdata(model.generation(task, n), trace.pdata(task, n)));
      }
    }
    return objects;
  }

  private MemoryObject pdata(String name, int pdata) {
    boolean freed = isFreed(pdata);
    int semaphore = load(LlPdata.SEM_P, pdata);
    return object(
        name,
        "struct zephyr_ll_pdata",
        pdata,
        freed ? Life.FREE : Life.LIVE,
        List.of(
            word("run", flag(LlPdata.RUN, pdata)),
            word("freeing", flag(LlPdata.FREEING, pdata)),
            word("semaphore", freed ? "freed" : count(semaphore))));
  }

  private String flag(Field field, int base) {
    return ram.load8(field.in(base)) == 0 ? "false" : "true";
  }

  private String count(int semaphore) {
    return String.valueOf(load(Semaphore.COUNT, semaphore));
  }

  private boolean isFreed(int pdata) {
    return pdata != 0 && ram.shadow().state(pdata) == ShadowState.FREED;
  }

  private int load(Field field, int base) {
    return ram.load32(field.in(base));
  }

  private Word link(String field, int address) {
    return pointer(field, address, names.node(ram.load32(address)));
  }

  private Word pointer(String field, int address, String target) {
    boolean none = target.equals("null");
    return new Word(
        field, none ? "NULL" : target, none ? null : target, ram.shadow().isUserWritten(address));
  }

  private static Word word(String field, String value) {
    return new Word(field, value, null, false);
  }

  private MemoryObject object(
      String name, String struct, int address, Life life, List<Word> words) {
    return new MemoryObject(
        name, struct, Integer.toUnsignedLong(address), 0, life, model.user(), words);
  }
}
