package io.ringfence.machine;

/**
 * The data caches of several cores, each write-back and unaware of the others, in front of a range
 * of RAM. They are used through the addresses of the second window only (see {@link
 * Ram#withSecondWindow}).
 *
 * <p>A cache has a slot for every line of the range, so that nothing leaves it except by {@link
 * #flushAndInvalidate} or {@link #invalidate}: whoever explores the firmware decides when a line is
 * evicted, and any replacement policy is one of these histories. Slots and flags lie in the RAM
 * itself; the slot of a line that is not cached is zero, so that equal states have equal images.
 *
 * <p>A line has one dirty flag: the whole of it is written back, as on Xtensa cores. The allocation
 * shadow belongs to memory and is the same through both windows.
 */
public final class DataCache {
  /** Size of a line in bytes. */
  public static final int LINE_BYTES = Ram.LINE_BYTES;

  private static final int VALID = 1;
  private static final int DIRTY = 2;

  private final Ram ram;
  private final int start;
  private final int lines;
  private final int area;

  /**
   * Makes the caches of a number of cores; all are empty if the area is zero.
   *
   * @param start address of the cached range in the first window, a multiple of the line size
   * @param bytes size of the range, a multiple of the line size
   * @param area where the caches keep their state: {@link #areaBytes}, a multiple of the line size
   */
  public DataCache(Ram ram, int start, int bytes, int area) {
    this.ram = ram;
    this.start = start;
    this.lines = bytes / LINE_BYTES;
    this.area = area;
  }

  /** How much RAM the caches take for a range of so many bytes. */
  public static int areaBytes(int bytes, int cores) {
    return cores * coreBytes(bytes / LINE_BYTES);
  }

  /** The slots of a core, and after them a byte of flags for each, in whole lines. */
  private static int coreBytes(int lines) {
    return lines * LINE_BYTES + (lines + LINE_BYTES - 1 & -LINE_BYTES);
  }

  // What the caches hold.

  /** Whether a core has a copy of the line that a byte is in. */
  public boolean isValid(int core, int address) {
    return (ram.load8(flags(core, line(address))) & VALID) != 0;
  }

  /** Whether a core has a copy of the line that a byte is in that was not written back. */
  public boolean isDirty(int core, int address) {
    return (ram.load8(flags(core, line(address))) & DIRTY) != 0;
  }

  /** Loads four bytes as a core would see them through the cached window, and changes nothing. */
  public int peek32(int core, int address) {
    return ram.load32(isValid(core, address) ? place(core, address) : address);
  }

  // What the processor does.

  /** Tells whether an access goes to the cache. */
  boolean takes(int address) {
    return address < 0 && Integer.compareUnsigned(line(address), lines) < 0;
  }

  /** Where in the RAM a core's copy of a byte is, which is fetched first if there is none. */
  int fetched(int core, int address) {
    fill(core, line(address));
    return place(core, address);
  }

  /** As {@link #fetched}, for a store. */
  int soiled(int core, int address) {
    int at = fetched(core, address);
    ram.store8(flags(core, line(address)), VALID | DIRTY);
    return at;
  }

  // What happens by itself, and what software asks for. Ranges are widened to whole lines; a range
  // in the first window has none.

  /** Lets a core fetch the lines of a range that it does not have, as speculation does. */
  public void prefetch(int core, int address, int length) {
    for (int line = first(address); line <= last(address, length); line++) {
      fill(core, line);
    }
  }

  /** Writes the dirty lines of a range to memory; they stay valid. */
  public void writeBack(int core, int address, int length) {
    for (int line = first(address); line <= last(address, length); line++) {
      clean(core, line);
    }
  }

  /** Drops the lines of a range; what was not written back is lost. */
  public void invalidate(int core, int address, int length) {
    for (int line = first(address); line <= last(address, length); line++) {
      drop(core, line);
    }
  }

  /** Writes the dirty lines of a range to memory and drops all of its lines. */
  public void flushAndInvalidate(int core, int address, int length) {
    writeBack(core, address, length);
    invalidate(core, address, length);
  }

  private void fill(int core, int line) {
    int flags = flags(core, line);
    if (ram.load8(flags) == 0) {
      move(slot(core, line), start + line * LINE_BYTES);
      ram.store8(flags, VALID);
    }
  }

  private void clean(int core, int line) {
    int flags = flags(core, line);
    if ((ram.load8(flags) & DIRTY) != 0) {
      move(start + line * LINE_BYTES, slot(core, line));
      ram.store8(flags, VALID);
    }
  }

  private void drop(int core, int line) {
    int flags = flags(core, line);
    if (ram.load8(flags) != 0) {
      ram.fill(slot(core, line), LINE_BYTES, 0);
      ram.store8(flags, 0);
    }
  }

  private void move(int target, int source) {
    for (int i = 0; i < LINE_BYTES; i += 4) {
      ram.store32(target + i, ram.load32(source + i));
    }
  }

  private int line(int address) {
    return ram.offset(address) - ram.offset(start) >> 6;
  }

  private int first(int address) {
    return Math.max(line(address), 0);
  }

  /** The last line of a range that is cached; before the first one if none is. */
  private int last(int address, int length) {
    return length <= 0 || address >= 0 ? -1 : Math.min(line(address + length - 1), lines - 1);
  }

  private int place(int core, int address) {
    return slot(core, line(address)) + (address & LINE_BYTES - 1);
  }

  private int slot(int core, int line) {
    return area + core * coreBytes(lines) + line * LINE_BYTES;
  }

  private int flags(int core, int line) {
    return slot(core, lines) + line;
  }
}
