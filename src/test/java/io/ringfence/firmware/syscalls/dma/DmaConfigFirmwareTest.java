package io.ringfence.firmware.syscalls.dma;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Defect;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.Fix;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.dma.ConfigFrame.Step;
import io.ringfence.firmware.syscalls.dma.DmaBoard.Place;
import io.ringfence.firmware.syscalls.dma.DmaConfig.Direction;
import io.ringfence.machine.Field;
import io.ringfence.machine.ShadowState;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a DMA configuration call does with arguments that change under it. */
class DmaConfigFirmwareTest {
  private static final long SIZE_T = 1L << 32;

  /** The least count whose size in bytes is that of one block, modulo 2 to the 32nd. */
  private static final int WRAPPING_COUNT = (int) (SIZE_T / DmaBlock.STRUCT.size()) + 1;

  private static Design design(Set<Fix> fixes, Set<Defect> defects) {
    return new Design(Variant.MERGED, fixes, defects, false, Set.of());
  }

  private static DmaConfigFirmware boot(Direction direction, Defect... defects) {
    return new DmaConfigFirmware(
        design(Set.of(), Set.of(defects)), SIZE_T, direction, true, Integer.MAX_VALUE);
  }

  private static boolean call(DmaConfigFirmware firmware) {
    return firmware.call(firmware.board().controllers().controller(0), firmware.userConfig());
  }

  /** Lets a call that was made run to its end. */
  private static void finish(DmaConfigFirmware firmware) {
    while (firmware.frame().step() != Step.DONE && firmware.frame().step() != Step.DEAD) {
      switch (firmware.frame().step()) {
        case ALLOC -> firmware.alloc();
        case COPY -> firmware.copyBlock();
        case CHECK -> firmware.checkBlock();
        case LINK -> firmware.linkBlock();
        case DRIVER -> firmware.driverConfig();
        default -> firmware.finish();
      }
    }
  }

  private static int blocksInKernelHeap(DmaConfigFirmware firmware) {
    return (int)
            HeapDump.of(firmware.ram(), firmware.board().kernelHeap(), false, false)
                .chunks()
                .stream()
                .filter(chunk -> chunk.get(2) == 1)
                .count()
        - 2;
  }

  private static int programmed(DmaConfigFirmware firmware, int block, boolean source) {
    int descriptor = firmware.descriptor(block);
    return firmware.ram().load32((source ? DmaDriver.SAR : DmaDriver.DAR).in(descriptor));
  }

  @ParameterizedTest
  @EnumSource(
      value = Direction.class,
      names = {"MEMORY_TO_MEMORY", "MEMORY_TO_PERIPHERAL", "PERIPHERAL_TO_MEMORY"})
  void anHonestCallConfiguresTheChannelAndLeavesNothingBehind(Direction direction) {
    for (Variant variant : new Variant[] {Variant.MERGED, Variant.HARDENED}) {
      DmaConfigFirmware firmware =
          new DmaConfigFirmware(
              new Design(variant, Set.of(), Set.of(), false, Set.of()), SIZE_T, direction, true, 0);
      assertThat(call(firmware)).isTrue();
      finish(firmware);
      assertThat(firmware.frame().step()).isEqualTo(Step.DONE);
      assertThat(firmware.frame().ret()).isZero();
      assertThat(firmware.programmed()).isEqualTo(2);
      assertThat(blocksInKernelHeap(firmware)).isZero();
      boolean fromPeripheral = direction == Direction.PERIPHERAL_TO_MEMORY;
      assertThat(programmed(firmware, 1, true))
          .isEqualTo(firmware.board().address(fromPeripheral ? Place.PERIPHERAL : Place.USER_RW));
    }
  }

  @Test
  void aSizeOf32BitsWrapsWithoutTheOverflowCheck() {
    DmaConfigFirmware firmware = boot(Direction.MEMORY_TO_PERIPHERAL, Defect.DMA_SIZE_WRAPS);
    firmware.forge(DmaConfig.BLOCK_COUNT, firmware.userConfig(), WRAPPING_COUNT);
    call(firmware);
    finish(firmware);
    assertThat(firmware.frame().why()).isEqualTo(Why.OUT_OF_BOUNDS);
    assertThat(firmware.lastError()).contains("OUT_OF_BOUNDS").contains("kernel-mode write");
    assertThat(firmware.frame().index()).isEqualTo(1);
  }

  @Test
  void aSizeOf32BitsIsCheckedForOverflow() {
    DmaConfigFirmware firmware = boot(Direction.MEMORY_TO_PERIPHERAL);
    firmware.forge(DmaConfig.BLOCK_COUNT, firmware.userConfig(), WRAPPING_COUNT);
    call(firmware);
    finish(firmware);
    assertThat(firmware.frame().why()).isEqualTo(Why.VERIFY);
    assertThat(blocksInKernelHeap(firmware)).isZero();
  }

