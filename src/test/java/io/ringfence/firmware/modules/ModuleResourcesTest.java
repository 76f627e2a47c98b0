package io.ringfence.firmware.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.heap.ObjectPool;
import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.modules.ModuleFrame.Label;
import io.ringfence.firmware.modules.ModuleView.Kernel;
import io.ringfence.firmware.modules.ModuleView.Place;
import io.ringfence.firmware.modules.ProcessingModule.Resource;
import io.ringfence.machine.Mode;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** {@code mod_fast_get()} and {@code mod_data_blob_handler_new()}: verifier, steps, and misuse. */
class ModuleResourcesTest {
  private static final int SMALL = 64;
  private static final int LARGE = 2049;
  private static final int UNMAPPED = 0x70000000;

  private final ModuleFirmware withHeap =
      new ModuleFirmware(Design.merged(), true, false, 3, 1, 3, 2);
  private final ModuleFirmware withRegion =
      new ModuleFirmware(Design.merged(), false, true, 3, 1, 3, 2);

  private static int constants(ModuleFirmware firmware) {
    return firmware.machine().constants;
  }

  private static void finish(ModuleFirmware firmware) {
    ModuleSteps steps = firmware.steps();
    assertThat(steps.getContainer(0)).isTrue();
    assertThat(steps.take(0)).isTrue();
    if (firmware.threads().label(0) == Label.RECORD) {
      steps.record(0);
    }
  }

  private static int fastGet(ModuleFirmware firmware, int slot, int source, int bytes) {
    assertThat(firmware.callFastGet(0, slot, source, bytes)).isTrue();
    assertThat(firmware.steps().verify(0)).isTrue();
    finish(firmware);
    return firmware.held(slot);
  }

  private static int blobHandler(ModuleFirmware firmware, int slot) {
    assertThat(firmware.callBlobHandler(0, slot)).isTrue();
    assertThat(firmware.steps().verify(0)).isTrue();
    finish(firmware);
    return firmware.held(slot);
  }

  private static void free(ModuleFirmware firmware, int slot) {
    assertThat(firmware.callFree(0, slot)).isTrue();
    assertThat(firmware.steps().verify(0)).isTrue();
    assertThat(firmware.steps().release(0)).isTrue();
  }

  private static void storeInUserMode(ModuleFirmware firmware, int address, int value) {
    firmware.machine().cpu.enter(Mode.USER, firmware.machine().domain, 0, 0);
    firmware.machine().cpu.store32(address, value);
  }

  private static int firstContainer(ModuleFirmware firmware) {
    return firmware.view().containers(firmware.view().sets().get(0)).get(0);
  }

  @Test
  void aCopyIsMadeOnceAndSharedUntilTheLastPut() {
    int used = withHeap.view().inUse(Place.OWN);
    withHeap.ram().store32(constants(withHeap), 0x11223344);
    int copy = fastGet(withHeap, 0, constants(withHeap), SMALL);
    assertThat(withHeap.view().place(copy)).isEqualTo(Place.OWN);
    assertThat(withHeap.ram().load32(copy)).isEqualTo(0x11223344);
    assertThat(fastGet(withHeap, 1, constants(withHeap), SMALL)).isEqualTo(copy);
    free(withHeap, 0);
    assertThat(withHeap.held(1)).isEqualTo(copy);
    assertThat(withHeap.view().inUse(Place.OWN)).isGreaterThan(used);
    free(withHeap, 1);
    assertThat(withHeap.view().inUse(Place.OWN))
        .as("but for the set of containers")
        .isEqualTo(used + 1);
    assertThat(withHeap.hasLost()).isFalse();
  }

  @Test
  void inARegionSmallCopiesAreNotShared() {
    int first = fastGet(withRegion, 0, constants(withRegion), SMALL);
    int second = fastGet(withRegion, 1, constants(withRegion), SMALL);
    assertThat(withRegion.view().place(first)).isEqualTo(Place.REGION);
    assertThat(second).isNotEqualTo(first);
    int used = withRegion.view().inUse(Place.REGION);
    free(withRegion, 0);
    free(withRegion, 1);
    assertThat(withRegion.view().inUse(Place.REGION)).isEqualTo(used - 2);
  }

  @Test
  void aLargeCopyIsReadByItsModuleUntilItIsPut() {
    int copy = fastGet(withRegion, 0, constants(withRegion), LARGE);
    ModuleMachine machine = withRegion.machine();
    assertThat(withRegion.view().place(copy)).isEqualTo(Place.SYSTEM);
    assertThat(machine.cpu.mayRead(machine.domain, copy, LARGE)).isTrue();
    assertThat(machine.cpu.mayWrite(machine.domain, copy, 1)).isFalse();
    free(withRegion, 0);
    assertThat(machine.cpu.mayRead(machine.domain, copy, 1)).isFalse();
  }

