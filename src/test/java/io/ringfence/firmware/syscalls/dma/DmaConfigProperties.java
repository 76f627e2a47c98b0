package io.ringfence.firmware.syscalls.dma;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.heap.HeapDump;
import io.ringfence.firmware.kernel.Why;
import io.ringfence.firmware.syscalls.dma.ConfigFrame.Step;
import io.ringfence.firmware.syscalls.dma.DmaBoard.Place;
import io.ringfence.firmware.syscalls.dma.DmaConfig.Direction;
import io.ringfence.machine.Field;
import io.ringfence.machine.Snapshot;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * An attacker that writes as often as it likes, with any kind of pointer, gets no further than the
 * one of the models, which writes twice.
 */
class DmaConfigProperties {
  private static final int OPERATIONS = 10_000;
  private static final long SIZE_T = 1L << 32;
  private static final List<Integer> COUNTS = List.of(0, 1, 2, 3, 4, 1000, 0x08000001, -1);

  private static final List<Integer> BLOCK_SIZES = List.of(0, 1, 4, 4096, 4097, 1 << 30, -1);

  private static final List<Field> BLOCK_WORDS =
      List.of(
          DmaBlock.NEXT_BLOCK,
          DmaBlock.SOURCE_ADDRESS,
          DmaBlock.DEST_ADDRESS,
          DmaBlock.BLOCK_SIZE,
          DmaBlock.MODES);

  private final boolean[] seen = new boolean[Why.values().length];

  @Property(tries = 10)
  void mergedCopiesOnceAndLeavesNothingBehind(@ForAll long seed) {
    run(Variant.MERGED, new Random(seed));
  }

  @Property(tries = 10)
  void hardenedProgramsOnlyWhatTheCallerMayAccess(@ForAll long seed) {
    run(Variant.HARDENED, new Random(seed));
  }

  private void run(Variant variant, Random random) {
    DmaConfigFirmware firmware =
        new DmaConfigFirmware(
            new Design(variant, Set.of(), Set.of(), false, Set.of()),
            SIZE_T,
            Direction.PERIPHERAL_TO_MEMORY,
            true,
            Integer.MAX_VALUE);
    Snapshot booted = firmware.ram().snapshot();
    int configured = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      if (random.nextInt(6) == 0) {
        attack(firmware, random);
      } else {
        step(firmware, random);
      }
      Step step = firmware.frame().step();
      if (step == Step.DONE || step == Step.DEAD) {
        checkEnd(firmware, variant);
        configured += step == Step.DONE ? 1 : 0;
        seen[firmware.frame().why().ordinal()] = true;
        firmware.ram().restore(booted);
      }
    }
    assertThat(configured).isPositive();
    assertThat(seen[Why.VERIFY.ordinal()]).isTrue();
  }

  private static void attack(DmaConfigFirmware firmware, Random random) {
    int config = firmware.userConfig();
    switch (random.nextInt(4)) {
      case 0 ->
          firmware.forge(DmaConfig.BLOCK_COUNT, config, COUNTS.get(random.nextInt(COUNTS.size())));
      case 1 ->
          firmware.forge(
              DmaConfig.ATTRIBUTES,
              config,
              DmaConfig.withDirection(-1, Direction.values()[random.nextInt(8)]));
      case 2 -> firmware.forge(DmaConfig.HEAD_BLOCK, config, pointer(firmware, random));
      default -> {
        Field word = BLOCK_WORDS.get(random.nextInt(BLOCK_WORDS.size()));
        int value =
            word.equals(DmaBlock.MODES)
                ? random.nextInt(1 << 16)
                : word.equals(DmaBlock.BLOCK_SIZE)
                    ? BLOCK_SIZES.get(random.nextInt(BLOCK_SIZES.size()))
                    : pointer(firmware, random);
        firmware.forge(word, firmware.userBlock(random.nextInt(2)), value);
      }
    }
  }

  private static int pointer(DmaConfigFirmware firmware, Random random) {
    int which = random.nextInt(Place.values().length + 3);
    return which < Place.values().length
        ? firmware.board().address(Place.values()[which])
        : which == Place.values().length
            ? 0
            : firmware.userBlock(which - Place.values().length - 1)
                + (random.nextInt(8) == 0 ? 2 : 0);
  }

  private static void step(DmaConfigFirmware firmware, Random random) {
    switch (firmware.frame().step()) {
      case IDLE ->
          firmware.call(firmware.board().controllers().controller(0), firmware.userConfig());
      case ALLOC -> {
        if (random.nextInt(10) != 0 || !firmware.allocFails()) {
          firmware.alloc();
        }
      }
      case COPY -> firmware.copyBlock();
      case CHECK -> firmware.checkBlock();
      case LINK -> firmware.linkBlock();
      case DRIVER -> firmware.driverConfig();
      default -> firmware.finish();
    }
  }

  private static void checkEnd(DmaConfigFirmware firmware, Variant variant) {
    assertThat(firmware.frame().why()).as(firmware.lastError()).isIn(Why.NOTHING, Why.VERIFY);
    assertThat(usedChunks(firmware)).as("only the header and the end").isEqualTo(2);
    for (int i = 0; i < firmware.programmed(); i++) {
      int descriptor = firmware.descriptor(i);
      if (variant == Variant.HARDENED) {
        assertThat(reach(firmware, DmaDriver.SAR.in(descriptor))).isTrue();
        assertThat(reach(firmware, DmaDriver.DAR.in(descriptor))).isTrue();
        assertThat(firmware.ram().load32(DmaDriver.CTRL_LO.in(descriptor))).isZero();
      }
    }
  }

  /** Whether the word holds an address of memory of the caller, or of a peripheral. */
  private static boolean reach(DmaConfigFirmware firmware, int word) {
    int address = firmware.ram().load32(word);
    int page = address & -4096;
    return page == firmware.board().address(Place.USER_RW)
        || page == firmware.board().address(Place.USER_RO)
        || page == firmware.board().address(Place.PERIPHERAL);
  }

  private static long usedChunks(DmaConfigFirmware firmware) {
    return HeapDump.of(firmware.ram(), firmware.board().kernelHeap(), false, false)
        .chunks()
        .stream()
        .filter(chunk -> chunk.get(2) == 1)
        .count();
  }
}
