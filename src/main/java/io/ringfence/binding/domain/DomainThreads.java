package io.ringfence.binding.domain;

import io.ringfence.firmware.ll.DomainThread;
import io.ringfence.firmware.ll.LlFirmware;
import io.ringfence.firmware.ll.ZephyrLl;
import io.ringfence.firmware.schedule.Task;
import io.ringfence.firmware.thread.KThread;
import io.ringfence.firmware.thread.Kernel;
import io.ringfence.firmware.thread.ThreadState;
import io.ringfence.machine.Ram;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;

/** The threads of the spec: where they are in RAM, and at which step. */
final class DomainThreads {
  static final String IDLE = "idle";

  private final DomainModel model;
  private final LlFirmware firmware;
  private final Kernel kernel;
  private final Ram ram;
  private final DomainSymbols symbols;
  private final List<String> names = new ArrayList<>();
  private final Object2IntOpenHashMap<String> atBoot = new Object2IntOpenHashMap<>();

  DomainThreads(DomainModel model, LlFirmware firmware) {
    this.model = model;
    this.firmware = firmware;
    this.kernel = firmware.kernel();
    this.ram = firmware.ram();
    this.symbols = new DomainSymbols(kernel);
    names.addAll(model.clients());
    names.addAll(List.of("ll0", "ll1", "isr0", "isr1"));
    names.addAll(model.starters());
    for (String name : model.threads()) {
      atBoot.put(name, firmware.thread(model.threads().indexOf(name)));
    }
    for (int core = 0; core < DomainModel.CORES; core++) {
      atBoot.put("isr" + core, firmware.interrupt(core));
    }
  }

  /** All threads, as the spec calls them. */
  List<String> names() {
    return names;
  }

  static boolean isLlThread(String name) {
    return name.startsWith("ll");
  }

  static boolean isInterrupt(String name) {
    return name.startsWith("isr");
  }

  /** The address of a thread; 0 for an LL thread that does not exist. */
  int address(String name) {
    return isLlThread(name) ? llThread(DomainModel.core(name)) : atBoot.getInt(name);
  }

  /** The kernel's own table says whether the user build has created the thread. */
  private int llThread(int core) {
    return model.user()
        ? ram.load32(firmware.machine().element("ll_thread_tid", core))
        : DomainThread.LL_THREAD_OBJ.in(firmware.domainThread(DomainBoot.LL_TIMER, core));
  }

  /** What became of the LL thread of a core, as the spec calls it. */
  String life(int core) {
    int thread = llThread(core);
    if (thread == 0) {
      return "none";
    }
    return switch (KThread.state(ram, thread)) {
      case NONE -> "none";
      case CREATED -> "created";
      case READY, PENDING, BLOCKED -> "alive";
      case DEAD -> "aborted";
    };
  }

  boolean isAlive(int core) {
    return life(core).equals("alive");
  }

  /** The step that comes next, or {@link #IDLE}. */
  String pc(String name) {
    int frame = stepFrame(name);
    return frame == 0 ? IDLE : symbols.pc(address(name), frame);
  }

  /** The innermost frame that is at a step of the spec, or 0. */
  int stepFrame(String name) {
    if (isLlThread(name) && !isAlive(DomainModel.core(name))) {
      return 0;
    }
    int thread = address(name);
    for (int at = kernel.frame(thread); at != 0; at = kernel.callerOf(at)) {
      if (!symbols.pc(thread, at).equals(DomainSymbols.UNSEEN)) {
        return at;
      }
    }
    return 0;
  }

  /** Whether the function that a thread is in is at a step of the spec, or has not returned yet. */
  boolean isInsideStep(String name) {
    int thread = address(name);
    return thread != 0
        && KThread.state(ram, thread) == ThreadState.READY
        && !kernel.isIdle(thread)
        && symbols.pc(thread, kernel.frame(thread)).equals(DomainSymbols.UNSEEN);
  }

  /** The core that the call in progress is about; 0 if there is none. */
  int coreOfCall(String name) {
    int frame = stepFrame(name);
    if (frame == 0) {
      return 0;
    }
    if (isLlThread(name)) {
      return DomainModel.core(name);
    }
    int outermost = kernel.frames(address(name)).get(kernel.frames(address(name)).size() - 1);
    if (isInterrupt(name)) {
      return local(outermost, "core");
    }
    if (kernel.routineOf(outermost).name().equals("zephyr_ll_init_context")) {
      return ram.load16(Task.CORE.in(local(outermost, "task")));
    }
    return ram.load32(ZephyrLl.CORE.in(local(outermost, "sch")));
  }

  /** A local of a frame; 0 if its function has none of that name. */
  int local(int frame, String local) {
    Integer value = symbols.local(frame, local);
    return value == null ? 0 : value;
  }

  /** Whether a thread masks its core: one that waits does not, one that died may have (B-27). */
  boolean masks(String name) {
    int thread = address(name);
    if (thread == 0 || KThread.get(ram, thread, KThread.MASKED) == 0) {
      return false;
    }
    ThreadState state = KThread.state(ram, thread);
    return state == ThreadState.READY || state == ThreadState.DEAD;
  }

  /** The thread that an address is of; an LL thread that was freed still has its core there. */
  String name(int address) {
    for (String name : names) {
      if (address(name) == address) {
        return name;
      }
    }
    return "ll" + KThread.get(ram, address, KThread.CORE);
  }
}
