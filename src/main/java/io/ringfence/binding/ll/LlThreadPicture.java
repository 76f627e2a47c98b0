package io.ringfence.binding.ll;

import io.ringfence.binding.ThreadEnd;
import io.ringfence.binding.ThreadPicture;
import io.ringfence.binding.ThreadPicture.Counter;
import io.ringfence.binding.ThreadPicture.Item;
import io.ringfence.binding.ThreadPicture.ItemList;
import io.ringfence.binding.ThreadPicture.Lane;
import io.ringfence.binding.ThreadPicture.Lock;
import io.ringfence.binding.ThreadPicture.LockKind;
import io.ringfence.binding.ThreadPicture.Mode;
import io.ringfence.binding.ThreadPicture.Status;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.kernel.Mutex;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.list.ListItem;
import io.ringfence.firmware.ll.Halt;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.LlScheduleDomain;
import io.ringfence.firmware.ll.LlView;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.Dispatch;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Ram;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Draws the threads, the lock that they share, and the lists of the LL scheduler. */
final class LlThreadPicture {
  private final LlModel model;
  private final LlFirmware firmware;
  private final LlStepper stepper;
  private final LlNames names;
  private final Dispatch dispatch;
  private final Ram ram;

  private LlThreadPicture(LlModel model, LlFirmware firmware, LlStepper stepper, LlNames names) {
    this.model = model;
    this.firmware = firmware;
    this.stepper = stepper;
    this.names = names;
    this.ram = firmware.ram();
    this.dispatch = new Dispatch(ram, model.discipline());
  }

  static ThreadPicture draw(LlModel model, LlFirmware firmware, LlStepper stepper, LlNames names) {
    LlThreadPicture picture = new LlThreadPicture(model, firmware, stepper, names);
    int thread = firmware.kernel().cpu().thread();
    return new ThreadPicture(
        picture.lanes(),
        picture.locks(),
        picture.lists(),
        picture.counters(),
        thread == 0 ? null : names.thread(thread));
  }

  private List<Lane> lanes() {
    List<Lane> lanes = new ArrayList<>();
    for (int i = 0; i <= model.clients().size(); i++) {
      boolean ll = i == model.clients().size();
      String name = ll ? LlModel.LL : model.clients().get(i);
      int core = ll ? 0 : model.cores().get(i);
      boolean user = ll ? model.user() : model.userThreads().contains(name);
      int thread = stepper.thread(i);
      lanes.add(
          new Lane(
              name,
              String.valueOf(core),
              user ? Mode.USER : Mode.KERNEL,
              status(thread),
              detail(thread),
              thread == 0 ? "" : stepper.labelOfSpec(thread),
              calls(thread)));
    }
    return lanes;
  }

  private Status status(int thread) {
    if (thread == 0) {
      return Status.ENDED;
    }
    int halt = firmware.machine().address("halt");
    if (ram.load32(Halt.THREAD.in(halt)) == thread) {
      return ThreadEnd.of(Why.at(ram.load32(Halt.WHY.in(halt)))).status();
    }
    return switch (KThread.state(ram, thread)) {
      case NONE -> Status.ENDED;
      case CREATED, READY -> firmware.kernel().isIdle(thread) ? Status.IDLE : Status.READY;
      case PENDING -> waitsForMutex(thread) ? Status.BLOCKED : Status.WAITING;
      case BLOCKED -> Status.WAITING;
      case DEAD -> Status.ABORTED;
    };
  }

  private boolean waitsForMutex(int thread) {
    int lock = ram.load32(ZephyrLl.LOCK.in(names.scheduler()));
    return lock != 0 && KThread.get(ram, thread, KThread.PENDED_ON) == lock;
  }

  private String detail(int thread) {
    if (thread == 0) {
      return "not created";
    }
    int halt = firmware.machine().address("halt");
    if (ram.load32(Halt.THREAD.in(halt)) == thread) {
      ThreadEnd end = ThreadEnd.of(Why.at(ram.load32(Halt.WHY.in(halt))));
      return end.status() == Status.HUNG ? locksOut(thread) : end.detail();
    }
    ThreadState state = KThread.state(ram, thread);
    return switch (state) {
      case NONE -> "not created";
      case PENDING ->
          waitsForMutex(thread)
              ? "the LL lock"
              : stepper.labelOfSpec(thread).startsWith("L") ? "the tick" : "its task's semaphore";
      case BLOCKED -> "something outside of the scheduler";
      case CREATED, READY, DEAD -> "";
    };
  }

  /** What keeps others from ever running again while a thread loops. */
  private String locksOut(int thread) {
    String name = names.thread(thread);
    if (name.equals(masker())) {
      return "interrupts masked";
    }
    int lock = ram.load32(ZephyrLl.LOCK.in(names.scheduler()));
    return lock != 0 && ram.load32(Mutex.OWNER.in(lock)) == thread ? "the LL lock" : "";
  }

  private List<String> calls(int thread) {
    return thread == 0
        ? List.of()
        : LlView.stack(firmware.kernel(), thread).stream().map(LlView.Level::name).toList();
  }

  private List<Lock> locks() {
    int lock = ram.load32(ZephyrLl.LOCK.in(names.scheduler()));
    if (lock == 0) {
      return List.of(
          new Lock("interrupts of core 0", LockKind.INTERRUPT_MASK, masker(), 0, List.of()));
    }
    List<String> waiting = new ArrayList<>();
    int head = Mutex.WAIT_Q.in(lock);
    for (int item = ram.load32(ListItem.NEXT.in(head));
        item != head;
        item = ram.load32(ListItem.NEXT.in(item))) {
      waiting.add(names.thread(KThread.WAIT_NODE.container(item)));
    }
    int owner = ram.load32(Mutex.OWNER.in(lock));
    int depth = ram.load32(Mutex.LOCK_COUNT.in(lock));
    return List.of(
        new Lock(
            "LL lock", LockKind.MUTEX, owner == 0 ? null : names.thread(owner), depth, waiting));
  }

  private @Nullable String masker() {
    for (int i = 0; i <= model.clients().size(); i++) {
      int thread = stepper.thread(i);
      if (thread != 0 && dispatch.masks(thread) && KThread.get(ram, thread, KThread.CORE) == 0) {
        return names.thread(thread);
      }
    }
    return null;
  }

  private List<ItemList> lists() {
    return List.of(
        list("tasks of LL_TIMER@0", names.mainList()),
        list("temporary list", names.temporaryList()));
  }

  private ItemList list(String name, int head) {
    List<Item> items = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    int node = ram.load32(ListItem.NEXT.in(head));
    while (node != head) {
      if (node == 0) {
        return new ItemList(name, items, items.isEmpty() ? "" : "leads to NULL");
      }
      if (node == names.mainList() || node == names.temporaryList()) {
        return new ItemList(name, items, "leads into the " + names.node(node) + " list");
      }
      if (!seen.add(node)) {
        return new ItemList(name, items, "cycle");
      }
      int task = Task.LIST.container(node);
      items.add(new Item(names.task(task), names.state(ram.load32(Task.STATE.in(task)))));
      node = ram.load32(ListItem.NEXT.in(node));
    }
    return new ItemList(name, items, "");
  }

  private List<Counter> counters() {
    int domain = firmware.domain(SchedulerType.LL_TIMER.ordinal());
    return List.of(
        new Counter("n_tasks", String.valueOf(ram.load32(ZephyrLl.N_TASKS.in(names.scheduler())))),
        new Counter(
            "total_num_tasks",
            String.valueOf(ram.load32(LlScheduleDomain.TOTAL_NUM_TASKS.in(domain)))));
  }
}
