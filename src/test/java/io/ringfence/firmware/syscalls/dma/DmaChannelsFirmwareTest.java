package io.ringfence.firmware.syscalls.dma;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.dma.DmaChannelsFirmware.Alias;
import io.ringfence.firmware.syscalls.dma.DmaChannelsFirmware.StatusPointer;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What user threads can do to a DMA controller, to each other, and to the kernel. */
class DmaChannelsFirmwareTest {
  private static final int A = 0;
  private static final int B = 1;
  private static final int STRANGER = 2;

  private static DmaChannelsFirmware boot(Fix... fixes) {
    return new DmaChannelsFirmware(
        new Design(Variant.MERGED, Set.of(fixes), Set.of(), false, Set.of()), 3, 2, 2);
  }

  private static void get(DmaChannelsFirmware firmware, int thread) {
    assertThat(firmware.get(thread)).isTrue();
    assertThat(firmware.getReturns(thread)).isTrue();
  }

  private static boolean isDead(DmaChannelsFirmware firmware, int thread) {
    return firmware.thread(thread, DmaThread.DEAD) != 0;
  }

  @Test
  void theChannelDataLiveFromTheFirstReferenceToTheLast() {
    DmaChannelsFirmware firmware = boot();
    get(firmware, A);
    get(firmware, B);
    assertThat(firmware.controller(SofDma.SREF)).isEqualTo(2);
    firmware.put(A);
    assertThat(firmware.controller(SofDma.CHAN)).isNotZero();
    firmware.put(B);
    assertThat(firmware.controller(SofDma.CHAN)).isZero();
    assertThat(firmware.controller(SofDma.SREF)).isZero();
  }

  @Test
  void aThreadPutsTheReferenceOfAnother() {
    DmaChannelsFirmware merged = boot();
    get(merged, A);
    merged.put(B);
    assertThat(merged.thread(A, DmaThread.REFERENCE)).isNotZero();
    assertThat(merged.controller(SofDma.CHAN)).isZero();

    DmaChannelsFirmware fixed = boot(Fix.COUNTED_PUT);
    get(fixed, A);
    fixed.put(B);
    assertThat(isDead(fixed, B)).isTrue();
    assertThat(fixed.controller(SofDma.CHAN)).isNotZero();
  }

  @Test
  void aReferenceIsTakenForAThreadWithoutPermissionAndPutBack() {
    DmaChannelsFirmware merged = boot();
    merged.get(STRANGER);
    assertThat(merged.controller(SofDma.SREF)).isEqualTo(1);
    merged.getReturns(STRANGER);
    assertThat(merged.thread(STRANGER, DmaThread.REFERENCE)).isZero();
    assertThat(merged.controller(SofDma.SREF)).isZero();

    DmaChannelsFirmware fixed = boot(Fix.PERMISSION_FIRST);
    fixed.get(STRANGER);
    assertThat(fixed.controller(SofDma.SREF)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, -32, Integer.MIN_VALUE})
  void aNegativeChannelNumberHitsMemoryFarBehindTheBitmap(int channel) {
    DmaChannelsFirmware merged = boot();
    merged.release(A, channel);
    assertThat(merged.fault()).isEqualTo(Why.UNMAPPED);

    DmaChannelsFirmware fixed = boot(Fix.CHANNEL_RANGE);
    fixed.release(A, channel);
    assertThat(fixed.fault()).isEqualTo(Why.NOTHING);
    assertThat(isDead(fixed, A)).isTrue();
  }

  @Test
  void aChannelNumberThatIsTooLargeIsIgnored() {
    DmaChannelsFirmware firmware = boot();
    firmware.request(A);
    firmware.release(A, 2);
    firmware.start(A, -1);
    assertThat(firmware.owner(0)).isEqualTo(A);
    assertThat(firmware.fault()).isEqualTo(Why.NOTHING);
  }

