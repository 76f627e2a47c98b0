package io.ringfence.firmware.syscalls.dma;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.dma.DmaChannelsFirmware.Target;
import io.ringfence.firmware.syscalls.dma.HostBox.Alias;
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
    return !firmware.isAlive(thread);
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
    assertThat(merged.driver(0)).isEqualTo(B);
    merged.release(B, 0);
    assertThat(merged.owner(0)).isEqualTo(-1);

    DmaChannelsFirmware fixed = boot(Fix.CHANNEL_OWNER);
    fixed.request(A);
    fixed.start(A, 0);
    fixed.stop(B, 0);
    assertThat(isDead(fixed, B)).isTrue();
    assertThat(fixed.driver(0)).isEqualTo(A);
    fixed.release(A, 0);
    assertThat(fixed.driver(0)).as("a channel that is given back is stopped").isEqualTo(-1);
  }

  @Test
  void aThreadSuspendsResumesAndReloadsTheChannelOfAnother() {
    DmaChannelsFirmware merged = boot();
    merged.request(A);
    merged.start(A, 0);
    merged.suspend(B, 0);
    assertThat(merged.isPaused(0)).isTrue();
    assertThat(merged.driver(0)).isEqualTo(B);
    merged.resume(A, 0);
    assertThat(merged.isPaused(0)).isFalse();
    merged.reload(B, 0);
    assertThat(merged.driver(0)).isEqualTo(B);

    for (int call = 0; call < 3; call++) {
      DmaChannelsFirmware fixed = boot(Fix.CHANNEL_OWNER);
      fixed.request(A);
      fixed.start(A, 0);
      boolean called =
          switch (call) {
            case 0 -> fixed.suspend(B, 0);
            case 1 -> fixed.resume(B, 0);
            default -> fixed.reload(B, 0);
          };
      assertThat(called).isTrue();
      assertThat(isDead(fixed, B)).isTrue();
      assertThat(fixed.driver(0)).isEqualTo(A);
      assertThat(fixed.isPaused(0)).isFalse();
    }
  }

  @Test
  void aDriverLeavesUndoneWhatDoesNotFitTheStateOfTheTransfer() {
    DmaChannelsFirmware firmware = boot();
    firmware.request(A);
    firmware.suspend(A, 0);
    firmware.resume(A, 0);
    firmware.reload(A, 0);
    assertThat(firmware.driver(0)).as("it was never started").isEqualTo(-1);
    firmware.start(A, 0);
    firmware.resume(B, 0);
    assertThat(firmware.driver(0)).as("it was not suspended").isEqualTo(A);
    firmware.suspend(A, 0);
    firmware.reload(A, 0);
    assertThat(firmware.isPaused(0)).as("it stays suspended").isTrue();
    firmware.stop(A, 0);
    assertThat(firmware.isPaused(0)).isFalse();
    firmware.suspend(A, -1);
    firmware.resume(A, 2);
    firmware.reload(A, -32);
    assertThat(firmware.fault()).as("none of these is a channel").isEqualTo(Why.NOTHING);
    assertThat(isDead(firmware, A)).isFalse();
  }

  @Test
  void onlyAThreadWithPermissionMayUseTheCallsOnAController() {
    DmaChannelsFirmware firmware = boot();
    firmware.getAttribute(STRANGER, 0, Target.OWN);
    assertThat(isDead(firmware, STRANGER)).isTrue();
    assertThat(firmware.lastError()).contains("not a DMA");
  }

  @Test
  void anAttributeIsStoredOnlyWhereTheCallerMayWriteAndIfThereIsOne() {
    DmaChannelsFirmware merged = boot();
    int own = merged.board().address(DmaBoard.Place.USER_RW);
    merged.getAttribute(A, 3, Target.OWN);
    assertThat(merged.ram().load32(own)).isEqualTo(DmaDriver.POOL_SIZE);
    merged.getAttribute(A, 4, Target.OWN);
    merged.getAttribute(A, -1, Target.ODD);
    assertThat(merged.ram().load32(own)).isEqualTo(DmaDriver.POOL_SIZE);
    assertThat(merged.fault()).isEqualTo(Why.NOTHING);
    merged.getAttribute(B, 0, Target.KERNEL);
    assertThat(isDead(merged, B)).isTrue();
    merged.getAttribute(A, 0, Target.ODD);
    assertThat(merged.fault()).isEqualTo(Why.UNMAPPED);

    DmaChannelsFirmware fixed = boot(Fix.CHECK_POINTER_ALIGNMENT);
    fixed.getAttribute(A, 0, Target.ODD);
    assertThat(fixed.fault()).isEqualTo(Why.NOTHING);
    assertThat(isDead(fixed, A)).isTrue();
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
  void aMisalignedTargetHitsTheKernel() {
    DmaChannelsFirmware merged = boot();
    merged.getStatus(A, Target.OWN);
    assertThat(merged.fault()).isEqualTo(Why.NOTHING);
    merged.getStatus(A, Target.ODD);
    assertThat(merged.fault()).isEqualTo(Why.UNMAPPED);
    assertThat(merged.lastError()).contains("MISALIGNED").contains("kernel-mode");
    assertThat(merged.request(A)).as("nothing happens after that").isFalse();

    DmaChannelsFirmware fixed = boot(Fix.CHECK_POINTER_ALIGNMENT);
    fixed.getStatus(A, Target.ODD);
    fixed.getStatus(B, Target.KERNEL);
    assertThat(fixed.fault()).isEqualTo(Why.NOTHING);
    assertThat(isDead(fixed, A)).isTrue();
    assertThat(isDead(fixed, B)).isTrue();
  }

  @Test
  void aKilledThreadKeepsItsChannelsUnlessTheKernelCleansUp() {
    DmaChannelsFirmware merged = boot();
    get(merged, A);
    merged.request(A);
    merged.getStatus(A, Target.KERNEL);
    assertThat(merged.owner(0)).isEqualTo(A);
    assertThat(merged.controller(SofDma.SREF)).isEqualTo(1);

    DmaChannelsFirmware fixed = boot(Fix.CLEAN_UP_AFTER_KILL);
    get(fixed, A);
    fixed.request(A);
    fixed.start(A, 0);
    fixed.getStatus(A, Target.KERNEL);
    assertThat(fixed.owner(0)).isEqualTo(-1);
    assertThat(fixed.driver(0)).isEqualTo(-1);
    assertThat(fixed.controller(SofDma.SREF)).isZero();
    assertThat(fixed.controller(SofDma.CHAN)).isZero();
  }

  @Test
  void theMailboxIsWrittenThroughTheCacheOnly() {
    DmaChannelsFirmware merged = boot();
    assertThat(merged.board().hostBox().mayWrite(Alias.CACHED)).isTrue();
    merged.writeMailbox(A, Alias.UNCACHED);
    assertThat(isDead(merged, A)).isTrue();
    assertThat(merged.writeBack()).as("nothing to write back").isFalse();
    merged.writeMailbox(B, Alias.CACHED);
    assertThat(merged.board().hostBox().isForged(Alias.UNCACHED)).isFalse();
    assertThat(merged.writeBack()).isTrue();
    assertThat(merged.board().hostBox().isForged(Alias.UNCACHED)).isTrue();

    DmaChannelsFirmware fixed = boot(Fix.READ_ONLY_MAILBOX);
    fixed.writeMailbox(A, Alias.CACHED);
    assertThat(isDead(fixed, A)).isTrue();
    assertThat(fixed.board().hostBox().isForged(Alias.CACHED)).isFalse();
  }
}