  @Test
  void aCountThatTheHeapHasNoRoomForKillsTheCallerOnly() {
    DmaConfigFirmware firmware = boot(Direction.MEMORY_TO_PERIPHERAL);
    firmware.forge(DmaConfig.BLOCK_COUNT, firmware.userConfig(), 1000);
    call(firmware);
    finish(firmware);
    assertThat(firmware.frame().why()).isEqualTo(Why.VERIFY);
    assertThat(firmware.lastError()).contains("no memory");
  }

  @Test
  void aListThatEndsAfterItWasCopiedLeadsTheOldKernelIntoUserMemory() {
    DmaConfigFirmware firmware = boot(Direction.MEMORY_TO_PERIPHERAL, Defect.DMA_LIST_UNCOUNTED);
    call(firmware);
    firmware.alloc();
    firmware.copyBlock();
    firmware.forge(DmaBlock.NEXT_BLOCK, firmware.userBlock(0), 0);
    firmware.checkBlock();
    firmware.linkBlock();
    firmware.copyBlock();
    assertThat(firmware.frame().step()).isEqualTo(Step.DRIVER);
    // Nobody ever checked this address: the second block was never copied.
    firmware.forge(
        DmaBlock.DEST_ADDRESS, firmware.userBlock(1), firmware.board().address(Place.KERNEL));
    finish(firmware);
    assertThat(programmed(firmware, 1, false)).isEqualTo(firmware.board().address(Place.KERNEL));
  }

  @Test
  void aBlockThatChangesAfterItWasCopiedMakesNoDifferenceNow() {
    DmaConfigFirmware firmware = boot(Direction.MEMORY_TO_PERIPHERAL);
    call(firmware);
    firmware.alloc();
    firmware.copyBlock();
    firmware.forge(DmaBlock.NEXT_BLOCK, firmware.userBlock(0), 0);
    firmware.forge(
        DmaBlock.SOURCE_ADDRESS, firmware.userBlock(0), firmware.board().address(Place.KERNEL));
    firmware.forge(DmaConfig.BLOCK_COUNT, firmware.userConfig(), 7);
    finish(firmware);
    assertThat(firmware.frame().step()).isEqualTo(Step.DONE);
    assertThat(firmware.programmed()).isEqualTo(2);
    assertThat(programmed(firmware, 0, true)).isEqualTo(firmware.board().address(Place.USER_RW));
  }

  @Test
  void theOtherSideOfATransferMayBeKernelMemoryUntilItIsChecked() {
    for (boolean fixed : new boolean[] {false, true}) {
      DmaConfigFirmware firmware =
          new DmaConfigFirmware(
              design(fixed ? Set.of(Fix.CHECK_PERIPHERAL) : Set.of(), Set.of()),
              SIZE_T,
              Direction.PERIPHERAL_TO_MEMORY,
              true,
              1);
      firmware.forge(
          DmaBlock.SOURCE_ADDRESS, firmware.userBlock(0), firmware.board().address(Place.KERNEL));
      call(firmware);
      finish(firmware);
      assertThat(firmware.frame().why()).isEqualTo(fixed ? Why.VERIFY : Why.NOTHING);
      assertThat(firmware.programmed()).isEqualTo(fixed ? 0 : 2);
    }
  }

  @ParameterizedTest
  @CsvSource({"MERGED,,UNINITIALIZED", "MERGED,R-67,LIVE", "MERGED,R-60,LIVE", "HARDENED,,LIVE"})
  void theDriverGetsWordsThatTheCopierHasNotWritten(
      Variant variant, String fix, ShadowState expected) {
    Set<Fix> fixes = fix == null ? Set.of() : Set.of(Fix.of(fix).orElseThrow());
    DmaConfigFirmware firmware =
        new DmaConfigFirmware(
            new Design(variant, fixes, Set.of(), false, Set.of()),
            SIZE_T,
            Direction.MEMORY_TO_PERIPHERAL,
            false,
            0);
    call(firmware);
    while (firmware.frame().step() != Step.DRIVER) {
      if (!firmware.alloc() && !firmware.copyBlock() && !firmware.checkBlock()) {
        assertThat(firmware.linkBlock()).isTrue();
      }
    }
    int copy = firmware.ram().load32(DmaConfig.HEAD_BLOCK.in(firmware.frame().kernCfg()));
    for (Field field :
        List.of(
            DmaBlock.SOURCE_GATHER_INTERVAL,
            DmaBlock.DEST_SCATTER_INTERVAL,
            DmaBlock.DEST_SCATTER_COUNT,
            DmaBlock.SOURCE_GATHER_COUNT)) {
      assertThat(firmware.ram().shadow().state(field.in(copy)))
          .as(field.name())
          .isEqualTo(expected);
    }
    assertThat(firmware.ram().shadow().state(DmaBlock.BLOCK_SIZE.in(copy)))
        .isEqualTo(ShadowState.LIVE);
  }

