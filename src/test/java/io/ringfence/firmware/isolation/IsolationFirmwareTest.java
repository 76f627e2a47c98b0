package io.ringfence.firmware.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.isolation.CallTrace.Result;
import io.ringfence.firmware.isolation.KernelClients.Api;
import io.ringfence.firmware.isolation.UserThreads.Target;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Among others, the five cases of the boot test of SOF for these system calls, in the mode and the
 * domain in which they run there (zephyr/test/userspace/test_heap_alloc.c, 12dd726529).
 */
class IsolationFirmwareTest {
  private static final int KERNEL = 0;
  private static final int OTHER_KERNEL = 1;
  private static final int LL = 2;
  private static final int DP = 3;
  private static final int MODULE = 4;

  private static IsolationFirmware boot(Design design) {
    return new IsolationFirmware(
        design, Set.of(HeapName.VIRTUAL, HeapName.SHARED, HeapName.L3), 2, 0, 2, 1);
  }

  private static Design merged(Fix... fixes) {
    return new Design(Variant.MERGED, Set.of(fixes), Set.of(), false, Set.of());
  }

  private final IsolationFirmware firmware = boot(Design.merged());

  private Result result() {
    return firmware.trace().result();
  }

  @ParameterizedTest
  @EnumSource(value = HeapName.class, names = "DRIVER", mode = EnumSource.Mode.EXCLUDE)
  void eachHeapHasRoomForAsManyBlocksAsItsNameSays(HeapName heap) {
    // The virtual heap has a place for the user heap, too.
    int more = heap == HeapName.VIRTUAL ? 1 : 0;
    assertThat(firmware.map().places(heap)).hasSize(heap.places() + more);
  }

  @Test
  void theDriverHeapHasRoomForOneBlockInABlockOfTheVirtualHeap() {
    firmware.driverHeap().init(MODULE);
    assertThat(firmware.map().home(HeapName.DRIVER)).isEqualTo(1);
    firmware.kernel().alloc(KERNEL, Api.SOF_HEAP_ALLOC, 0, HeapArgument.DRIVER);
    assertThat(firmware.map().places(HeapName.DRIVER)).hasSize(HeapName.DRIVER.places());
    assertThat(firmware.map().isTaken(HeapName.DRIVER, 1)).isTrue();
    firmware.kernel().alloc(OTHER_KERNEL, Api.SOF_HEAP_ALLOC, 0, HeapArgument.DRIVER);
    assertThat(result()).isEqualTo(Result.NULL);
    assertThat(firmware.driverHeap().remove(MODULE, 4)).isFalse();
    firmware.kernel().free(KERNEL, HeapArgument.DRIVER, true);
    assertThat(firmware.driverHeap().remove(MODULE, 4)).isTrue();
    assertThat(firmware.map().isTaken(HeapName.VIRTUAL, 1)).isFalse();
    assertThat(firmware.map().isTaken(HeapName.VIRTUAL, HeapMap.SMALL)).isFalse();
  }

  // The boot test.

  @Test
  void validCaseAllocatesAndFrees() {
    firmware.threads().alloc(LL, HeapArgument.USER, MemFlags.USER);
    assertThat(result()).isEqualTo(Result.ALLOCATED);
    firmware.threads().free(LL, HeapArgument.USER, LL);
    assertThat(result()).isEqualTo(Result.FREED);
    assertThat(firmware.clients().isDead(LL)).isFalse();
  }

  @Test
  void nullHeapIsRejected() {
    firmware.threads().alloc(LL, HeapArgument.NULL, MemFlags.USER);
    assertThat(result()).isEqualTo(Result.OOPS);
    assertThat(firmware.clients().isDead(LL)).isTrue();
  }

  /** The flag that the test asks with was allowed after the test was written (O-44). */
  @Test
  void theFlagThatTheBootTestTakesForForbiddenIsAllowed() {
    firmware.threads().alloc(LL, HeapArgument.USER, MemFlags.LARGE_BUFFER);
    assertThat(result()).isEqualTo(Result.ALLOCATED);
    assertThat(firmware.clients().isDead(LL)).isFalse();
    assertThat(firmware.map().isTaken(HeapName.USER, 1)).isTrue();
  }

  @Test
  void forbiddenFlagsAreRejected() {
    firmware.threads().alloc(LL, HeapArgument.USER, MemFlags.KERNEL);
    assertThat(result()).isEqualTo(Result.OOPS);
    assertThat(firmware.clients().isDead(LL)).isTrue();
  }

  @Test
  void nonHeapPointerIsRejected() {
    firmware.threads().free(LL, HeapArgument.USER, Target.OUTSIDE);
    assertThat(result()).isEqualTo(Result.OOPS);
    assertThat(firmware.clients().isDead(LL)).isTrue();
  }

  @Test
  void pointerThatTheCallerCannotReachIsRejected() {
    firmware.kernel().alloc(KERNEL, Api.SOF_HEAP_ALLOC, MemFlags.USER, HeapArgument.USER);
    firmware.threads().free(DP, HeapArgument.USER, KERNEL);
    assertThat(result()).isEqualTo(Result.OOPS);
    assertThat(firmware.clients().isDead(DP)).isTrue();
    firmware.kernel().free(KERNEL, HeapArgument.USER, false);
    assertThat(result()).isEqualTo(Result.FREED);
  }

  // Findings.

