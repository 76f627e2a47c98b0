package io.ringfence.firmware.fastget;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.firmware.heap.AllocContext;
import io.ringfence.firmware.kernel.CallProbe;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.Access;
import io.ringfence.machine.Field;
import io.ringfence.machine.Mark;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;
import java.util.ArrayList;
import java.util.List;

/**
 * Modules that get and put shared copies. A call that cannot be made now is not made, and false.
 */
public final class FastGetFirmware {
  /** What a call did. */
  public enum Result {
    /** There was no call yet. */
    NONE,
    /** The module has a copy. */
    GOT,
    /** There is no memory. */
    NULL,
    /** The copy cannot be granted. */
    DENIED,
    /** The module gave a copy back. */
    PUT,
    /** The system heap was given a block that is not its own. */
    STRAY
  }

  /** Constant data that modules ask for. */
  public enum Constants {
    /** Shared from the heap of whoever asks first. */
    SMALL(256),
    /** Shared by whole pages. */
    LARGE(3000);

    private final int bytes;

    Constants(int bytes) {
      this.bytes = bytes;
    }

    /** Size in bytes. */
    public int bytes() {
      return bytes;
    }

    /** The first word, by which a debugger recognizes a copy. */
    int firstWord() {
      return 0x0f65_7401 + ordinal();
    }
  }

  /**
   * A module.
   *
   * @param heap 0 for none, which is the system heap, else the number of a driver's heap
   * @param user whether it runs in user mode, in a domain of its own
   */
  public record Module(int heap, boolean user) {}

  private static final Struct.Builder HOLD_LAYOUT = Struct.define("held");
  private static final Field POINTER = HOLD_LAYOUT.pointer("sram_ptr");
  private static final Field COUNT = HOLD_LAYOUT.u32("count");
  private static final Struct HOLD = HOLD_LAYOUT.build();

  private final FastGetMachine board;
  private final Ram ram;
  private final List<Module> modules;
  private final List<Integer> domains = new ArrayList<>();
  private final boolean revokes;
  private final int mostHeld;
  private final int[] sources = new int[Constants.values().length];
  private final int held;
  private final int result;
  private final CallProbe probe = new CallProbe();
  private String lastFault = "";

  /**
   * Boots.
   *
   * @param driverHeaps how many heaps there are beside the system heap
   * @param knowsDomain whether {@code mod->mdom} is set
   * @param mostHeld how often a module may hold the same copy
   */
  public FastGetFirmware(
      Design design, List<Module> modules, int driverHeaps, boolean knowsDomain, int mostHeld) {
    this.board = new FastGetMachine(design, driverHeaps);
    this.ram = board.ram();
    this.modules = List.copyOf(modules);
    this.revokes = knowsDomain || design.has(Fix.REVOKE_GRANTED);
    this.mostHeld = mostHeld;
    for (Constants constants : Constants.values()) {
      int source = board.machine.allocateStatic(constants.bytes());
      ram.store32(source, constants.firstWord());
      sources[constants.ordinal()] = source;
    }
    for (Module module : modules) {
      domains.add(module.user() ? board.domain(module.heap()) : MemoryDomains.NO_DOMAIN);
    }
    this.held = board.machine.allocateStatic(HOLD.size() * sources.length * modules.size());
    this.result = board.machine.allocateStatic(4);
    ram.freeze();
  }

  /** The RAM that all state is in. */
  public Ram ram() {
    return ram;
  }

  /** The memory, to look at. */
  public FastGetView view() {
    return new FastGetView(board);
  }

  /** Who took the last step. */
  public CallProbe probe() {
    return probe;
  }

  /** The fault, or the error that was logged, of the last call; empty if neither. */
  public String lastFault() {
    return lastFault.isEmpty() ? board.lastError() : lastFault;
  }

  /** Lets a module get a copy. */
  public boolean get(int module, Constants constants) {
    if (!mayGet(module, constants)) {
      return false;
    }
    call(module, constants);
    return true;
  }

