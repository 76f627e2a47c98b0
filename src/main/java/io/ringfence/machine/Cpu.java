package io.ringfence.machine;

import org.jspecify.annotations.Nullable;

/**
 * Makes loads and stores on behalf of a thread, and raises a {@link MemoryFault} for each that the
 * hardware, or the allocation shadow, refuses.
 *
 * <p>Checks in this order: NULL page; outside of RAM or unmapped; rights of the mode and domain;
 * alignment; shadow. The mode, domain, core and thread are those of the last {@link #enter}; they
 * are not part of the RAM, because whoever runs a thread enters it anew before each step.
 *
 * <p>The <em>untracked</em> accesses check pages and rights but not the shadow, and do not change
 * allocation states: an allocator works on its chunk headers with them, and a hostile thread uses
 * them to write where it has a right, but no business.
 */
public final class Cpu {
  private static final int PAIR = 0x0101;
  private static final int WORD = 0x01010101;

  private final Ram ram;
  private final MemoryDomains domains;
  private final @Nullable DataCache cache;
  private Mode mode = Mode.KERNEL;
  private int domain = MemoryDomains.NO_DOMAIN;
  private int core;
  private int thread;

  /** Starts in kernel mode on core 0 for no thread. Every core sees every store at once. */
  public Cpu(Ram ram, MemoryDomains domains) {
    this(ram, domains, null);
  }

  /**
   * Starts in kernel mode on core 0 for no thread.
   *
   * @param cache the caches of the cores, or null if there are none
   */
  public Cpu(Ram ram, MemoryDomains domains, @Nullable DataCache cache) {
    this.ram = ram;
    this.domains = domains;
    this.cache = cache;
  }

  /** Returns the RAM behind this CPU. */
  public Ram ram() {
    return ram;
  }

  /** Returns the memory domains that limit user mode. */
  public MemoryDomains domains() {
    return domains;
  }

  /**
   * Runs on behalf of a thread from here on.
   *
   * @param domain the thread's memory domain, or {@link MemoryDomains#NO_DOMAIN}
   * @param core the core it runs on
   * @param thread address of the thread object, 0 for none (boot, interrupt)
   */
  public void enter(Mode mode, int domain, int core, int thread) {
    this.mode = mode;
    this.domain = domain;
    this.core = core;
    this.thread = thread;
  }

  /** Returns the present mode. */
  public Mode mode() {
    return mode;
  }

  /** Returns the domain of the running thread, whatever the mode. */
  public int domain() {
    return domain;
  }

  /** Returns the core on which the thread runs. */
  public int core() {
    return core;
  }

  /** Returns the address of the running thread object, 0 for none. */
  public int thread() {
    return thread;
  }

  /**
   * Enters kernel mode for a system call.
   *
   * @return the mode before, to be given to {@link #lower} at the end of the call
   */
  public Mode raise() {
    Mode previous = mode;
    mode = Mode.KERNEL;
    return previous;
  }

  /** Goes back to the mode that {@link #raise} returned. */
  public void lower(Mode previous) {
    mode = previous;
  }

  /**
   * Tells whether user mode in a domain may read all of a range ({@code K_SYSCALL_MEMORY_READ}).
   */
  public boolean mayRead(int domain, int address, int length) {
    return domains.allows(domain, address, length, Access.READ);
  }

  /**
   * Tells whether user mode in a domain may write all of a range ({@code K_SYSCALL_MEMORY_WRITE}).
   */
  public boolean mayWrite(int domain, int address, int length) {
    return domains.allows(domain, address, length, Access.WRITE);
  }

  // Loads and stores.

  /** Loads a byte, zero-extended. */
  public int load8(int address) {
    checkPage(address, 1, Access.READ);
    checkReadable(address, 1, ram.shadow8(address) & Shadow.STATE_BITS, Shadow.LIVE);
    return ram.load8(cache == null ? address : source(cache, address));
  }

  /** Loads two bytes, zero-extended. */
  public int load16(int address) {
    checkAligned(address, 2, Access.READ);
    checkReadable(address, 2, ram.shadow16(address) & Shadow.STATE_BITS * PAIR, Shadow.LIVE * PAIR);
    return ram.load16(cache == null ? address : source(cache, address));
  }

  /** Loads four bytes. */
  public int load32(int address) {
    checkAligned(address, 4, Access.READ);
    checkReadable(address, 4, ram.shadow32(address) & Shadow.STATE_BITS * WORD, Shadow.LIVE * WORD);
    return ram.load32(cache == null ? address : source(cache, address));
  }

  /** Stores the low byte of {@code value}. */
  public void store8(int address, int value) {
    checkPage(address, 1, Access.WRITE);
    checkWritable(address, 1, ram.shadow8(address));
    put8(address, value, written());
  }

