package io.ringfence.firmware.isolation;

import io.ringfence.firmware.heap.CacheAliases;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.heap.VirtualHeap;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a debugger knows of the heaps: where their blocks can be, which of them are taken, and what
 * an address is part of. The places of a heap are numbered from 1 in address order. In the virtual
 * heap place 0 stands for all blocks of the smallest size, 1 and 2 are those that clients get, and
 * 3 is the block of the LL user heap. Without the virtual heap, place 2 of the system heap is.
 */
public final class HeapMap {
  /** The place of the virtual heap that stands for its smallest blocks. */
  public static final int SMALL = 0;

  /** The place of the virtual heap that the LL user heap is made for. */
  public static final int FOR_USER_HEAP = 3;

  /** What of a block an address is. */
  public enum Part {
    /** Its first byte. */
    START,
    /** Another byte. */
    INTERIOR,
    /** No block's, but the heap's own header or one of its chunks'. */
    HEADER
  }

  /**
   * An address, as part of a heap.
   *
   * @param place the block, 0 for a header
   */
  public record Spot(HeapName heap, int place, Part part) {}

  private static final List<HeapName> INNERMOST_FIRST =
      List.of(HeapName.DRIVER, HeapName.USER, HeapName.SYSTEM, HeapName.SHARED, HeapName.L3);

  private final HeapBuild build;
  private final int driver;
  private final Map<HeapName, List<Integer>> blocks = new EnumMap<>(HeapName.class);

  /**
   * Finds out where blocks can be: allocates from each heap until nothing is left, and frees all
   * again.
   *
   * @param driver address of the word that points to the driver heap
   */
  HeapMap(HeapBuild build, int driver) {
    this.build = build;
    this.driver = driver;
    fill(HeapName.SYSTEM, build.system, 0);
    fill(HeapName.SHARED, build.shared, MemFlags.USER_SHARED_BUFFER);
    fill(HeapName.L3, build.l3, MemFlags.L3);
    List<Integer> found = new ArrayList<>();
    for (int block = allocate(build.user); block != 0; block = allocate(build.user)) {
      found.add(block);
    }
    found.forEach(block -> build.sofHeap.free(build.user, block));
    keep(HeapName.USER, found);
    int first = build.virtualStart + HeapBuild.DRIVER_HEAP_BYTES;
    if (outer() == HeapName.VIRTUAL) {
      keep(
          HeapName.VIRTUAL,
          List.of(
              first, first + HeapBuild.DRIVER_HEAP_BYTES, first + 2 * HeapBuild.DRIVER_HEAP_BYTES));
    } else {
      List<Integer> system = new ArrayList<>(places(HeapName.SYSTEM));
      system.add(plain(memory(build.user)));
      keep(HeapName.SYSTEM, system);
    }
  }

  /** The heap that nested heaps are blocks of. */
  public HeapName outer() {
    return build.virtualHeap() == 0 ? HeapName.SYSTEM : HeapName.VIRTUAL;
  }

  private int allocate(int heap) {
    return build.sofHeap.alloc(heap, MemFlags.COHERENT, HeapBuild.BLOCK_BYTES, 0);
  }

  private void fill(HeapName name, int heap, int flags) {
    List<Integer> found = new ArrayList<>();
    while (heap != 0) {
      int block = build.sofHeap.rmalloc(flags, HeapBuild.BLOCK_BYTES);
      if (block == 0) {
        break;
      }
      found.add(block);
    }
    found.forEach(build.sofHeap::rfree);
    keep(name, found);
  }

  private void keep(HeapName name, List<Integer> found) {
    blocks.put(name, found.stream().map(this::plain).sorted().toList());
  }

  private int plain(int address) {
    return build.aliases.uncached(address);
  }

  /** The {@code k_heap} of the driver heap, 0 if there is none. */
  public int driverHeap() {
    return build.machine.ram().load32(driver);
  }

  /** The {@code k_heap} of a heap other than the virtual one; 0 if there is none. */
  public int handle(HeapName heap) {
    return switch (heap) {
      case SYSTEM -> build.system;
      case SHARED -> build.shared;
      case L3 -> build.l3;
      case USER -> build.user;
      case DRIVER -> driverHeap();
      case VIRTUAL -> throw new IllegalArgumentException("the virtual heap has no k_heap");
    };
  }

