package io.ringfence.firmware.objects;

import io.ringfence.firmware.KernelOops;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;
import java.util.EnumSet;
import java.util.Set;

/**
 * The kernel's table of kernel objects that were allocated at run time, each with a bit for each
 * thread that may use it, as in Zephyr's {@code kernel/userspace.c}. Table and objects lie in
 * kernel memory, and all methods run in kernel mode.
 */
public final class ObjectTable {
  private static final Struct.Builder LAYOUT = Struct.define("k_object");
  private static final Field NAME = LAYOUT.pointer("name");
  private static final Field TYPE = LAYOUT.u32("type");
  private static final Field PERMS = LAYOUT.u32("perms");

  /** One entry. */
  public static final Struct STRUCT = LAYOUT.build();

  /** In place of a type: no object will ever be where the entry's last one was. */
  private static final int RETIRED = -1;

  /** Room for any object but a thread, in bytes. */
  private static final int OBJECT_BYTES = 32;

  private final Cpu cpu;
  private final int table;
  private final int pool;
  private final int count;
  private final int objectBytes;
  private final Set<ObjectType> reused;

  /**
   * Makes an empty table of objects none of which is a thread.
   *
   * @param at where the table and the objects lie; {@link #bytes(int)} are reserved there
   * @param count how many objects there can be
   */
  public ObjectTable(Cpu cpu, int at, int count) {
    this(cpu, at, count, OBJECT_BYTES, EnumSet.allOf(ObjectType.class));
  }

  /**
   * Makes an empty table.
   *
   * @param at where the table and the objects lie; {@link #bytes(int, int)} are reserved there
   * @param count how many objects there can be
   * @param objectBytes size of the largest object
   * @param reused the types of objects whose memory becomes another object when they are freed; a
   *     stale handle to one of another type always leads to nothing
   */
  public ObjectTable(Cpu cpu, int at, int count, int objectBytes, Set<ObjectType> reused) {
    this.cpu = cpu;
    this.table = at;
    this.pool = at + count * STRUCT.size();
    this.count = count;
    this.objectBytes = objectBytes;
    this.reused = Set.copyOf(reused);
    cpu.ram().shadow().withhold(pool, count * objectBytes);
  }

  /** Size of a table and its objects, none of which is a thread, in bytes. */
  public static int bytes(int count) {
    return bytes(count, OBJECT_BYTES);
  }

  /** Size of a table and its objects, in bytes. */
  public static int bytes(int count, int objectBytes) {
    return count * (STRUCT.size() + objectBytes);
  }

  /**
   * {@code k_object_alloc}: the caller may use what it allocated.
   *
   * @param thread index of the calling thread
   * @return the address, or 0 if there is no room
   */
  public int alloc(ObjectType type, int thread) {
    for (int i = 0; i < count; i++) {
      int object = pool + i * objectBytes;
      if (cpu.load(NAME, entry(i)) == 0 && cpu.load(TYPE, entry(i)) != RETIRED) {
        cpu.ram().shadow().allocate(object, objectBytes);
        cpu.store(NAME, entry(i), object);
        cpu.store(TYPE, entry(i), type.ordinal());
        cpu.store(PERMS, entry(i), 1 << thread);
        return object;
      }
    }
    return 0;
  }

  /** {@code k_object_free}: ignores what is no object. */
  public void free(int object) {
    int entry = find(object);
    if (entry != 0) {
      boolean again = reused.contains(ObjectType.at(cpu.load(TYPE, entry)));
      cpu.zero(entry, STRUCT.size());
      cpu.ram().shadow().release(object, objectBytes);
      if (!again) {
        cpu.store(TYPE, entry, RETIRED);
      }
    }
  }

  /** {@code k_object_access_grant}: ignores what is no object. */
  public void grant(int object, int thread) {
    int entry = find(object);
    if (entry != 0) {
      cpu.store(PERMS, entry, cpu.load(PERMS, entry) | 1 << thread);
    }
  }

  /**
   * What the verifier of a system call asks: is this an object of the type, and may the caller use
   * it?
   *
   * @throws KernelOops if not
   */
  public void check(int object, ObjectType type, int thread) {
    int entry = find(object);
    if (entry == 0) {
      throw new KernelOops(String.format("0x%08x is no kernel object", object), object);
    }
    if (cpu.load(TYPE, entry) != type.ordinal()) {
      throw new KernelOops(
          String.format("the kernel object at 0x%08x is no %s", object, type), object);
    }
    if ((cpu.load(PERMS, entry) & 1 << thread) == 0) {
      throw new KernelOops(
          String.format("no permission on the %s at 0x%08x", type, object), object);
    }
  }

  /** A thread ends: clears its bit everywhere, and disposes of objects that nobody may use then. */
  public void threadEnds(int thread) {
    for (int i = 0; i < count; i++) {
      int object = cpu.load(NAME, entry(i));
      if (object != 0) {
        int perms = cpu.load(PERMS, entry(i)) & ~(1 << thread);
        cpu.store(PERMS, entry(i), perms);
        if (perms == 0) {
          free(object);
        }
      }
    }
  }

  /** Whether an address is that of a kernel object, for a debugger. */
  public boolean isObject(int object) {
    return find(object) != 0;
  }

  /** The threads that may use an object, one bit each, for a debugger; 0 if it is no object. */
  public int permissions(int object) {
    int entry = find(object);
    return entry == 0 ? 0 : cpu.ram().load32(PERMS.in(entry));
  }

  /** The entry of an object ({@code k_object_find}), or 0. */
  private int find(int object) {
    for (int i = 0; i < count && object != 0; i++) {
      if (cpu.ram().load32(NAME.in(entry(i))) == object) {
        return entry(i);
      }
    }
    return 0;
  }

  private int entry(int index) {
    return table + index * STRUCT.size();
  }
}
