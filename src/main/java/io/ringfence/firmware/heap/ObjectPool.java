package io.ringfence.firmware.heap;

import io.ringfence.firmware.list.ListItem;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Pools of objects of one size (SOF src/lib/objpool.c, 12dd726529): sets of 2, 4, 8, 16, 32, 32...
 * objects, in a list. Takes no lock. Follows whatever pointers lie in the head and in the list.
 */
public final class ObjectPool {
  private static final Struct.Builder HEAD_LAYOUT = Struct.define("objpool_head");

  /** The list of sets. */
  public static final Field LIST = HEAD_LAYOUT.struct("list", ListItem.STRUCT);

  /** The region that sets are taken from, or 0. */
  public static final Field VREG = HEAD_LAYOUT.pointer("vreg");

  /** The heap that sets are taken from if there is no region. */
  public static final Field HEAP = HEAD_LAYOUT.pointer("heap");

  private static final Field FLAGS = HEAD_LAYOUT.u32("flags");

  /** The layout of a head. */
  public static final Struct HEAD = HEAD_LAYOUT.build();

  private static final Struct.Builder SET_LAYOUT = Struct.define("objpool");
  private static final Field LINK = SET_LAYOUT.struct("list", ListItem.STRUCT);
  private static final Field COUNT = SET_LAYOUT.u32("n");
  private static final Field MASK = SET_LAYOUT.u32("mask");
  private static final Field SIZE = SET_LAYOUT.u32("size");
  private static final Struct SET = SET_LAYOUT.build();

  private static final int FIRST_COUNT = 2;
  private static final int MOST_COUNT = Integer.SIZE;

  private final Cpu cpu;
  private final SofHeap heap;
  private final @Nullable VirtualRegions regions;

  /**
   * Makes the functions; all state is in RAM.
   *
   * @param regions the virtual regions, null in a build without
   */
  public ObjectPool(Cpu cpu, SofHeap heap, @Nullable VirtualRegions regions) {
    this.cpu = cpu;
    this.heap = heap;
    this.regions = regions;
  }

  /** Makes a head an empty pool; sets that are in it are forgotten. */
  public void init(int head) {
    ListItem.init(cpu, LIST.in(head));
  }

  /** Lets a pool take its sets from a heap, or from a region if that is not 0. */
  public void setSource(int head, int fromHeap, int fromRegion) {
    cpu.store(HEAP, head, fromHeap);
    cpu.store(VREG, head, fromRegion);
  }

  /**
   * Takes an object ({@code objpool_alloc}).
   *
   * @param size bytes, more than 0, the same for all objects of a pool
   * @return its address; its content is what the last user left, or zero; 0 if there is no memory
   */
  public int alloc(int head, int size, int flags) {
    int list = LIST.in(head);
    if (size == 0 || !ListItem.isEmpty(cpu, list) && cpu.load(FLAGS, head) != flags) {
      return 0;
    }
    for (int item = ListItem.next(cpu, list); item != list; item = ListItem.next(cpu, item)) {
      int set = LINK.container(item);
      int mask = cpu.load(MASK, set);
      int free = all(cpu.load(COUNT, set)) & ~mask;
      if (cpu.load(SIZE, set) != size) {
        return 0;
      }
      if (free != 0) {
        cpu.store(MASK, set, mask | Integer.lowestOneBit(free));
        return object(set, Integer.numberOfTrailingZeros(free));
      }
    }
    int count = FIRST_COUNT;
    if (ListItem.isEmpty(cpu, list)) {
      cpu.store(FLAGS, head, flags);
    } else {
      int last = LINK.container(ListItem.prev(cpu, list));
      count = Math.min(MOST_COUNT, cpu.load(COUNT, last) << 1);
    }
    return addSet(head, count, size, flags);
  }