  /** Lets a module ask for a copy that is yet to be made while the next allocation fails. */
  public boolean getFails(int module, Constants constants) {
    if (!mayGet(module, constants)) {
      return false;
    }
    Mark before = ram.mark();
    board.sofHeap.failAllocation(1);
    call(module, constants);
    boolean isMade = ram.load32(board.failCountdown) != 0;
    if (isMade) {
      ram.undoTo(before);
    }
    return !isMade;
  }

  private boolean mayGet(int module, Constants constants) {
    return result() != Result.STRAY && heldCount(module, constants) < mostHeld;
  }

  private void call(int module, Constants constants) {
    enter(module, "fast_get");
    int copy = board.fastGet.get(context(module), sources[constants.ordinal()], constants.bytes());
    if (copy != 0) {
      hold(module, constants, copy, heldCount(module, constants) + 1);
      setResult(Result.GOT);
    } else {
      setResult(board.lastError().isEmpty() ? Result.NULL : Result.DENIED);
    }
  }

  private AllocContext context(int module) {
    int heap = modules.get(module).heap();
    return new AllocContext(heap == 0 ? 0 : board.heaps.get(heap).kHeap(), 0);
  }

  private void enter(int module, String function) {
    lastFault = "";
    probe.called(module, function);
    board.clear();
    board.machine.cpu().enter(Mode.KERNEL, domains.get(module), 0, 0);
  }

  private void hold(int module, Constants constants, int copy, int count) {
    ram.store32(POINTER.in(heldAddress(module, constants)), copy);
    ram.store32(COUNT.in(heldAddress(module, constants)), count);
  }

  /**
   * Lets a module put a copy that it holds. When that gives the system heap a block that is not its
   * own, or stops the kernel, no further call is made.
   */
  public boolean put(int module, Constants constants) {
    int count = heldCount(module, constants);
    if (result() == Result.STRAY || count == 0) {
      return false;
    }
    enter(module, "fast_put");
    int copy = heldCopy(module, constants);
    int domain = revokes ? domains.get(module) : MemoryDomains.NO_DOMAIN;
    try {
      board.fastGet.put(context(module), () -> domain, copy);
    } catch (MemoryFault fault) {
      probe.ended(Why.of(fault));
      lastFault = String.valueOf(fault.getMessage());
    } catch (KernelPanic panic) {
      probe.ended(Why.of(panic));
      lastFault = String.valueOf(panic.getMessage());
    }
    FastGetMachine.Heap freedTo = board.lastHeap();
    if (lastFault.isEmpty() && (freedTo == null || freedTo.contains(copy))) {
      hold(module, constants, count == 1 ? 0 : copy, count - 1);
      setResult(Result.PUT);
    } else {
      setResult(Result.STRAY);
    }
    return true;
  }

  private void setResult(Result what) {
    ram.store32(result, what.ordinal());
  }

  // What a debugger reads.

  /** What the last call did. */
  public Result result() {
    return Result.values()[ram.load32(result)];
  }

  /** The copy that a module holds, or 0. */
  public int heldCopy(int module, Constants constants) {
    return ram.load32(POINTER.in(heldAddress(module, constants)));
  }

  /** How often a module holds a copy. */
  public int heldCount(int module, Constants constants) {
    return ram.load32(COUNT.in(heldAddress(module, constants)));
  }

  /** Where a module keeps its pointer. */
  public int heldAddress(int module, Constants constants) {
    return held + (module * sources.length + constants.ordinal()) * HOLD.size();
  }

  /** Whether a module runs in user mode. */
  public boolean isUser(int module) {
    return modules.get(module).user();
  }

  /** Whether a module's domain can read a page of the system heap. */
  public boolean isGranted(int module) {
    return modules.get(module).user() && view().readsSystemHeap(domains.get(module));
  }

  /** Whether a module may read all of the copy that it holds; a kernel module may. */
  public boolean mayRead(int module, Constants constants) {
    return !modules.get(module).user()
        || board
            .machine
            .domains()
            .allows(
                domains.get(module), heldCopy(module, constants), constants.bytes(), Access.READ);
  }
}
