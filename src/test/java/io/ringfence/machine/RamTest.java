package io.ringfence.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RamTest {
  private final Ram ram = new Ram(0x4000, 4 * MemoryDomains.PAGE_BYTES);

  @Test
  void memoryIsLittleEndian() {
    ram.store32(0x4000, 0x11223344);
    assertThat(ram.load8(0x4000)).isEqualTo(0x44);
    assertThat(ram.load16(0x4002)).isEqualTo(0x1122);
  }

  @Test
  void snapshotOfAnotherBaseIsRefused() {
    Snapshot old = ram.snapshot();
    ram.freeze();
    assertThatThrownBy(() -> ram.restore(old)).hasMessageContaining("another base image");
    assertThatThrownBy(() -> ram.diff(old, ram.snapshot()))
        .hasMessageContaining("another base image");
  }

  @Test
  void undoBeyondAnEarlierUndoOrAfterRestoreIsRefused() {
    Mark first = ram.mark();
    ram.store8(0x4000, 1);
    Mark second = ram.mark();
    ram.undoTo(first);
    assertThatThrownBy(() -> ram.undoTo(second)).hasMessageContaining("already undone");
    ram.restore(ram.snapshot());
    assertThatThrownBy(() -> ram.undoTo(first)).hasMessageContaining("forgotten");
  }

  @Test
  void sizeAndBaseMustBePageAlignedAndFitIntoTheAddressSpace() {
    assertThatThrownBy(() -> new Ram(0, 100)).hasMessageContaining("multiples of the page size");
    assertThatThrownBy(() -> new Ram(8, 4096)).hasMessageContaining("multiples of the page size");
    assertThatThrownBy(() -> new Ram(-4096, 8192)).hasMessageContaining("32 bits");
  }

  @Test
  void containsDoesNotWrap() {
    assertThat(ram.contains(0x4000, 4 * MemoryDomains.PAGE_BYTES)).isTrue();
    assertThat(ram.contains(0x4001, 4 * MemoryDomains.PAGE_BYTES)).isFalse();
    assertThat(ram.contains(0x3fff, 1)).isFalse();
    assertThat(ram.contains(0x4000, Integer.MAX_VALUE)).isFalse();
    assertThat(ram.contains(0x4000, -1)).isFalse();
  }
}