  /** Addresses of the places of a heap, uncached; those of the virtual heap from 1 on. */
  public List<Integer> places(HeapName heap) {
    if (heap == HeapName.DRIVER) {
      return driverHeap() == 0
          ? List.of()
          : List.of(memory(driverHeap()) + CacheAliases.LINE_BYTES);
    }
    return blocks.getOrDefault(heap, List.of());
  }

  private int memory(int handle) {
    return build.machine.ram().load32(handle + SysHeap.INIT_MEM.offset());
  }

  private int bytes(int handle) {
    return build.machine.ram().load32(handle + SysHeap.INIT_BYTES.offset());
  }

  /** Whether the allocator of a heap counts a place as taken. */
  public boolean isTaken(HeapName heap, int place) {
    if (heap != HeapName.VIRTUAL) {
      return build.sysHeap.isBlock(handle(heap), known(heap, places(heap).get(place - 1)));
    }
    int virtual = build.virtualHeap();
    if (virtual == 0) {
      return false;
    }
    if (place == SMALL) {
      for (int i = 0; i < build.virtual.blockCount(virtual, 0); i++) {
        if (build.virtual.isTaken(virtual, 0, i)) {
          return true;
        }
      }
      return false;
    }
    return place == FOR_USER_HEAP
        ? build.virtual.isTaken(virtual, 2, 0)
        : build.virtual.isTaken(virtual, 1, place - 1);
  }

  /** Whether the lists of free chunks of a heap stay in the heap. */
  public boolean isInOrder(HeapName heap) {
    return heap == HeapName.VIRTUAL || handle(heap) == 0 || build.sysHeap.isInOrder(handle(heap));
  }

  /** The address by which a heap's allocator knows a byte. */
  private int known(HeapName heap, int address) {
    return heap == HeapName.L3 ? build.aliases.cached(address) : address;
  }

  /** The place of the outer heap that a nested heap is in, 0 if there is no such heap. */
  public int home(HeapName nested) {
    int handle = handle(nested);
    if (handle == 0) {
      return 0;
    }
    return places(outer()).indexOf(plain(memory(handle))) + 1;
  }

  /** The heap whose lock is at an address, or null. */
  public @Nullable HeapName locked(int lock) {
    for (HeapName heap : HeapName.values()) {
      boolean isVirtual = heap == HeapName.VIRTUAL;
      int owner = isVirtual ? build.virtualHeap() : handle(heap);
      int bytes = isVirtual ? VirtualHeap.STRUCT.size() : KHeap.STRUCT.size();
      if (owner != 0 && Integer.compareUnsigned(lock - owner, bytes) < 0) {
        return heap;
      }
    }
    return null;
  }

  /** Tells what an address is part of, of the innermost heap; null if it is in no heap. */
  public @Nullable Spot spot(int address) {
    int at = plain(address);
    for (HeapName heap : INNERMOST_FIRST) {
      Spot spot = inside(heap, at, HeapBuild.BLOCK_BYTES);
      if (spot != null) {
        return spot;
      }
    }
    if (build.virtualHeap() == 0) {
      return null;
    }
    VirtualHeap.Block block =
        build.virtual.blockAt(build.virtualHeap(), build.aliases.cached(address));
    if (block == null) {
      return null;
    }
    int place = places(HeapName.VIRTUAL).indexOf(plain(block.address())) + 1;
    Part part = at == plain(block.address()) ? Part.START : Part.INTERIOR;
    return new Spot(HeapName.VIRTUAL, place, part);
  }

  /** Whether an address is part of a heap itself, not of one nested in it. */
  boolean isIn(HeapName heap, int address) {
    Spot spot = spot(address);
    return spot != null && spot.heap() == heap;
  }

  private @Nullable Spot inside(HeapName heap, int at, int blockBytes) {
    List<Integer> places = places(heap);
    for (int i = 0; i < places.size(); i++) {
      int offset = at - places.get(i);
      if (Integer.compareUnsigned(offset, blockBytes) < 0) {
        return new Spot(heap, i + 1, offset == 0 ? Part.START : Part.INTERIOR);
      }
    }
    int handle = handle(heap);
    return handle != 0 && Integer.compareUnsigned(at - plain(memory(handle)), bytes(handle)) < 0
        ? new Spot(heap, 0, Part.HEADER)
        : null;
  }
}