  @Test
  void aThreadOutsideOfTheDomainGetsMemoryThatItCanNeitherTouchNorFree() {
    firmware.threads().alloc(DP, HeapArgument.USER, MemFlags.USER);
    assertThat(result()).isEqualTo(Result.ALLOCATED);
    firmware.threads().touch(DP);
    assertThat(result()).isEqualTo(Result.FAULT);
    IsolationFirmware repaired = boot(merged(Fix.ALLOCATE_FOR_DOMAIN));
    repaired.threads().alloc(DP, HeapArgument.USER, MemFlags.USER);
    assertThat(repaired.trace().result()).isEqualTo(Result.OOPS);
  }

  @Test
  void aSystemCallFreesWhatTheKernelHoldsAndTheKernelPanics() {
    firmware.kernel().alloc(KERNEL, Api.SOF_HEAP_ALLOC, 0, HeapArgument.USER);
    firmware.threads().free(LL, HeapArgument.USER, KERNEL);
    assertThat(result()).isEqualTo(Result.FREED);
    firmware.kernel().free(KERNEL, HeapArgument.USER, false);
    assertThat(result()).isEqualTo(Result.PANIC);
    assertThat(firmware.trace().lastError()).contains("double free");
  }

  @Test
  void theErrorPathOfChainDmaFreesTheWholeUserHeap() {
    firmware.kernel().alloc(KERNEL, Api.SOF_HEAP_ALLOC, 0, HeapArgument.USER);
    firmware.kernel().chainDmaFails(KERNEL);
    assertThat(result()).isEqualTo(Result.PANIC);
    assertThat(firmware.map().isTaken(HeapName.VIRTUAL, HeapMap.FOR_USER_HEAP)).isFalse();
  }

  @Test
  void aRefusedFreeIsLoggedAndTheClientKeepsItsBlock() {
    IsolationFirmware repaired = boot(merged(Fix.REFUSE_INTERIOR));
    repaired.kernel().alloc(KERNEL, Api.SOF_HEAP_ALLOC, 0, HeapArgument.USER);
    final int block = repaired.clients().held(KERNEL);
    repaired.kernel().free(KERNEL, HeapArgument.RFREE, false);
    assertThat(repaired.trace().result()).isEqualTo(Result.REFUSED);
    assertThat(repaired.trace().lastError()).contains("no block starts");
    assertThat(repaired.clients().held(KERNEL)).isEqualTo(block);
    repaired.kernel().free(KERNEL, HeapArgument.USER, false);
    assertThat(repaired.trace().result()).isEqualTo(Result.FREED);
  }

  @Test
  void userSpaceMakesTheKernelFreeAnotherClientsBlockThroughAPointerInItsMemory() {
    IsolationFirmware exposed =
        new IsolationFirmware(Design.merged(), Set.of(HeapName.VIRTUAL), 2, 1, 2, 1);
    exposed.kernel().alloc(KERNEL, Api.SOF_HEAP_ALLOC, 0, HeapArgument.USER);
    exposed.kernel().alloc(OTHER_KERNEL, Api.RMALLOC, 0, HeapArgument.NULL);
    assertThat(exposed.threads().writeHeld(LL, KERNEL, OTHER_KERNEL)).isTrue();
    exposed.kernel().free(KERNEL, HeapArgument.USER, false);
    assertThat(exposed.trace().result()).isEqualTo(Result.FREED);
    assertThat(exposed.map().isTaken(HeapName.SYSTEM, 1)).isFalse();
  }

  @Test
  void withoutTheVirtualHeapTheUserHeapIsABlockOfTheSystemHeap() {
    IsolationFirmware bare = new IsolationFirmware(Design.merged(), Set.of(), 1, 0, 0, 0);
    assertThat(bare.map().outer()).isEqualTo(HeapName.SYSTEM);
    assertThat(bare.map().places(HeapName.VIRTUAL)).isEmpty();
    assertThat(bare.map().home(HeapName.USER)).isEqualTo(2);
    assertThat(bare.map().isTaken(HeapName.SYSTEM, 2)).isTrue();
    bare.kernel().alloc(KERNEL, Api.RBALLOC, 0, HeapArgument.NULL);
    assertThat(bare.map().isTaken(HeapName.SYSTEM, 1)).isTrue();
  }

  @Test
  void withoutTheVirtualHeapTheErrorPathOfChainDmaPutsUserMemoryIntoTheSystemHeap() {
    IsolationFirmware bare = new IsolationFirmware(Design.merged(), Set.of(), 1, 0, 0, 0);
    bare.kernel().alloc(KERNEL, Api.SOF_HEAP_ALLOC, 0, HeapArgument.USER);
    assertThat(bare.kernel().chainDmaFails(KERNEL)).isTrue();
    assertThat(bare.trace().result()).isEqualTo(Result.FREED);
    assertThat(bare.map().isInOrder(HeapName.SYSTEM)).isFalse();
    assertThat(bare.map().isInOrder(HeapName.USER)).isFalse();
  }

  @Test
  void l3MemoryFreedByItsUncachedAddressLeavesItsHeapOutOfOrder() {
    firmware.kernel().alloc(KERNEL, Api.RMALLOC, MemFlags.L3, HeapArgument.NULL);
    assertThat(firmware.isCached(firmware.clients().held(KERNEL))).isTrue();
    firmware.kernel().free(KERNEL, HeapArgument.RFREE, true);
    assertThat(firmware.map().isInOrder(HeapName.L3)).isFalse();
    firmware.kernel().alloc(KERNEL, Api.RMALLOC, MemFlags.L3, HeapArgument.NULL);
    assertThat(firmware.isCached(firmware.clients().held(KERNEL))).isFalse();
  }
}
