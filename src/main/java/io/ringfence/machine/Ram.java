package io.ringfence.machine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A flat, little-endian, byte-addressed memory with one shadow byte per byte (see {@link Shadow}).
 *
 * <p>The loads and stores here check nothing and leave the shadow alone: they are for code that
 * looks at memory as a debugger does, and for {@link Cpu}, which checks first. An address outside
 * of the RAM raises an {@link IndexOutOfBoundsException}, which is a mistake of the caller and not
 * an event of the firmware.
 *
 * <p>Content is tracked in lines of {@value #LINE_BYTES} bytes relative to a base image, so that
 * taking and restoring a snapshot costs as much as differs from the base. Not thread-safe; {@link
 * #fork} makes another RAM over the same base for another Java thread.
 */
public final class Ram {
  /** Granularity of dirty tracking, in bytes. */
  static final int LINE_BYTES = 64;

  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final int LINE_SHIFT = 6;
  private static final int LOG_ENTRY = 3;

  /** The windows of the address space are as large as three address bits leave. */
  private static final int WINDOW_BITS = 0xe0000000;

  private final int base;
  private final int size;

  /** {@link #WINDOW_BITS} if there is a second window, else 0. */
  private final int fold;

  private final byte[] data;
  private final byte[] shadowBytes;
  private final Shadow shadow = new Shadow(this);

  private FrozenBase frozen;

  /** One bit per line that may differ from the base, and one bit per word of that. */
  private final long[] dirty;

  private final long[] summary;

  /** Undo log: offset of a word, its old content, its old shadow. */
  private int[] log = new int[LOG_ENTRY * 64];

  private int logLength;
  private boolean logging;
  private int epoch;

  /**
   * Makes a zeroed RAM whose memory is all unallocated. The base image is that state.
   *
   * @param base the address of the first byte, a multiple of the page size
   * @param size the size in bytes, a positive multiple of the page size
   * @throws IllegalArgumentException if base or size is not page-aligned, or the RAM would wrap
   */
  public Ram(int base, int size) {
    this(base, size, 0, new FrozenBase(new byte[checkedSize(base, size)], new byte[size]));
  }

  private Ram(int base, int size, int fold, FrozenBase frozen) {
    this.base = base;
    this.size = size;
    this.fold = fold;
    this.frozen = frozen;
    this.data = frozen.data().clone();
    this.shadowBytes = frozen.shadow().clone();
    int lines = size >>> LINE_SHIFT;
    this.dirty = new long[(lines + 63) >>> 6];
    this.summary = new long[(dirty.length + 63) >>> 6];
  }

  private static int checkedSize(int base, int size) {
    int mask = MemoryDomains.PAGE_BYTES - 1;
    if (size <= 0 || (size & mask) != 0 || (base & mask) != 0) {
      throw new IllegalArgumentException(
          String.format(
              "RAM at 0x%08x of %d bytes: base and size must be multiples of the page size %d",
              base, size, MemoryDomains.PAGE_BYTES));
    }
    if (Integer.toUnsignedLong(base) + size > 1L << 32) {
      throw new IllegalArgumentException(
          String.format("RAM at 0x%08x of %d bytes does not end within 32 bits", base, size));
    }
    return size;
  }

  /**
   * Makes a RAM that is seen at a second place too, as memory behind a cache is: the address bits
   * 31 to 29 of the second window are the complement of those of the first one.
   *
   * @param base as for {@link #Ram(int, int)}, below 0x80000000
   */
  public static Ram withSecondWindow(int base, int size) {
    if (base < 0) {
      throw new IllegalArgumentException("The first window must begin below 0x80000000");
    }
    return new Ram(
        base, size, WINDOW_BITS, new FrozenBase(new byte[checkedSize(base, size)], new byte[size]));
  }

  /** Returns where an address lies in the RAM, whichever window it is of; may be out of range. */
  int offset(int address) {
    return (address ^ address >> 31 & fold) - base;
  }

  /** Tells whether an address is of the second window. */
  boolean isSecondWindow(int address) {
    return (address & fold) < 0;
  }

  /** Returns the address of the same byte in the other window; in a RAM with one, the address. */
  public int mirror(int address) {
    return address ^ fold;
  }

  /** Returns a RAM with the same base image and the content of that image; snapshots fit both. */
  public Ram fork() {
    return new Ram(base, size, fold, frozen);
  }

  /** Returns the address of the first byte. */
  public int base() {
    return base;
  }

  /** Returns the size in bytes. */
  public int size() {
    return size;
  }

  /** Returns the allocation shadow. */
  public Shadow shadow() {
    return shadow;
  }

  /** Tells whether all {@code length} bytes from {@code address} on lie in this RAM. */
  public boolean contains(int address, int length) {
    long offset = Integer.toUnsignedLong(offset(address));
    return length >= 0 && offset + length <= size;
  }

  // Raw access.

  /** Loads a byte, zero-extended. */
  public int load8(int address) {
    return data[offset(address)] & 0xff;
  }

  /** Loads two bytes, zero-extended. */
  public int load16(int address) {
    return (short) SHORT.get(data, offset(address)) & 0xffff;
  }

  /** Loads four bytes. */
  public int load32(int address) {
    return (int) INT.get(data, offset(address));
  }

  /** Stores the low byte of {@code value}. */
  public void store8(int address, int value) {
    int offset = offset(address);
    touch(offset);
    data[offset] = (byte) value;
  }

  /** Stores the low two bytes of {@code value}. */
  public void store16(int address, int value) {
    int offset = offset(address);
    touch(offset, 2);
    SHORT.set(data, offset, (short) value);
  }

  /** Stores four bytes. */
  public void store32(int address, int value) {
    int offset = offset(address);
    touch(offset, 4);
    INT.set(data, offset, value);
  }

  /** Stores {@code value} into {@code length} bytes. */
  public void fill(int address, int length, int value) {
    int offset = offset(address);
    touch(offset, length);
    Arrays.fill(data, offset, offset + length, (byte) value);
  }

  // Access with shadow update, for the CPU; addresses are aligned to the access size.

  int shadow8(int address) {
    return shadowBytes[offset(address)];
  }

  int shadow16(int address) {
    return (short) SHORT.get(shadowBytes, offset(address)) & 0xffff;
  }

  int shadow32(int address) {
    return (int) INT.get(shadowBytes, offset(address));
  }

  void store8(int address, int value, int shadowByte) {
    int offset = offset(address);
    touch(offset);
    data[offset] = (byte) value;
    shadowBytes[offset] = (byte) shadowByte;
  }

  void store16(int address, int value, int shadowPair) {
    int offset = offset(address);
    touch(offset);
    SHORT.set(data, offset, (short) value);
    SHORT.set(shadowBytes, offset, (short) shadowPair);
  }

  void store32(int address, int value, int shadowWord) {
    int offset = offset(address);
    touch(offset);
    INT.set(data, offset, value);
    INT.set(shadowBytes, offset, shadowWord);
  }

  void fillShadow(int address, int length, int shadowByte) {
    int offset = offset(address);
    touch(offset, length);
    Arrays.fill(shadowBytes, offset, offset + length, (byte) shadowByte);
  }

  // Base image, snapshots.

  /** Makes the present content the base image. Earlier snapshots and marks become invalid. */
  public void freeze() {
    frozen = new FrozenBase(data.clone(), shadowBytes.clone());
    Arrays.fill(dirty, 0);
    Arrays.fill(summary, 0);
    forgetMarks();
  }

  /** Copies what differs from the base image. */
  public Snapshot snapshot() {
    dropCleanLines();
    int count = 0;
    for (int line = nextDirty(0); line >= 0; line = nextDirty(line + 1)) {
      count++;
    }
    int[] lines = new int[count];
    byte[] content = new byte[count * 2 * LINE_BYTES];
    int index = 0;
    for (int line = nextDirty(0); line >= 0; line = nextDirty(line + 1)) {
      lines[index] = line;
      int at = index * 2 * LINE_BYTES;
      System.arraycopy(data, line << LINE_SHIFT, content, at, LINE_BYTES);
      System.arraycopy(shadowBytes, line << LINE_SHIFT, content, at + LINE_BYTES, LINE_BYTES);
      index++;
    }
    return new Snapshot(frozen, lines, content);
  }

  /**
   * Makes content and shadow what they were when the snapshot was taken. Marks become invalid.
   *
   * @throws IllegalArgumentException if the snapshot was taken over another base image
   */
  public void restore(Snapshot snapshot) {
    requireSameBase(snapshot);
    for (int line = nextDirty(0); line >= 0; line = nextDirty(line + 1)) {
      System.arraycopy(frozen.data(), line << LINE_SHIFT, data, line << LINE_SHIFT, LINE_BYTES);
      System.arraycopy(
          frozen.shadow(), line << LINE_SHIFT, shadowBytes, line << LINE_SHIFT, LINE_BYTES);
      clean(line);
    }
    byte[] content = snapshot.content();
    for (int index = 0; index < snapshot.lineCount(); index++) {
      int line = snapshot.line(index);
      int at = index * 2 * LINE_BYTES;
      System.arraycopy(content, at, data, line << LINE_SHIFT, LINE_BYTES);
      System.arraycopy(content, at + LINE_BYTES, shadowBytes, line << LINE_SHIFT, LINE_BYTES);
      soil(line);
    }
    forgetMarks();
  }

  /**
   * Returns the words whose content differs between two snapshots, as maximal runs in ascending
   * order of address. The shadow is not compared.
   *
   * @throws IllegalArgumentException if a snapshot was taken over another base image
   */
  public List<WordRange> diff(Snapshot from, Snapshot to) {
    requireSameBase(from);
    requireSameBase(to);
    List<WordRange> ranges = new ArrayList<>();
    int start = -1;
    int end = -1;
    int i = 0;
    int j = 0;
    while (i < from.lineCount() || j < to.lineCount()) {
      int a = i < from.lineCount() ? from.line(i) : Integer.MAX_VALUE;
      int b = j < to.lineCount() ? to.line(j) : Integer.MAX_VALUE;
      int line = Math.min(a, b);
      boolean isSame = a == b && from.hasSameLine(i, to, j);
      i += a == line ? 1 : 0;
      j += b == line ? 1 : 0;
      if (isSame) {
        continue;
      }
      for (int offset = line << LINE_SHIFT; offset < (line + 1) << LINE_SHIFT; offset += 4) {
        if (from.word(offset) == to.word(offset)) {
          continue;
        }
        if (offset != end) {
          addRange(ranges, start, end);
          start = offset;
        }
        end = offset + 4;
      }
    }
    addRange(ranges, start, end);
    return List.copyOf(ranges);
  }

  private void addRange(List<WordRange> ranges, int start, int end) {
    if (end > start) {
      ranges.add(new WordRange(base + start, (end - start) / 4));
    }
  }

  /**
   * Returns a hash of content and shadow. Equal contents over the same base image have equal
   * hashes, whatever the history.
   */
  public long contentHash() {
    dropCleanLines();
    long hash = 0;
    for (int line = nextDirty(0); line >= 0; line = nextDirty(line + 1)) {
      hash += lineHash(line);
    }
    return hash;
  }

  private long lineHash(int line) {
    long hash = mix(line + 0x9e3779b97f4a7c15L);
    for (int offset = line << LINE_SHIFT; offset < (line + 1) << LINE_SHIFT; offset += 8) {
      hash = mix(hash ^ (long) LONG.get(data, offset));
      hash = mix(hash ^ Long.rotateLeft((long) LONG.get(shadowBytes, offset), 29));
    }
    return hash;
  }

  /** The finalizer of SplitMix64: a bijection in which every input bit reaches every output bit. */
  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  // Undo.

  /**
   * Marks the present content, to which {@link #undoTo} can go back, and logs all stores from here.
   */
  public Mark mark() {
    logging = true;
    return new Mark(epoch, logLength);
  }

  /**
   * Makes content and shadow what they were at the mark. The mark stays valid, later ones do not.
   *
   * @throws IllegalArgumentException if the mark is later than one already undone, or was forgotten
   */
  public void undoTo(Mark mark) {
    if (mark.epoch() != epoch || mark.position() > logLength) {
      throw new IllegalArgumentException(
          "Cannot undo to " + mark + ": the log was forgotten or is already undone beyond it");
    }
    while (logLength > mark.position()) {
      logLength -= LOG_ENTRY;
      INT.set(data, log[logLength], log[logLength + 1]);
      INT.set(shadowBytes, log[logLength], log[logLength + 2]);
      // A snapshot or a hash since may have found the line equal to the base image, and clean.
      soil(log[logLength] >>> LINE_SHIFT);
    }
  }

  /** Stops logging for undo and frees the log. All marks become invalid. */
  public void forgetMarks() {
    logging = false;
    logLength = 0;
    epoch++;
  }

  // Dirty lines.

  /** Prepares the change of one byte, or of a naturally aligned access that starts there. */
  private void touch(int offset) {
    soil(offset >>> LINE_SHIFT);
    if (logging) {
      record(offset & ~3);
    }
  }

  private void touch(int offset, int length) {
    int end = offset + length;
    for (int line = offset >>> LINE_SHIFT; line << LINE_SHIFT < end; line++) {
      soil(line);
    }
    for (int at = offset & ~3; logging && at < end; at += 4) {
      record(at);
    }
  }

  private void record(int offset) {
    if (logLength == log.length) {
      log = Arrays.copyOf(log, log.length * 2);
    }
    log[logLength] = offset;
    log[logLength + 1] = (int) INT.get(data, offset);
    log[logLength + 2] = (int) INT.get(shadowBytes, offset);
    logLength += LOG_ENTRY;
  }

  private void soil(int line) {
    long known = dirty[line >>> 6];
    long bit = 1L << line;
    if ((known & bit) == 0) {
      dirty[line >>> 6] = known | bit;
      summary[line >>> 12] |= 1L << (line >>> 6);
    }
  }

  private void clean(int line) {
    dirty[line >>> 6] &= ~(1L << line);
    if (dirty[line >>> 6] == 0) {
      summary[line >>> 12] &= ~(1L << (line >>> 6));
    }
  }

  /** Forgets lines that were written but equal the base image again. */
  private void dropCleanLines() {
    for (int line = nextDirty(0); line >= 0; line = nextDirty(line + 1)) {
      int from = line << LINE_SHIFT;
      int to = from + LINE_BYTES;
      if (Arrays.equals(data, from, to, frozen.data(), from, to)
          && Arrays.equals(shadowBytes, from, to, frozen.shadow(), from, to)) {
        clean(line);
      }
    }
  }

  /** Returns the first dirty line from {@code from} on, or -1. */
  private int nextDirty(int from) {
    int word = from >>> 6;
    if (word >= dirty.length) {
      return -1;
    }
    long bits = dirty[word] & (-1L << from);
    if (bits == 0) {
      word = nextDirtyWord(word + 1);
      if (word < 0) {
        return -1;
      }
      bits = dirty[word];
    }
    return (word << 6) + Long.numberOfTrailingZeros(bits);
  }

  private int nextDirtyWord(int from) {
    int index = from >>> 6;
    if (index >= summary.length) {
      return -1;
    }
    long bits = summary[index] & (-1L << from);
    while (bits == 0) {
      index++;
      if (index == summary.length) {
        return -1;
      }
      bits = summary[index];
    }
    return (index << 6) + Long.numberOfTrailingZeros(bits);
  }

  private void requireSameBase(Snapshot snapshot) {
    if (snapshot.base() != frozen) {
      throw new IllegalArgumentException(
          "The snapshot was taken over another base image; use snapshots of the same RAM, or of its"
              + " forks, taken after the last freeze()");
    }
  }
}