  /** Stores the low two bytes of {@code value}. */
  public void store16(int address, int value) {
    checkAligned(address, 2, Access.WRITE);
    checkWritable(address, 2, ram.shadow16(address));
    put16(address, value, written() * PAIR);
  }

  /** Stores four bytes. */
  public void store32(int address, int value) {
    checkAligned(address, 4, Access.WRITE);
    checkWritable(address, 4, ram.shadow32(address));
    put32(address, value, written() * WORD);
  }

  /**
   * Loads a scalar field of the structure at {@code base}, sign-extended if the field is signed.
   */
  public int load(Field field, int base) {
    int address = base + field.offset();
    return switch (field.size()) {
      case 1 -> field.isSigned() ? (byte) load8(address) : load8(address);
      case 2 -> field.isSigned() ? (short) load16(address) : load16(address);
      case 4 -> load32(address);
      default -> throw notScalar(field);
    };
  }

  /** Stores into a scalar field of the structure at {@code base}. */
  public void store(Field field, int base, int value) {
    int address = base + field.offset();
    switch (field.size()) {
      case 1 -> store8(address, value);
      case 2 -> store16(address, value);
      case 4 -> store32(address, value);
      default -> throw notScalar(field);
    }
  }

  private static IllegalArgumentException notScalar(Field field) {
    return new IllegalArgumentException(
        "Field " + field.name() + " has " + field.size() + " bytes; access its parts instead");
  }

  /** Sets a range to zero, as {@code memset} does. A length of 0 touches nothing. */
  public void zero(int address, int length) {
    checkRange(address, length, Access.WRITE);
    for (int at = address; at != address + length; at++) {
      checkWritable(at, 1, ram.shadow8(at));
    }
    if (cache == null) {
      ram.fill(address, length, 0);
      ram.fillShadow(address, length, written());
    } else {
      for (int at = address; at != address + length; at++) {
        put8(at, 0, written());
      }
    }
  }

  /**
   * Copies a range that does not overlap its target, as {@code memcpy} does. Bytes that were never
   * written may be copied (padding); they count as never written at the target too.
   */
  public void copy(int target, int source, int length) {
    checkRange(source, length, Access.READ);
    checkRange(target, length, Access.WRITE);
    for (int i = 0; i < length; i++) {
      checkAllocated(source + i, 1, ram.shadow8(source + i), Access.READ);
      checkWritable(target + i, 1, ram.shadow8(target + i));
    }
    for (int i = 0; i < length; i++) {
      boolean defined = (ram.shadow8(source + i) & Shadow.STATE_BITS) == Shadow.LIVE;
      int value = ram.load8(cache == null ? source + i : source(cache, source + i));
      put8(target + i, value, defined ? written() : Shadow.UNINITIALIZED);
    }
  }

  // Untracked access.

  /** Loads a byte without looking at the shadow. */
  public int loadUntracked8(int address) {
    checkPage(address, 1, Access.READ);
    return ram.load8(cache == null ? address : source(cache, address));
  }

  /** Loads two bytes, zero-extended, without looking at the shadow. */
  public int loadUntracked16(int address) {
    checkAligned(address, 2, Access.READ);
    return ram.load16(cache == null ? address : source(cache, address));
  }

  /** Loads four bytes without looking at the shadow. */
  public int loadUntracked32(int address) {
    checkAligned(address, 4, Access.READ);
    return ram.load32(cache == null ? address : source(cache, address));
  }

  /** Stores a byte; of its shadow, changes only who wrote it. */
  public void storeUntracked8(int address, int value) {
    checkPage(address, 1, Access.WRITE);
    put8(address, value, provenance(ram.shadow8(address), 1));
  }

  /** Stores two bytes; of their shadow, changes only who wrote them. */
  public void storeUntracked16(int address, int value) {
    checkAligned(address, 2, Access.WRITE);
    put16(address, value, provenance(ram.shadow16(address), PAIR));
  }

  /** Stores four bytes; of their shadow, changes only who wrote them. */
  public void storeUntracked32(int address, int value) {
    checkAligned(address, 4, Access.WRITE);
    put32(address, value, provenance(ram.shadow32(address), WORD));
  }

  // Memory or cache. An aligned access lies in one line. A store to the cache leaves the memory as
  // it is, and changes its shadow.

  /** Where an access reads from: the core's copy, if the address is of the cached window. */
  private int source(DataCache present, int address) {
    return present.takes(address) ? present.fetched(core, address) : address;
  }

  private void put8(int address, int value, int shadow) {
    if (cache == null || !cache.takes(address)) {
      ram.store8(address, value, shadow);
    } else {
      ram.store8(cache.soiled(core, address), value);
      ram.store8(address, ram.load8(address), shadow);
    }
  }

