package io.ringfence.firmware.chain;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.SchedulerType;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.ll.ClientCallback;
import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.LlConfig;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.objects.ObjectType;
import io.ringfence.firmware.schedule.ScheduleOperation;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;
import java.util.List;
import java.util.Set;

/**
 * What a chain runs on: the LL scheduler of core 0 in the kernel build, one thread that handles the
 * host's messages, two DMA channels, and the count of the lock on power states.
 */
final class ChainBoard {
  private static final Struct.Builder LAYOUT = Struct.define("board");

  /** The only element of the IPC's list of components: the chain, or 0. */
  static final Field COMPONENT = LAYOUT.pointer("comp_list");

  /** Whether the DMA channel to the host runs. */
  static final Field HOST_CHANNEL = LAYOUT.u32("host_channel");

  /** Whether the DMA channel to the link runs. */
  static final Field LINK_CHANNEL = LAYOUT.u32("link_channel");

  /** {@code pm_policy_state_lock_get()} less {@code pm_policy_state_lock_put()}. */
  static final Field POWER_LOCK = LAYOUT.s32("state_lock_cnt");

  /** What the last message came to. */
  static final Field RESULT = LAYOUT.s32("result");

  /** Trace buffer: the private data that are allocated. */
  private static final Field TRACE = LAYOUT.words("trace", ChainTrace.SLOTS);

  private static final Struct STRUCT = LAYOUT.build();

  private static final int LL_TIMER = SchedulerType.LL_TIMER.ordinal();
  private static final int PREEMPTIBLE = 1;
  private static final int TICK_LIMIT = 10;
  private static final int OBJECTS = 32;
  private static final int HEAP_PAGES = 4;
  private static final int LONGEST_LIST = 16;

  private final LlFirmware ll;
  private final ChainTrace trace = new ChainTrace();
  private final int at;
  private final int ipc;

  ChainBoard(Design design) {
    this.ll = new LlFirmware(config(design), trace);
    this.ipc = ll.thread(0);
    if (ll.schedulerInit(ipc, LL_TIMER) != 0) {
      throw new IllegalStateException("no LL scheduler");
    }
    this.at =
        ll.machine().sofHeap().alloc(0, MemFlags.KERNEL | MemFlags.COHERENT, STRUCT.size(), 0);
    cpu().zero(at, STRUCT.size());
    trace.attach(ram(), TRACE.in(at));
  }

  private static LlConfig config(Design design) {
    return new LlConfig(
        design,
        false,
        true,
        1,
        TICK_LIMIT,
        List.of(LL_TIMER),
        List.of(new LlConfig.ClientThread("ipc0", 0, PREEMPTIBLE, false, false)),
        List.of(),
        OBJECTS,
        HEAP_PAGES,
        Set.of(ObjectType.SEM),
        LONGEST_LIST);
  }

  LlFirmware ll() {
    return ll;
  }

  Ram ram() {
    return ll.ram();
  }

  Cpu cpu() {
    return ll.machine().cpu();
  }

  ChainTrace trace() {
    return trace;
  }

  int get(Field field) {
    return ram().load32(field.in(at));
  }

  void set(Field field, int value) {
    ram().store32(field.in(at), value);
  }

  /** Where the words of the board are. */
  int address() {
    return at;
  }

  // The scheduler, as the thread of the messages calls it.

  /** The processor turns to the thread of the messages. */
  void enter() {
    ll.kernel().enter(ipc);
  }

  int taskInit(int task, int priority) {
    return ll.taskInit(ipc, task, LL_TIMER, priority, 0);
  }

  /** Calls the scheduler; while the call waits for a tick, ticks come. */
  int call(ScheduleOperation operation, int task, int resultOfTicks) {
    ll.operate(ipc, operation, task, 0);
    while (!ll.kernel().isIdle(ipc)) {
      if (KThread.state(ram(), ipc) == ThreadState.READY) {
        ll.kernel().step(ipc);
      } else {
        tick(resultOfTicks);
      }
    }
    return KThread.get(ram(), ipc, KThread.RESULT);
  }

  /** A tick in which the callback, if there is one to run, returns a result. */
  void tick(int result) {
    int thread = DomainThread.LL_THREAD_OBJ.in(ll.domainThread(LL_TIMER, 0));
    run(thread);
    ll.expire(LL_TIMER);
    run(thread);
    if (isInCallback(thread)) {
      ll.kernel().returnFrom(thread, result);
      run(thread);
    }
  }

  private void run(int thread) {
    while (KThread.state(ram(), thread) == ThreadState.READY
        && !ll.kernel().isIdle(thread)
        && !isInCallback(thread)) {
      ll.kernel().step(thread);
    }
  }

  private boolean isInCallback(int thread) {
    return ll.kernel().label(thread).equals(ClientCallback.At.R2D_CALLBACK.name());
  }
}