  @Test
  void aLargeCopyInTheModulesOwnHeapIsRefused() {
    assertThat(fastGet(withHeap, 0, constants(withHeap), LARGE)).isZero();
    assertThat(withHeap.threads().lastFault()).contains("grant");
    assertThat(withHeap.view().blocks()).as("the container is given back").isEmpty();
    assertThat(withHeap.threads().mutexHolder()).isEqualTo(StepThreads.NONE);
  }

  @Test
  void whoMayNotReadTheConstantsIsKilledBeforeAnythingIsCopied() {
    int kernelObject = withHeap.machine().victim;
    withHeap.callFastGet(0, 0, kernelObject, SMALL);
    withHeap.steps().verify(0);
    assertThat(withHeap.threads().label(0)).isEqualTo(Label.DEAD);
    assertThat(withHeap.threads().lastFault()).contains("may not read");
    assertThat(withHeap.view().sets()).isEmpty();
  }

  @Test
  void theEndOfTheConstantsIsVerifiedToo() {
    withHeap.callFastGet(0, 0, constants(withHeap) + 2 * 4096 - SMALL, SMALL + 1);
    withHeap.steps().verify(0);
    assertThat(withHeap.threads().label(0)).isEqualTo(Label.DEAD);
  }

  @Test
  void bothCallsCheckTheHeapThatTheyFindInTheContext() {
    withHeap.forge(Forgery.HEAP_OTHER);
    withHeap.callBlobHandler(0, 0);
    withHeap.steps().verify(0);
    assertThat(withHeap.threads().label(0)).isEqualTo(Label.DEAD);

    withRegion.forge(Forgery.HEAP_OTHER);
    withRegion.callFastGet(0, 0, constants(withRegion), SMALL);
    withRegion.steps().verify(0);
    assertThat(withRegion.threads().label(0))
        .as("the region is looked at")
        .isEqualTo(Label.CONTAINER);
  }

  @Test
  void theContextIsReadAgainAfterItWasVerified() {
    withHeap.callFastGet(0, 0, constants(withHeap), SMALL);
    withHeap.steps().verify(0);
    withHeap.forge(Forgery.HEAP_FORGED);
    finish(withHeap);
    assertThat(withHeap.view().place(withHeap.held(0))).isEqualTo(Place.SYSTEM);
  }

  @Test
  void aHandlerLiesInUserMemoryAndIsFreedThere() {
    int used = withHeap.view().inUse(Place.OWN);
    int handler = blobHandler(withHeap, 0);
    assertThat(withHeap.view().place(handler)).isEqualTo(Place.OWN);
    free(withHeap, 0);
    assertThat(withHeap.view().inUse(Place.OWN))
        .as("but for the set of containers")
        .isEqualTo(used + 1);
    assertThat(withHeap.hasStrayed()).isFalse();
  }

  @Test
  void theKernelCallsWhatAModuleHasWrittenIntoItsHandler() {
    int handler = blobHandler(withHeap, 0);
    storeInUserMode(withHeap, BlobHandlers.DATA.in(handler), 1);
    storeInUserMode(withHeap, BlobHandlers.FREE.in(handler), withHeap.machine().kernelFunction);
    free(withHeap, 0);
    assertThat(withHeap.hasStrayed()).as("ISO-3").isTrue();
  }

  @Test
  void aRepairedKernelFreesWhatLiesInTheUserHeapAndCallsNothing() {
    ModuleFirmware repaired = repaired(Fix.FREE_BLOBS_BY_HEAP);
    blobHandler(repaired, 0);
    assertThat(repaired.forge(Forgery.HANDLER_FORGED)).isTrue();
    free(repaired, 0);
    assertThat(repaired.hasStrayed()).isFalse();
    assertThat(repaired.view().kernel()).as("its object is left alone").isEqualTo(Kernel.WHOLE);

    int used = repaired.view().inUse(Place.OWN);
    int handler = blobHandler(repaired, 0);
    int blob = repaired.machine().sofHeap.alloc(repaired.machine().ownHeap, 0, SMALL, 0);
    storeInUserMode(repaired, BlobHandlers.DATA.in(handler), blob);
    storeInUserMode(repaired, BlobHandlers.DATA_NEW.in(handler), 0);
    free(repaired, 0);
    assertThat(repaired.view().inUse(Place.OWN)).as("the blob is freed, too").isEqualTo(used);
  }

