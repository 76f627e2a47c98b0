package io.ringfence.firmware.modules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.kernel.StepThreads;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.modules.ModuleFrame.Label;
import io.ringfence.firmware.modules.ModuleView.Kernel;
import io.ringfence.firmware.modules.ModuleView.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each forged word does to the merged kernel, in real memory. */
class ModuleAttackTest {
  private static final int BYTES = 64;

  private final ModuleFirmware firmware =
      new ModuleFirmware(Design.merged(), true, false, 2, 1, 2, 2);

  private void alloc(int slot) {
    assertThat(firmware.callAlloc(0, ModuleCall.MOD_ALLOC_EXT, slot, BYTES)).isTrue();
    assertThat(firmware.steps().verify(0)).isTrue();
    if (firmware.threads().label(0) == Label.CONTAINER) {
      assertThat(
              firmware.steps().getContainer(0)
                  && firmware.steps().take(0)
                  && firmware.steps().record(0))
          .isTrue();
    }
  }

  private void freeAll() {
    assertThat(
            firmware.callFreeAll(0) && firmware.steps().verify(0) && firmware.steps().releaseAll(0))
        .isTrue();
  }

  @Test
  void withoutAHeapTheVerifierChecksNothingAndTheKernelHandsOutItsOwnMemory() {
    assertThat(firmware.forge(Forgery.HEAP_NULL)).isTrue();
    alloc(0);
    assertThat(firmware.view().place(firmware.held(0))).isEqualTo(Place.SYSTEM);
  }

  @Test
  void aBlockFreedWithoutItsHeapGoesToTheFreeListOfTheSystemHeap() {
    alloc(0);
    firmware.forge(Forgery.HEAP_NULL);
    freeAll();
    assertThat(firmware.view().kernel()).isNotEqualTo(Kernel.WHOLE);
  }

  @Test
  void aForgedHeapPassesTheVerifierAndHandsOutKernelMemory() {
    firmware.forge(Forgery.HEAP_FORGED);
    alloc(0);
    assertThat(firmware.view().place(firmware.held(0))).isEqualTo(Place.SYSTEM);
  }

  @Test
  void aForgedRegionPassesTheVerifierAndHandsOutTheKernelsObject() {
    firmware.forge(Forgery.VREG_FORGED);
    alloc(0);
    assertThat(firmware.view().place(firmware.held(0))).isEqualTo(Place.VICTIM);
  }

  @Test
  void theHeapOfAnotherModuleIsRefusedAndTheThreadKilled() {
    firmware.forge(Forgery.HEAP_OTHER);
    alloc(0);
    assertThat(firmware.threads().label(0)).isEqualTo(Label.DEAD);
    assertThat(firmware.threads().mutexHolder()).isEqualTo(StepThreads.NONE);
    assertThat(firmware.threads().lastFault()).contains("may not write");
  }

  @Test
  void theVerifierItselfFaultsWhenThereIsNoContext() {
    firmware.forge(Forgery.ALLOC_NULL);
    alloc(0);
    assertThat(firmware.threads().stopped()).isEqualTo(Why.NULL_DEREFERENCE);
    assertThat(firmware.forge(Forgery.HEAP_NULL)).as("nothing runs any more").isFalse();
  }

  @Test
  void theKernelsOwnHeapPassesTheVerifierBecauseItsRangeIsNotRecorded() {
    firmware.forge(Forgery.HEAP_SYSTEM);
    alloc(0);
    assertThat(firmware.view().place(firmware.held(0))).isEqualTo(Place.SYSTEM);
  }

  @ParameterizedTest
  @EnumSource(names = {"ALLOC_OUTSIDE", "HEAP_OUTSIDE", "VREG_OUTSIDE"})
  void theVerifierItselfFollowsAnAddressWhereNothingIsMapped(Forgery forgery) {
    firmware.forge(forgery);
    alloc(0);
    assertThat(firmware.threads().stopped()).isEqualTo(Why.UNMAPPED);
  }

  @Test
  void thePoolIsTakenFromAnAddressWhereNothingIsMapped() {
    firmware.forge(Forgery.POOL_OUTSIDE);
    assertThat(firmware.callAlloc(0, ModuleCall.MOD_ALLOC_EXT, 0, BYTES)).isTrue();
    assertThat(firmware.steps().verify(0) && firmware.steps().getContainer(0)).isTrue();
    assertThat(firmware.threads().stopped()).isEqualTo(Why.UNMAPPED);
  }

  @Test
  void theBlockOfAnotherModuleIsFreedToTheSystemHeap() {
    alloc(0);
    assertThat(firmware.forge(Forgery.CONTAINER_OTHER)).isTrue();
    freeAll();
    assertThat(firmware.view().kernel()).isEqualTo(Kernel.CORRUPT);
  }

  @Test
  void theKernelFreesWhatIsNotMapped() {
    alloc(0);
    assertThat(firmware.forge(Forgery.CONTAINER_OUTSIDE)).isTrue();
    freeAll();
    assertThat(firmware.threads().stopped()).isEqualTo(Why.UNMAPPED);
    assertThat(firmware.held(0)).as("the call did not return").isNotZero();
  }

  @Test
  void aPoolWithAForgedRegionIsWrittenOverTheKernelsObject() {
    firmware.forge(Forgery.POOL_FORGED);
    alloc(0);
    assertThat(firmware.view().kernel()).isEqualTo(Kernel.OVERWRITTEN);
  }

  @Test
  void aForgedContainerMakesTheKernelFreeItsOwnObject() {
    assertThat(firmware.forge(Forgery.CONTAINER_VICTIM)).as("there is no container yet").isFalse();
    alloc(0);
    assertThat(firmware.forge(Forgery.CONTAINER_VICTIM)).isTrue();
    freeAll();
    assertThat(firmware.view().kernel()).isEqualTo(Kernel.FREED);
  }
}