  /** Appends a set, of which the first object is taken ({@code objpool_add}). */
  private int addSet(int head, int count, int size, int flags) {
    if (cpu.load(HEAP, head) == 0) {
      cpu.store(HEAP, head, heap.systemHeap());
    }
    int bytes = count * aligned(size) + SET.size();
    int region = cpu.load(VREG, head);
    int set =
        region == 0
            ? heap.alloc(cpu.load(HEAP, head), flags, bytes, 0)
            : (flags & MemFlags.COHERENT) != 0
                ? regions().allocCoherent(region, bytes, 0)
                : regions().alloc(region, bytes, 0);
    if (set == 0) {
      return 0;
    }
    cpu.zero(object(set, 0), count * aligned(size));
    cpu.store(COUNT, set, count);
    cpu.store(MASK, set, 0);
    cpu.store(SIZE, set, size);
    ListItem.append(cpu, LINK.in(set), LIST.in(head));
    cpu.store(MASK, set, 1);
    return object(set, 0);
  }

  /** Gives an object back ({@code objpool_free}); what is no object of the pool is ignored. */
  public void free(int head, int object) {
    int list = LIST.in(head);
    for (int item = ListItem.next(cpu, list); item != list; item = ListItem.next(cpu, item)) {
      int set = LINK.container(item);
      int step = aligned(cpu.load(SIZE, set));
      int offset = object - SET.size() - set;
      if (Integer.compareUnsigned(offset, step * cpu.load(COUNT, set)) < 0) {
        if (offset % step == 0) {
          cpu.store(MASK, set, cpu.load(MASK, set) & ~(1 << offset / step));
        }
        return;
      }
    }
  }

  /**
   * Shows each taken object to a callback until it returns true ({@code objpool_iterate}).
   *
   * @return whether it did
   */
  public boolean iterate(int head, IntPredicate callback) {
    int list = LIST.in(head);
    for (int item = ListItem.next(cpu, list); item != list; item = ListItem.next(cpu, item)) {
      int set = LINK.container(item);
      int size = cpu.load(SIZE, set);
      for (int mask = cpu.load(MASK, set); mask != 0; mask &= mask - 1) {
        int object = set + SET.size() + Integer.numberOfTrailingZeros(mask) * aligned(size);
        if (callback.test(object)) {
          return true;
        }
      }
    }
    return false;
  }

  /** Frees all sets, whatever is in them ({@code objpool_prune}). */
  public void prune(int head) {
    int list = LIST.in(head);
    int next;
    for (int item = ListItem.next(cpu, list); item != list; item = next) {
      next = ListItem.next(cpu, item);
      ListItem.delete(cpu, item);
      int region = cpu.load(VREG, head);
      if (region != 0) {
        regions().free(region, LINK.container(item));
      } else {
        heap.free(cpu.load(HEAP, head), LINK.container(item));
      }
    }
  }

  /** The addresses of the sets, in the order of the list, as a debugger reads them. */
  public List<Integer> sets(int head) {
    List<Integer> sets = new ArrayList<>();
    int list = LIST.in(head);
    int item = cpu.ram().load32(ListItem.NEXT.in(list));
    while (item != list) {
      sets.add(LINK.container(item));
      item = cpu.ram().load32(ListItem.NEXT.in(item));
    }
    return sets;
  }

  /** The addresses of all objects of a set, taken or not, as a debugger reads them. */
  public List<Integer> objects(int set) {
    List<Integer> objects = new ArrayList<>();
    for (int i = 0; i < cpu.ram().load32(COUNT.in(set)); i++) {
      objects.add(set + SET.size() + i * aligned(cpu.ram().load32(SIZE.in(set))));
    }
    return objects;
  }

  /** Whether an object of a set is taken, as a debugger reads it. */
  public boolean isTaken(int set, int index) {
    return (cpu.ram().load32(MASK.in(set)) & 1 << index) != 0;
  }

  private VirtualRegions regions() {
    return Objects.requireNonNull(regions, "a pool has a region in a build without");
  }

  private int object(int set, int index) {
    return set + SET.size() + index * (index == 0 ? 0 : aligned(cpu.load(SIZE, set)));
  }

  private static int all(int count) {
    return count == Integer.SIZE ? -1 : (1 << count) - 1;
  }

  private static int aligned(int size) {
    return size + 3 & -4;
  }
}
