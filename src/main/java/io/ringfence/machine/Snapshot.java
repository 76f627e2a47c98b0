package io.ringfence.machine;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The content of a {@link Ram} and of its shadow, stored as the lines that differ from the frozen
 * base image. Immutable. Two snapshots over the same base are equal exactly if the contents are.
 */
public final class Snapshot {
  private final FrozenBase base;
  private final int[] lines;
  private final byte[] content;

  /**
   * Wraps what {@link Ram#snapshot} collected.
   *
   * @param lines indices of the lines that differ from the base, ascending
   * @param content for each of these lines its bytes, then its shadow bytes
   */
  Snapshot(FrozenBase base, int[] lines, byte[] content) {
    this.base = base;
    this.lines = lines;
    this.content = content;
  }

  FrozenBase base() {
    return base;
  }

  int lineCount() {
    return lines.length;
  }

  int line(int index) {
    return lines[index];
  }

  byte[] content() {
    return content;
  }

  /** Whether a line that was copied has the content that one of another snapshot has. */
  boolean hasSameLine(int index, Snapshot other, int otherIndex) {
    int at = index * 2 * Ram.LINE_BYTES;
    int from = otherIndex * 2 * Ram.LINE_BYTES;
    return Arrays.equals(
        content, at, at + Ram.LINE_BYTES, other.content, from, from + Ram.LINE_BYTES);
  }

  /** Returns the word at an offset from the start of RAM, as it was when the snapshot was taken. */
  int word(int offset) {
    int index = Arrays.binarySearch(lines, offset / Ram.LINE_BYTES);
    return index < 0
        ? (int) Ram.INT.get(base.data(), offset)
        : (int) Ram.INT.get(content, index * 2 * Ram.LINE_BYTES + offset % Ram.LINE_BYTES);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Snapshot that
        && base == that.base
        && Arrays.equals(lines, that.lines)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(lines) + Arrays.hashCode(content);
  }
}
