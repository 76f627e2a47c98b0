package io.ringfence.firmware.syscalls;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Struct;
import java.util.stream.IntStream;

/**
 * The kernel's table of objects that system calls may name, and which threads have permission on
 * them (Zephyr kernel/userspace.c). The table lies in RAM and is built at boot.
 */
public final class KernelObjects {
  /** What an object is. */
  public enum Type {
    /** No object. */
    NONE,
    /** A thread ({@code K_OBJ_THREAD}). */
    THREAD,
    /** A DMA device ({@code K_OBJ_DRIVER_DMA}). */
    DRIVER_DMA,
    /** A DAI device ({@code K_OBJ_DRIVER_DAI}). */
    DRIVER_DAI,
    /** A stack of a user thread ({@code K_OBJ_THREAD_STACK_ELEMENT}). */
    THREAD_STACK_ELEMENT
  }

  private static final Struct.Builder LAYOUT = Struct.define("k_object");
  private static final Field NAME = LAYOUT.pointer("name");
  private static final Field PERMS = LAYOUT.u32("perms");
  private static final Field TYPE = LAYOUT.u32("type");
  private static final Field THREAD_ID = LAYOUT.u32("data.thread_id");
  private static final Struct STRUCT = LAYOUT.build();

  private static final int MOST_THREADS = Integer.SIZE;

  private final Cpu cpu;
  private final int table;
  private final int capacity;

  /**
   * Wraps a table.
   *
   * @param table where it lies; {@link #tableBytes} of zeroes are reserved there
   * @param capacity how many objects there can be
   */
  public KernelObjects(Cpu cpu, int table, int capacity) {
    this.cpu = cpu;
    this.table = table;
    this.capacity = capacity;
  }

  /** Returns how many bytes a table of so many objects takes. */
  public static int tableBytes(int capacity) {
    return STRUCT.size() * capacity;
  }

  /**
   * Makes an object known; no thread has permission on it.
   *
   * @throws IllegalStateException if the table is full, or has no number left for a thread
   */
  public void add(int object, Type type) {
    int threads = 0;
    for (int entry = table; entry < table + tableBytes(capacity); entry += STRUCT.size()) {
      int taken = cpu.load(TYPE, entry);
      if (taken == Type.NONE.ordinal()) {
        if (type == Type.THREAD && threads == MOST_THREADS) {
          throw new IllegalStateException("there is no number for one more thread");
        }
        cpu.store(NAME, entry, object);
        cpu.store(TYPE, entry, type.ordinal());
        cpu.store(THREAD_ID, entry, type == Type.THREAD ? threads : 0);
        return;
      }
      threads += taken == Type.THREAD.ordinal() ? 1 : 0;
    }
    throw new IllegalStateException("the table of kernel objects is full");
  }

  /**
   * Makes an object known; the caller, if it is a thread, has permission ({@code k_object_alloc}).
   */
  public void addForCaller(int object, Type type) {
    add(object, type);
    if (find(cpu.thread()) != 0) {
      grant(object, cpu.thread());
    }
  }

  /** Forgets an object that is no thread; ignores what is no object ({@code k_object_free}). */
  public void remove(int object) {
    int entry = find(object);
    if (entry != 0) {
      cpu.zero(entry, STRUCT.size());
    }
  }

  /** The addresses of all objects of a type. */
  public IntStream all(Type type) {
    return IntStream.range(0, capacity)
        .map(index -> table + tableBytes(index))
        .filter(entry -> cpu.load(TYPE, entry) == type.ordinal())
        .map(entry -> cpu.load(NAME, entry));
  }

  /**
   * Gives a thread permission on an object ({@code k_object_access_grant}).
   *
   * @throws IllegalArgumentException if one of them is not in the table
   */
  public void grant(int object, int thread) {
    int entry = find(object);
    if (entry == 0) {
      throw new IllegalArgumentException(String.format("0x%08x is no kernel object", object));
    }
    cpu.store(PERMS, entry, cpu.load(PERMS, entry) | permission(thread));
  }

  /**
   * Whether an address is an object of a type on which the running thread has permission ({@code
   * k_object_is_valid}).
   */
  public boolean isValid(int object, Type type) {
    int entry = find(object);
    return entry != 0
        && cpu.load(TYPE, entry) == type.ordinal()
        && (cpu.load(PERMS, entry) & permission(cpu.thread())) != 0;
  }

  /** Whether the table gives a thread permission on an object, as a debugger reads it. */
  public boolean permits(int object, int thread) {
    Ram ram = cpu.ram();
    int permissions = 0;
    int wanted = 0;
    for (int entry = table; entry < table + tableBytes(capacity); entry += STRUCT.size()) {
      if (ram.load32(TYPE.in(entry)) != Type.NONE.ordinal()) {
        int name = ram.load32(NAME.in(entry));
        permissions = name == object ? ram.load32(PERMS.in(entry)) : permissions;
        wanted = name == thread ? 1 << ram.load32(THREAD_ID.in(entry)) : wanted;
      }
    }
    return (permissions & wanted) != 0;
  }

  private int permission(int thread) {
    int entry = find(thread);
    if (entry == 0 || cpu.load(TYPE, entry) != Type.THREAD.ordinal()) {
      throw new IllegalArgumentException(String.format("0x%08x is no thread", thread));
    }
    return 1 << cpu.load(THREAD_ID, entry);
  }

  /** Finds the entry of an object, 0 if there is none ({@code k_object_find}). */
  private int find(int object) {
    for (int entry = table; entry < table + tableBytes(capacity); entry += STRUCT.size()) {
      if (cpu.load(TYPE, entry) != Type.NONE.ordinal() && cpu.load(NAME, entry) == object) {
        return entry;
      }
    }
    return 0;
  }
}