  @Test
  void aBlockOfNoBytesAtTheStartOfAPageIsNotChecked() {
    for (int bytes : new int[] {0, 4}) {
      DmaConfigFirmware firmware = boot(Direction.PERIPHERAL_TO_MEMORY);
      int other = firmware.board().address(Place.OTHER);
      firmware.forge(DmaBlock.DEST_ADDRESS, firmware.userBlock(0), other);
      firmware.forge(DmaBlock.BLOCK_SIZE, firmware.userBlock(0), bytes);
      call(firmware);
      finish(firmware);
      assertThat(firmware.frame().step()).isEqualTo(bytes == 0 ? Step.DONE : Step.DEAD);
      assertThat(programmed(firmware, 0, false)).isEqualTo(bytes == 0 ? other : 0);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Place.class,
      names = {"USER_RW", "OTHER", "UNMAPPED"})
  void aRepairedKernelRefusesABlockOfNoBytesWhereverItIs(Place place) {
    DmaConfigFirmware firmware =
        new DmaConfigFirmware(
            design(Set.of(Fix.REFUSE_EMPTY_BLOCK), Set.of()),
            SIZE_T,
            Direction.PERIPHERAL_TO_MEMORY,
            true,
            Integer.MAX_VALUE);
    firmware.forge(DmaBlock.DEST_ADDRESS, firmware.userBlock(0), firmware.board().address(place));
    firmware.forge(DmaBlock.BLOCK_SIZE, firmware.userBlock(0), 0);
    call(firmware);
    finish(firmware);
    assertThat(firmware.frame().why()).isEqualTo(Why.VERIFY);
    assertThat(firmware.lastError()).contains("no bytes");
    assertThat(blocksInKernelHeap(firmware)).isZero();
  }

  @Test
  void aPointerThatIsNoControllerOfTheCallerIsRefused() {
    DmaConfigFirmware booted = boot(Direction.MEMORY_TO_MEMORY);
    int first = booted.board().controllers().controller(0);
    for (int dma :
        new int[] {
          0,
          first - 4,
          first + 4,
          booted.board().controllers().controller(1),
          booted.board().controllers().controller(2),
          booted.board().address(Place.USER_RW)
        }) {
      DmaConfigFirmware firmware = boot(Direction.MEMORY_TO_MEMORY);
      assertThat(firmware.call(dma, firmware.userConfig())).isTrue();
      assertThat(firmware.frame().why()).isEqualTo(Why.VERIFY);
    }
  }

  @Test
  void moreBlocksThanDescriptorsAreAnErrorOfTheDriver() {
    DmaConfigFirmware firmware = boot(Direction.MEMORY_TO_PERIPHERAL);
    firmware.forge(DmaConfig.BLOCK_COUNT, firmware.userConfig(), DmaDriver.POOL_SIZE + 1);
    firmware.forge(DmaBlock.NEXT_BLOCK, firmware.userBlock(1), firmware.userBlock(0));
    call(firmware);
    finish(firmware);
    assertThat(firmware.frame().why())
        .as("an odd number of blocks does not end at the head")
        .isEqualTo(Why.VERIFY);

    DmaConfigFirmware even = boot(Direction.MEMORY_TO_PERIPHERAL);
    even.forge(DmaConfig.BLOCK_COUNT, even.userConfig(), DmaDriver.POOL_SIZE + 2);
    even.forge(DmaBlock.NEXT_BLOCK, even.userBlock(1), even.userBlock(0));
    call(even);
    finish(even);
    assertThat(even.frame().step()).isEqualTo(Step.DONE);
    assertThat(even.frame().ret()).isEqualTo(-22);
    assertThat(even.programmed()).isZero();
    assertThat(blocksInKernelHeap(even)).isZero();
  }

  @Test
  void theAttackerWritesNoMoreThanItMayAndNothingAfterTheCall() {
    DmaConfigFirmware firmware =
        new DmaConfigFirmware(Design.merged(), SIZE_T, Direction.MEMORY_TO_MEMORY, true, 2);
    int config = firmware.userConfig();
    assertThat(firmware.forge(DmaConfig.BLOCK_COUNT, config, 2)).as("the same value").isFalse();
    assertThat(firmware.forge(DmaConfig.BLOCK_COUNT, config, 0)).isTrue();
    call(firmware);
    finish(firmware);
    assertThat(firmware.left()).isEqualTo(1);
    assertThat(firmware.forge(DmaConfig.BLOCK_COUNT, config, 1)).isFalse();
  }
}
