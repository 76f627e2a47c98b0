package io.ringfence.firmware.heap;

import io.ringfence.machine.Cpu;
import io.ringfence.machine.Field;
import io.ringfence.machine.Struct;

/** The control structure {@code struct vregion} (SOF zephyr/lib/vregion.c, 12dd726529). */
public final class Vregion {
  /** What a region allocates ({@code enum vregion_mem_type}). */
  public enum Mode {
    /** Blocks of the heap in the rest of the region. */
    INTERIM,
    /** Memory that is never freed. */
    LIFETIME,
    /** Nothing any more: too little was left for the heap. */
    INVALID
  }

  private static final Struct.Builder LAYOUT = Struct.define("vregion");

  /** First address of the region. */
  public static final Field BASE = LAYOUT.pointer("base");

  /** Size in bytes. */
  public static final Field SIZE = LAYOUT.u32("size");

  /** Size in pages. */
  public static final Field PAGES = LAYOUT.u32("pages");

  /** The mutex: how often it is held. */
  public static final Field LOCK = LAYOUT.u32("lock");

  /** How many hold a reference. */
  public static final Field USE_COUNT = LAYOUT.u32("use_count");

  /** The {@link Mode}, by ordinal. */
  public static final Field TYPE = LAYOUT.u32("type");

  /** The {@code k_heap} of the interim mode. */
  public static final Field INTERIM = LAYOUT.struct("interim", KHeap.STRUCT);

  /** First address for the lifetime. */
  public static final Field LIFETIME_BASE = LAYOUT.pointer("lifetime.base");

  /** Next address for the lifetime. */
  public static final Field LIFETIME_PTR = LAYOUT.pointer("lifetime.ptr");

  /** Bytes that the lifetime may use. */
  public static final Field LIFETIME_SIZE = LAYOUT.u32("lifetime.size");

  /** Bytes that the lifetime uses. */
  public static final Field LIFETIME_USED = LAYOUT.u32("lifetime.used");

  /** How often lifetime memory was freed, which has no effect. */
  public static final Field LIFETIME_FREES = LAYOUT.u32("lifetime.free_count");

  static final Struct STRUCT = LAYOUT.build();

  private final Cpu cpu;
  private final boolean tracked;

  /**
   * Reads and writes control structures.
   *
   * @param tracked whether it is a fault to use one that was freed, or a field that nobody wrote
   */
  Vregion(Cpu cpu, boolean tracked) {
    this.cpu = cpu;
    this.tracked = tracked;
  }

  int get(int region, Field field) {
    return tracked ? cpu.load(field, region) : cpu.loadUntracked32(field.in(region));
  }

  void set(int region, Field field, int value) {
    if (tracked) {
      cpu.store(field, region, value);
    } else {
      cpu.storeUntracked32(field.in(region), value);
    }
  }

  Mode mode(int region) {
    return switch (get(region, TYPE)) {
      case 0 -> Mode.INTERIM;
      case 1 -> Mode.LIFETIME;
      default -> Mode.INVALID;
    };
  }

  /** Whether an address is in a range. */
  static boolean isInside(int address, int start, int bytes) {
    return Integer.compareUnsigned(address, start) >= 0
        && Integer.compareUnsigned(address, start + bytes) < 0;
  }

  /** Makes a range of the region an allocated block for the memory checks. */
  void allocateShadow(int address, int bytes) {
    if (cpu.ram().contains(address, bytes)) {
      cpu.ram().shadow().allocate(address, bytes);
    }
  }
}
