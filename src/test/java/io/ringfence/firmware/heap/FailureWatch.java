package io.ringfence.firmware.heap;

import io.ringfence.machine.Mark;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Snapshot;
import io.ringfence.machine.WordRange;
import java.util.Set;
import java.util.TreeSet;

/** Finds out, for HEAP-11, which words of RAM a call changed, by undoing it and doing it again. */
public final class FailureWatch {
  private final Ram ram;
  private Mark start;

  /** Begins to watch all of a RAM; its present content becomes the base image, for speed. */
  public FailureWatch(Ram ram) {
    this.ram = ram;
    ram.freeze();
    this.start = ram.mark();
  }

  /** Forgets what happened so far. */
  public void begin() {
    ram.forgetMarks();
    start = ram.mark();
  }

  /** Addresses of the words that are not what they were at {@link #begin}; ends the watch. */
  public Set<Integer> changedWords() {
    Snapshot after = ram.snapshot();
    ram.undoTo(start);
    Snapshot before = ram.snapshot();
    ram.restore(after);
    Set<Integer> words = new TreeSet<>();
    for (WordRange range : ram.diff(before, after)) {
      for (int i = 0; i < range.words(); i++) {
        words.add(range.address() + Integer.BYTES * i);
      }
    }
    return words;
  }
}
