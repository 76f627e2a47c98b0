package io.ringfence.firmware.regions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.heap.MemFlags;
import io.ringfence.firmware.heap.Vregion;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.machine.MemoryFault;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a module, its region and its buffer, and what hostile code can do. */
class RegionFirmwareTest {
  private static Design merged(Fix... fixes) {
    return new Design(Variant.MERGED, Set.of(fixes), Set.of(), false, Set.of());
  }

  private static Design broken(Defect defect) {
    return new Design(Variant.MERGED, Set.of(Fix.REGION_CONTROL), Set.of(defect), false, Set.of());
  }

  private static final Design HARDENED =
      new Design(Variant.HARDENED, Set.of(), Set.of(), false, Set.of());

  private static RegionFirmware started(Design design) {
    RegionFirmware firmware = new RegionFirmware(design, 1, 2, 1);
    assertThat(firmware.create(RegionFirmware.Failing.NONE)).isTrue();
    return firmware;
  }

  private static void unload(RegionFirmware firmware, RegionThread last) {
    assertThat(firmware.drop(last)).isTrue();
    assertThat(firmware.freePages(last)).isTrue();
    assertThat(firmware.freeControl(last)).isTrue();
    assertThat(firmware.freeContext(last)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = RegionFirmware.Failing.class,
      names = {"CONTROL", "PAGES", "CONTEXT"})
  void aCreationThatFailsLeavesNothingBehind(RegionFirmware.Failing failing) {
    RegionFirmware firmware = new RegionFirmware(merged(), 1, 1, 1);
    assertThat(firmware.create(failing)).isTrue();
    assertThat(firmware.view().result()).isEqualTo(RegionFirmware.Result.NULL);
    assertThat(firmware.view().isControlLive()).isFalse();
    assertThat(firmware.view().arePagesMapped()).isFalse();
    assertThat(firmware.view().context()).isEqualTo(RegionView.Context.NONE);
    assertThat(firmware.create(RegionFirmware.Failing.NONE)).isTrue();
    assertThat(firmware.view().isControlLive()).isTrue();
  }

  @Test
  void theRegionLivesAsLongAsTheBufferInIt() {
    RegionFirmware firmware = started(HARDENED);
    firmware.bind();
    firmware.alloc(2, 24);
    assertThat(firmware.drop(RegionThread.MODULE)).isTrue();
    assertThat(firmware.view().get(Vregion.USE_COUNT)).isEqualTo(1);
    assertThat(firmware.free(2, true)).isTrue();
    unload(firmware, RegionThread.BUFFER);
    assertThat(firmware.view().isControlLive()).isFalse();
    assertThat(firmware.view().context()).isEqualTo(RegionView.Context.NONE);
  }

  /** Finding R-40. */
  @Test
  void aContextFreedByTheBufferDamagesTheSystemHeap() {
    RegionMachine machine = new RegionMachine(merged(), 1);
    RegionState state = new RegionState(machine, 1);
    ModuleAdapter adapter = new ModuleAdapter(merged(), machine, state);
    assertThat(adapter.create(RegionFirmware.Failing.NONE)).isTrue();
    state.setRegion(RegionThread.BUFFER, machine.regions.get(state.region(RegionThread.MODULE)));
    adapter.drop(RegionThread.MODULE);
    adapter.drop(RegionThread.BUFFER);
    adapter.freePages(RegionThread.BUFFER);
    adapter.freeControl(RegionThread.BUFFER);
    adapter.freeContext(RegionThread.BUFFER);
    assertThat(new RegionView(machine, state).context()).isEqualTo(RegionView.Context.LOST);
    assertThatThrownBy(() -> machine.heap.rmalloc(MemFlags.COHERENT, 4200))
        .as("the system heap follows links of the LL user heap")
        .isInstanceOf(MemoryFault.class);
  }

  /** Finding R-41. */
  @Test
  void aSizeNearFourGibibytesMovesTheLifetimePointerBack() {
    RegionFirmware firmware = started(merged());
    firmware.alloc(0, 24);
    int first = firmware.view().pointer(0);
    firmware.alloc(1, (1 << 26) - 24);
    assertThat(firmware.view().result()).isEqualTo(RegionFirmware.Result.NONE);
    firmware.free(1, true);
    firmware.alloc(1, 24);
    assertThat(firmware.view().pointer(1)).as("handed out twice").isEqualTo(first);

    RegionFirmware fixed = started(merged(Fix.CHECK_LIFETIME_SIZE));
    fixed.alloc(0, 24);
    fixed.alloc(1, (1 << 26) - 24);
    assertThat(fixed.view().result()).isEqualTo(RegionFirmware.Result.NULL);
  }

  /** Finding R-42. */
  @Test
  void anAlignmentThatIsNoPowerOfTwoStopsTheSystem() {
    RegionFirmware firmware = started(merged());
    assertThat(firmware.allocOdd(0)).isTrue();
    assertThat(firmware.view().stopped()).isEqualTo(Why.PANIC);
    assertThat(firmware.alloc(0, 24)).as("nothing runs any more").isFalse();
  }

  /** Finding R-43. */
  @Test
  void theKernelCallsThroughTheDriverPointerThatTheModuleWrote() {
    RegionFirmware firmware = started(merged());
    assertThat(firmware.forge(RegionAttacker.Target.DRIVER)).isTrue();
    assertThat(firmware.drop(RegionThread.MODULE)).isTrue();
    assertThat(firmware.view().stopped()).isEqualTo(Why.HIJACK);
  }

  @Test
  void forgedFreeListsMakeTheKernelHandOutMemoryBehindTheRegion() {
    RegionFirmware firmware = started(merged(Fix.REGION_CONTROL));
    firmware.setInterim();
    assertThat(firmware.forge(RegionAttacker.Target.HEAP)).isTrue();
    firmware.alloc(0, 24);
    assertThat(firmware.view().offset(firmware.view().pointer(0)))
        .isEqualTo(firmware.view().regionBytes());
    assertThat(firmware.view().stopped()).isEqualTo(Why.PROTECTION);
    assertThat(firmware.lastLog()).contains("PROTECTION_WRITE");
  }

  @ParameterizedTest
  @EnumSource(RegionAttacker.Target.class)
  void aHardenedRegionHasNothingInItThatIsWorthOverwriting(RegionAttacker.Target target) {
    RegionFirmware firmware = started(HARDENED);
    firmware.setInterim();
    assertThat(firmware.forge(target)).isFalse();
    assertThat(firmware.view().forged()).isNull();
  }

  @Test
  void nobodyOverwritesARegionThatIsNoLongerMapped() {
    RegionFirmware firmware = started(merged(Fix.REGION_CONTROL));
    firmware.bind();
    firmware.setInterim();
    firmware.drop(RegionThread.MODULE);
    for (RegionAttacker.Target target : RegionAttacker.Target.values()) {
      assertThat(firmware.forge(target)).isFalse();
    }
  }

  @Test
  void theLockOfTheInterimHeapIsReadBeforeAnybodyWroteIt() {
    RegionFirmware firmware = started(merged());
    firmware.setInterim();
    firmware.alloc(0, 24);
    assertThat(firmware.view().stopped()).isEqualTo(Why.UNINITIALIZED);
    assertThat(firmware.lastLog()).contains("UNINITIALIZED_READ");
  }

  @Test
  void withoutACountTheBufferUsesMemoryThatIsGone() {
    RegionFirmware firmware = started(broken(Defect.REGION_NOT_COUNTED));
    firmware.bind();
    firmware.find(2, 24);
    firmware.take(RegionThread.BUFFER);
    firmware.drop(RegionThread.MODULE);
    firmware.freePages(RegionThread.MODULE);
    firmware.freeControl(RegionThread.MODULE);
    assertThat(firmware.free(2, true)).isTrue();
    assertThat(firmware.view().stopped()).isEqualTo(Why.USE_AFTER_FREE);
    assertThat(firmware.lastLog()).contains("USE_AFTER_FREE");
  }

  @Test
  void withoutALockTwoThreadsGetTheSameMemory() {
    RegionFirmware firmware = started(broken(Defect.REGION_NOT_COUNTED));
    firmware.bind();
    firmware.find(0, 24);
    firmware.find(2, 24);
    firmware.take(RegionThread.MODULE);
    firmware.take(RegionThread.BUFFER);
    assertThat(firmware.view().pointer(0)).isEqualTo(firmware.view().pointer(2));
  }

  @Test
  void aVerifierThatReadsThroughTheCallersPointerFaultsThere() {
    RegionFirmware firmware = started(broken(Defect.VERIFY_THROUGH_POINTER));
    firmware.alloc(0, 24);
    assertThat(firmware.userFree(0, RegionAttacker.Named.WILD)).isTrue();
    assertThat(firmware.view().stopped()).isEqualTo(Why.UNMAPPED);

    RegionFirmware verified = started(HARDENED);
    verified.alloc(0, 24);
    verified.userFree(0, RegionAttacker.Named.WILD);
    assertThat(verified.view().result()).isEqualTo(RegionFirmware.Result.OOPS);
    verified.userFree(0, RegionAttacker.Named.REGION);
    assertThat(verified.view().result()).isEqualTo(RegionFirmware.Result.COUNTED);
  }
}
