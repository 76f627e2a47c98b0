package io.ringfence.firmware.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.KernelOops;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.machine.Access;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.FaultKind;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.MemoryFault;
import io.ringfence.machine.Mode;
import io.ringfence.machine.Partition;
import io.ringfence.machine.Ram;
import io.ringfence.machine.Snapshot;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SofHeapTest {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int BASE = 0x40000000;
  private static final int OBJECTS = BASE + PAGE;
  private static final int SYSTEM_MEMORY = BASE + 2 * PAGE;
  private static final int SYSTEM_BYTES = 16 * PAGE;
  private static final int SYSTEM = OBJECTS;
  private static final int USER = OBJECTS + 32;
  private static final int REGISTRY = OBJECTS + 64;
  private static final int COUNTDOWN = OBJECTS + 96;

  private final Ram ram = new Ram(BASE, 20 * PAGE);
  private final MemoryDomains domains = new MemoryDomains(ram, BASE, 3);
  private final Cpu cpu = new Cpu(ram, domains);
  private final SofHeap heap =
      new SofHeap(
          cpu,
          new SysHeap(cpu, HeapConfig.RELEASE),
          new SofHeap.Layout(SYSTEM, USER, COUNTDOWN, true));
  private int domain;
  private int userMemory;
  private int registryMemory;

  @BeforeEach
  void boot() {
    domains.initialize();
    ram.shadow().declareStatic(OBJECTS, PAGE);
    heap.initSystemHeap(SYSTEM_MEMORY, SYSTEM_BYTES);
    userMemory = heap.rballocAlign(MemFlags.USER | MemFlags.COHERENT, 4 * PAGE, PAGE);
    heap.initHeap(USER, userMemory, 4 * PAGE);
    registryMemory = heap.rballocAlign(MemFlags.COHERENT, PAGE, PAGE);
    heap.initHeap(REGISTRY, registryMemory, PAGE);
    domain = domains.create();
    Set<Access> readWrite = EnumSet.of(Access.READ, Access.WRITE);
    assertThat(domains.add(domain, new Partition("ll-heap", userMemory, 4 * PAGE, readWrite)))
        .isTrue();
    assertThat(
            domains.add(
                domain, new Partition("registry", registryMemory, PAGE, Set.of(Access.READ))))
        .isTrue();
  }

  private void enterUser() {
    cpu.enter(Mode.USER, domain, 0, 0);
  }

  private static boolean within(int address, int start, int bytes) {
    return Integer.compareUnsigned(address - start, bytes) < 0;
  }

  @Test
  void heapHandleSelectsTheHeapAndNullMeansTheSystemHeap() {
    assertThat(within(heap.alloc(USER, 0, 40, 0), userMemory, 4 * PAGE)).isTrue();
    assertThat(within(heap.alloc(USER, MemFlags.LARGE_BUFFER, 40, 0), userMemory, 4 * PAGE))
        .isTrue();
    assertThat(within(heap.alloc(REGISTRY, MemFlags.KERNEL, 40, 0), registryMemory, PAGE)).isTrue();
    for (int flags : new int[] {0, MemFlags.USER, MemFlags.COHERENT, MemFlags.LARGE_BUFFER}) {
      int block = heap.alloc(0, flags, 40, 0);
      assertThat(within(block, SYSTEM_MEMORY, SYSTEM_BYTES)).isTrue();
      assertThat(within(block, userMemory, 4 * PAGE)).isFalse();
    }
    assertThat(within(heap.rmalloc(MemFlags.USER, 40), SYSTEM_MEMORY, SYSTEM_BYTES)).isTrue();
  }

  @Test
  void blocksAreAlignedToCacheLinesAndEndWhereTheRequestEnds() {
    int first = heap.alloc(USER, 0, 40, 0);
    int second = heap.alloc(USER, MemFlags.COHERENT, 40, 256);
    assertThat(first % 64).isZero();
    assertThat(second % 256).isZero();
    cpu.zero(first, 40);
    assertThatThrownBy(() -> cpu.store8(first + 40, 1))
        .isInstanceOfSatisfying(
            MemoryFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(FaultKind.OUT_OF_BOUNDS));
  }

  @Test
  void sizesThatWrapToZeroGiveNull() {
    assertThat(heap.alloc(USER, 0, -1, 0)).isZero();
    assertThat(heap.alloc(USER, 0, -64, 0)).isZero();
    assertThat(heap.alloc(USER, 0, 0, 0)).isZero();
  }

  @Test
  void freeReturnsABlockToTheHeapOfItsRecordedRange() {
    final long before = chunksOf(USER);
    int block = heap.alloc(USER, 0, 40, 0);
    assertThat(chunksOf(USER)).isNotEqualTo(before);
    heap.free(USER, block);
    assertThat(chunksOf(USER)).isEqualTo(before);
    heap.free(USER, 0);
    heap.free(0, 0);
  }

  @Test
  void pointerOutsideOfTheNamedHeapGoesToTheSystemHeapUnchecked() {
    int block = heap.alloc(0, 0, 40, 0);
    heap.free(USER, block);
    assertThatThrownBy(() -> heap.free(USER, block)).isInstanceOf(KernelPanic.class);
  }

  /** Shows the defect that HEAP-13 forbids: the inner heap's headers look like the outer heap's. */
  @Test
  void blockOfANestedHeapFreedToTheOuterHeapIsAcceptedAndKernelMemoryComesFromUserMemory() {
    int block = heap.alloc(USER, 0, 2 * PAGE, 0);
    int fence = heap.alloc(USER, 0, 64, 0);
    assertThat(fence).isGreaterThan(block);
    heap.free(SYSTEM, block);
    int kernelBlock = heap.alloc(SYSTEM, 0, 2 * PAGE - 64, 0);
    assertThat(within(kernelBlock, userMemory, 4 * PAGE)).isTrue();
  }

  @Test
  void userThreadUsesItsOwnHeapThroughTheSystemCall() {
    enterUser();
    int block = heap.alloc(USER, MemFlags.USER | MemFlags.COHERENT, 40, 0);
    cpu.store32(block, 7);
    assertThat(cpu.mode()).isEqualTo(Mode.USER);
    heap.free(USER, block);
    heap.free(USER, 0);
    assertThat(cpu.mode()).isEqualTo(Mode.USER);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        MemFlags.KERNEL,
        MemFlags.L3,
        MemFlags.LOW_POWER,
        MemFlags.NO_COPY,
        MemFlags.USER_SHARED_BUFFER,
        1,
        1 << 11
      })
  void userThreadIsKilledForFlagsThatAreNotForIt(int flag) {
    enterUser();
    assertThatThrownBy(() -> heap.alloc(USER, MemFlags.USER | flag, 40, 0))
        .isInstanceOf(KernelOops.class);
    assertThat(cpu.mode()).isEqualTo(Mode.USER);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, SYSTEM, REGISTRY, USER + 4})
  void userThreadIsKilledForAnotherHeap(int other) {
    enterUser();
    assertThatThrownBy(() -> heap.alloc(other, 0, 40, 0)).isInstanceOf(KernelOops.class);
    assertThatThrownBy(() -> heap.free(other, 0)).isInstanceOf(KernelOops.class);
  }

  @Test
  void userThreadIsKilledForFreeingWhatItDoesNotReach() {
    int block = heap.alloc(USER, 0, 40, 0);
    int kernelBlock = heap.alloc(0, 0, 40, 0);
    enterUser();
    for (int address :
        new int[] {kernelBlock, userMemory - 1, userMemory + 4 * PAGE, registryMemory, -1}) {
      assertThatThrownBy(() -> heap.free(USER, address)).isInstanceOf(KernelOops.class);
    }
    cpu.enter(Mode.USER, MemoryDomains.NO_DOMAIN, 0, 0);
    assertThatThrownBy(() -> heap.free(USER, block))
        .isInstanceOf(KernelOops.class)
        .hasMessageContaining("may not write");
  }

  @Test
  void userThreadMayReadButNotWriteTheRegistryHeap() {
    int block = heap.alloc(REGISTRY, 0, 40, 0);
    cpu.store32(block, 9);
    enterUser();
    assertThat(cpu.load32(block)).isEqualTo(9);
    assertThatThrownBy(() -> cpu.store32(block, 1))
        .isInstanceOfSatisfying(
            MemoryFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(FaultKind.PROTECTION_WRITE));
    assertThatThrownBy(() -> cpu.load32(SYSTEM_MEMORY))
        .isInstanceOfSatisfying(
            MemoryFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(FaultKind.PROTECTION_READ));
  }

  @Test
  void userThreadCanDamageTheHeaderOfItsHeapButNotOfTheOthers() {
    int block = heap.alloc(USER, 0, 64, 0);
    enterUser();
    // An aligned block begins 4 bytes into its chunk's memory, so its size field is 6 before it.
    cpu.storeUntracked16(block - 6, 0xffff);
    assertThatThrownBy(() -> heap.free(USER, block))
        .isInstanceOfSatisfying(
            MemoryFault.class,
            fault -> assertThat(fault.mode()).as("the kernel crashes").isEqualTo(Mode.KERNEL));
    assertThatThrownBy(() -> cpu.storeUntracked16(registryMemory, 0))
        .isInstanceOf(MemoryFault.class);
  }

  @Test
  void theNthAllocationFailsOnDemandAndChangesNothingElse() {
    heap.failAllocation(3);
    assertThat(heap.alloc(USER, 0, 40, 0)).isNotZero();
    assertThat(heap.rmalloc(0, 40)).isNotZero();
    final long user = chunksOf(USER);
    assertThat(heap.alloc(USER, 0, 40, 0)).as("third allocation").isZero();
    assertThat(chunksOf(USER)).isEqualTo(user);
    assertThat(heap.alloc(USER, 0, 40, 0)).isNotZero();
    heap.failAllocation(1);
    Snapshot snapshot = ram.snapshot();
    assertThat(heap.rzalloc(0, 40)).isZero();
    ram.restore(snapshot);
    assertThat(heap.rzalloc(0, 40)).as("the countdown is part of the state").isZero();
    assertThat(heap.rzalloc(0, 40)).isNotZero();
  }

  @Test
  void aMovedBufferKeepsItsContentAndTheOldOneIsFreed() {
    int old = heap.rballocAlign(0, 64, 0);
    cpu.store32(old, 0x1234);
    int moved = heap.rbreallocAlign(old, 0, 256, 64, 0);
    assertThat(moved).isNotZero().isNotEqualTo(old);
    assertThat(cpu.load32(moved)).isEqualTo(0x1234);
    assertThatThrownBy(() -> cpu.load32(old))
        .isInstanceOfSatisfying(
            MemoryFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(FaultKind.USE_AFTER_FREE));
  }

  @Test
  void aBufferThatIsMovedWithoutCopyHasNoContent() {
    int old = heap.rballocAlign(0, 64, 0);
    cpu.store32(old, 0x1234);
    int moved = heap.rbreallocAlign(old, MemFlags.NO_COPY, 256, 64, 0);
    assertThatThrownBy(() -> cpu.load32(moved))
        .isInstanceOfSatisfying(
            MemoryFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(FaultKind.UNINITIALIZED_READ));
  }

  @Test
  void aBufferThatCannotBeMovedStays() {
    int old = heap.rballocAlign(0, 64, 0);
    cpu.store32(old, 0x1234);
    assertThat(heap.rbreallocAlign(old, 0, SYSTEM_BYTES, 64, 0)).isZero();
    assertThat(heap.rbreallocAlign(old, 0, 0, 64, 0)).isZero();
    assertThat(cpu.load32(old)).isEqualTo(0x1234);
  }

  @Test
  void zeroedBlockIsReadableAndPlainBlockIsNot() {
    assertThat(cpu.load32(heap.rzalloc(0, 40))).isZero();
    int block = heap.rmalloc(0, 40);
    assertThatThrownBy(() -> cpu.load32(block))
        .isInstanceOfSatisfying(
            MemoryFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(FaultKind.UNINITIALIZED_READ));
  }

  @Test
  void l3MemoryIsNotInThisBuild() {
    assertThatThrownBy(() -> heap.rmalloc(MemFlags.L3, 40)).isInstanceOf(KernelPanic.class);
    assertThat(heap.rballocAlign(MemFlags.L3, 40, 0)).isZero();
    assertThat(heap.alloc(0, MemFlags.L3 | MemFlags.LARGE_BUFFER, 40, 0)).isZero();
    assertThat(heap.alloc(0, MemFlags.L3, 40, 0)).isNotZero();
  }

  @Test
  void withoutTheCachedOptionNothingIsRounded() {
    SofHeap plain =
        new SofHeap(
            cpu,
            new SysHeap(cpu, HeapConfig.RELEASE),
            new SofHeap.Layout(SYSTEM, USER, COUNTDOWN, false));
    plain.initHeap(USER, userMemory, 1024);
    assertThat(plain.alloc(USER, 0, 100, 0)).isEqualTo(userMemory + 52);
  }

  private long chunksOf(int kHeap) {
    return HeapDump.of(ram, cpu.load(SysHeap.HEAP, kHeap), false, false).chunks().hashCode();
  }
}