  @Test
  void aThreadStartsStopsAndReleasesTheChannelOfAnother() {
    DmaChannelsFirmware merged = boot();
    merged.request(A);
    merged.start(B, 0);
    assertThat(merged.starter(0)).isEqualTo(B);
    merged.release(B, 0);
    assertThat(merged.owner(0)).isEqualTo(-1);

    DmaChannelsFirmware fixed = boot(Fix.CHANNEL_OWNER);
    fixed.request(A);
    fixed.start(A, 0);
    fixed.stop(B, 0);
    assertThat(isDead(fixed, B)).isTrue();
    assertThat(fixed.starter(0)).isEqualTo(A);
    fixed.release(A, 0);
    assertThat(fixed.starter(0)).as("a channel that is given back is stopped").isEqualTo(-1);
  }

  @Test
  void channelsRunOut() {
    DmaChannelsFirmware firmware = boot();
    firmware.request(A);
    firmware.request(A);
    firmware.request(B);
    assertThat(firmware.owner(0)).isEqualTo(A);
    assertThat(firmware.owner(1)).isEqualTo(A);
    firmware.release(A, 0);
    firmware.request(B);
    assertThat(firmware.owner(0)).isEqualTo(B);
  }

  @Test
  void aMisalignedStatusPointerHitsTheKernel() {
    DmaChannelsFirmware merged = boot();
    merged.getStatus(A, StatusPointer.OWN);
    assertThat(merged.fault()).isEqualTo(Why.NOTHING);
    merged.getStatus(A, StatusPointer.ODD);
    assertThat(merged.fault()).isEqualTo(Why.UNMAPPED);
    assertThat(merged.lastError()).contains("MISALIGNED").contains("kernel-mode");
    assertThat(merged.request(A)).as("nothing happens after that").isFalse();

    DmaChannelsFirmware fixed = boot(Fix.CHECK_POINTER_ALIGNMENT);
    fixed.getStatus(A, StatusPointer.ODD);
    fixed.getStatus(B, StatusPointer.KERNEL);
    assertThat(fixed.fault()).isEqualTo(Why.NOTHING);
    assertThat(isDead(fixed, A)).isTrue();
    assertThat(isDead(fixed, B)).isTrue();
  }

  @Test
  void aKilledThreadKeepsItsChannelsUnlessTheKernelCleansUp() {
    DmaChannelsFirmware merged = boot();
    get(merged, A);
    merged.request(A);
    merged.getStatus(A, StatusPointer.KERNEL);
    assertThat(merged.owner(0)).isEqualTo(A);
    assertThat(merged.controller(SofDma.SREF)).isEqualTo(1);

    DmaChannelsFirmware fixed = boot(Fix.CLEAN_UP_AFTER_KILL);
    get(fixed, A);
    fixed.request(A);
    fixed.start(A, 0);
    fixed.getStatus(A, StatusPointer.KERNEL);
    assertThat(fixed.owner(0)).isEqualTo(-1);
    assertThat(fixed.starter(0)).isEqualTo(-1);
    assertThat(fixed.controller(SofDma.SREF)).isZero();
    assertThat(fixed.controller(SofDma.CHAN)).isZero();
  }

  @Test
  void theMailboxIsWrittenThroughTheCacheOnly() {
    DmaChannelsFirmware merged = boot();
    assertThat(merged.mayWrite(Alias.CACHED)).isTrue();
    merged.writeMailbox(A, Alias.UNCACHED);
    assertThat(isDead(merged, A)).isTrue();
    assertThat(merged.writeBack()).as("nothing to write back").isFalse();
    merged.writeMailbox(B, Alias.CACHED);
    assertThat(merged.isForged(Alias.UNCACHED)).isFalse();
    assertThat(merged.writeBack()).isTrue();
    assertThat(merged.isForged(Alias.UNCACHED)).isTrue();

    DmaChannelsFirmware fixed = boot(Fix.READ_ONLY_MAILBOX);
    fixed.writeMailbox(A, Alias.CACHED);
    assertThat(isDead(fixed, A)).isTrue();
    assertThat(fixed.isForged(Alias.CACHED)).isFalse();
  }
}