  @Test
  void theKernelCallsWhatAModuleHasPutTogetherItself() {
    withHeap.callAlloc(0, ModuleCall.MOD_ALLOC_EXT, 0, SMALL);
    withHeap.steps().verify(0);
    finish(withHeap);
    int handler = withHeap.held(0);
    for (int i = 0; i < BlobHandlers.STRUCT.size(); i += 4) {
      storeInUserMode(withHeap, handler + i, 0);
    }
    storeInUserMode(withHeap, BlobHandlers.DATA.in(handler), 1);
    storeInUserMode(withHeap, BlobHandlers.FREE.in(handler), withHeap.machine().kernelFunction);
    storeInUserMode(
        withHeap,
        ProcessingModule.CONTAINER_TYPE.in(firstContainer(withHeap)),
        Resource.BLOB_HANDLER.ordinal());
    free(withHeap, 0);
    assertThat(withHeap.hasStrayed()).as("ISO-3, without any handler").isTrue();
  }

  @Test
  void aContainerOfAnUnknownTypeIsGivenBackButNothingIsFreed() {
    withHeap.callAlloc(0, ModuleCall.MOD_ALLOC_EXT, 0, SMALL);
    withHeap.steps().verify(0);
    finish(withHeap);
    int used = withHeap.view().inUse(Place.OWN);
    storeInUserMode(withHeap, ProcessingModule.CONTAINER_TYPE.in(firstContainer(withHeap)), 9);
    free(withHeap, 0);
    assertThat(withHeap.threads().lastFault()).contains("Unknown resource type: 9");
    assertThat(withHeap.view().inUse(Place.OWN)).isEqualTo(used);
    assertThat(withHeap.view().blocks()).isEmpty();
  }

  @Test
  void theKernelFollowsThePointerToTheDomainThatAModuleHasWritten() {
    fastGet(withRegion, 0, constants(withRegion), LARGE);
    int module = withRegion.machine().module;
    storeInUserMode(withRegion, ProcessingModule.MDOM.in(module), UNMAPPED);
    free(withRegion, 0);
    assertThat(withRegion.threads().stopped()).as("ISO-2").isEqualTo(Why.UNMAPPED);
  }

  private static int sharedCopy(ModuleFirmware firmware) {
    assertThat(firmware.callSharedGet(0, 0)).isTrue();
    assertThat(firmware.steps().verify(0)).isTrue();
    finish(firmware);
    return firmware.held(0);
  }

  @Test
  void theKernelTakesThePartitionOfACopyAwayFromTheModuleThatIsNamed() {
    ModuleMachine machine = withRegion.machine();
    int copy = sharedCopy(withRegion);
    assertThat(copy).isEqualTo(machine.sharedCopy);
    assertThat(withRegion.forge(Forgery.MDOM_OTHER)).isTrue();
    free(withRegion, 0);
    assertThat(withRegion.view().kernel()).as("ISO-2").isEqualTo(Kernel.REVOKED);
    assertThat(machine.cpu.mayRead(machine.domain, copy, 1)).as("who put it").isTrue();
  }

  @Test
  void aRepairedKernelTakesItAwayFromTheCaller() {
    ModuleFirmware repaired =
        new ModuleFirmware(fixed(Fix.DOMAIN_OF_CALLER), false, true, 3, 1, 3, 2);
    ModuleMachine machine = repaired.machine();
    int copy = sharedCopy(repaired);
    assertThat(machine.cpu.mayRead(machine.domain, copy, 1)).isTrue();
    repaired.forge(Forgery.MDOM_OTHER);
    free(repaired, 0);
    assertThat(repaired.view().kernel()).isEqualTo(Kernel.WHOLE);
    assertThat(machine.cpu.mayRead(machine.domain, copy, 1)).isFalse();
    assertThat(machine.cpu.mayRead(machine.otherDomain, copy, 1)).isTrue();
  }

  private static Design fixed(Fix fix) {
    return new Design(Variant.MERGED, Set.of(fix), Set.of(), false, Set.of());
  }

  private static ModuleFirmware repaired(Fix fix) {
    return new ModuleFirmware(fixed(fix), true, false, 3, 1, 3, 2);
  }

  @Test
  void withoutRoomForACopyTheContainerIsGivenBack() {
    ModuleFirmware full = new ModuleFirmware(Design.merged(), true, false, 1, 1, 40, 2);
    int slot = 0;
    while (fastGet(full, slot, constants(full) + SMALL * slot, SMALL) != 0) {
      slot++;
    }
    assertThat(slot).isPositive();
    assertThat(full.view().blocks()).hasSize(slot);
    assertThat(full.threads().label(0)).isEqualTo(Label.IDLE);
    assertThat(
            full.ram().load32(ObjectPool.LIST.in(ProcessingModule.POOL.in(full.machine().module))))
        .isNotZero();
  }
}