  private void put16(int address, int value, int shadow) {
    if (cache == null || !cache.takes(address)) {
      ram.store16(address, value, shadow);
    } else {
      ram.store16(cache.soiled(core, address), value);
      ram.store16(address, ram.load16(address), shadow);
    }
  }

  private void put32(int address, int value, int shadow) {
    if (cache == null || !cache.takes(address)) {
      ram.store32(address, value, shadow);
    } else {
      ram.store32(cache.soiled(core, address), value);
      ram.store32(address, ram.load32(address), shadow);
    }
  }

  private int provenance(int shadow, int lanes) {
    int states = shadow & Shadow.STATE_BITS * lanes;
    return mode == Mode.USER ? states | Shadow.USER_WRITTEN * lanes : states;
  }

  // Calls.

  /**
   * Checks a call and returns the function that starts at the address.
   *
   * @throws MemoryFault if no function starts there, or the running code may not execute there
   */
  public <F> F fetch(FunctionTable<F> table, int address) {
    checkPage(address, 1, Access.EXECUTE);
    F function = table.at(address);
    if (function == null) {
      throw fault(FaultKind.EXECUTE_DATA, Access.EXECUTE, address, 1);
    }
    return function;
  }

  // Checks.

  private int written() {
    return mode == Mode.USER ? Shadow.LIVE | Shadow.USER_WRITTEN : Shadow.LIVE;
  }

  /** Checks an access of 2 or 4 bytes up to its alignment. */
  private void checkAligned(int address, int size, Access access) {
    checkPage(address, size, access);
    if ((address & (size - 1)) != 0) {
      if (pageStart(address) != pageStart(address + size - 1)) {
        checkPage(pageStart(address + size - 1), 1, access);
      }
      throw fault(FaultKind.MISALIGNED, access, address, size);
    }
  }

  /** Checks each page of a range. The range may start anywhere and must not wrap. */
  private void checkRange(int address, int length, Access access) {
    if (length < 0) {
      // Nearly all of the address space: the first page that is not there stops it.
      checkPage(address, 1, access);
      throw fault(FaultKind.UNMAPPED, access, ram.base() + ram.size(), length);
    }
    int at = address;
    int left = length;
    while (left > 0) {
      checkPage(at, 1, access);
      int step = Math.min(left, pageStart(at) + MemoryDomains.PAGE_BYTES - at);
      at += step;
      left -= step;
    }
  }

  private static int pageStart(int address) {
    return address & -MemoryDomains.PAGE_BYTES;
  }

  /** Checks the page that holds {@code address}. */
  private void checkPage(int address, int size, Access access) {
    int offset = ram.offset(address);
    int page = offset >>> MemoryDomains.PAGE_SHIFT;
    if (Integer.compareUnsigned(offset, ram.size()) >= 0
        || !(mode == Mode.USER
            ? domains.userMayAt(domain, address, access.bit())
            : domains.kernelMay(page, access.bit()))) {
      throw refusal(address, size, access);
    }
  }

  private MemoryFault refusal(int address, int size, Access access) {
    if (Integer.compareUnsigned(address, MemoryDomains.PAGE_BYTES) < 0) {
      return fault(FaultKind.NULL_DEREFERENCE, access, address, size);
    }
    int offset = ram.offset(address);
    if (Integer.compareUnsigned(offset, ram.size()) >= 0
        || !domains.isMapped(offset >>> MemoryDomains.PAGE_SHIFT)) {
      return fault(FaultKind.UNMAPPED, access, address, size);
    }
    return fault(
        switch (access) {
          case READ -> FaultKind.PROTECTION_READ;
          case WRITE -> FaultKind.PROTECTION_WRITE;
          case EXECUTE -> FaultKind.EXECUTE_DATA;
        },
        access,
        address,
        size);
  }

  private void checkReadable(int address, int size, int states, int live) {
    if (states != live) {
      checkAllocated(address, size, states, Access.READ);
      throw fault(FaultKind.UNINITIALIZED_READ, Access.READ, address, size);
    }
  }

  private void checkWritable(int address, int size, int shadow) {
    checkAllocated(address, size, shadow, Access.WRITE);
  }

  /** Raises a fault for the first byte of an access that belongs to no live block. */
  private void checkAllocated(int address, int size, int shadow, Access access) {
    for (int lane = 0; lane < size; lane++) {
      int state = shadow >>> 8 * lane & Shadow.STATE_BITS;
      if (state == Shadow.FREED) {
        throw fault(FaultKind.USE_AFTER_FREE, access, address + lane, size);
      }
      if (state == Shadow.UNALLOCATED) {
        throw fault(FaultKind.OUT_OF_BOUNDS, access, address + lane, size);
      }
    }
  }

  private MemoryFault fault(FaultKind kind, Access access, int address, int size) {
    return new MemoryFault(kind, access, address, size, mode, thread);
  }
}
