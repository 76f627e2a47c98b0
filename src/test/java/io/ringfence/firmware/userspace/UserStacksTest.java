package io.ringfence.firmware.userspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringfence.firmware.Errno;
import io.ringfence.firmware.KernelPanic;
import io.ringfence.firmware.heap.HeapConfig;
import io.ringfence.firmware.heap.KHeap;
import io.ringfence.firmware.heap.SofHeap;
import io.ringfence.firmware.heap.SysHeap;
import io.ringfence.firmware.kernel.KThread;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.firmware.syscalls.KernelObjects;
import io.ringfence.machine.Cpu;
import io.ringfence.machine.MemoryDomains;
import io.ringfence.machine.Mode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the stack of a thread comes from, where it goes back to, and what is refused. */
class UserStacksTest {
  private static final int PAGE = MemoryDomains.PAGE_BYTES;
  private static final int HEAP_PAGES = 8;
  private static final int POOL = 2;
  private static final int OBJECTS = 8;
  private static final KernelObjects.Type STACK = KernelObjects.Type.THREAD_STACK_ELEMENT;

  private final SmallMachine machine = new SmallMachine(1, 2 * HEAP_PAGES + POOL, 1, false);
  private final Cpu cpu = machine.cpu();
  private final SysHeap sysHeap = new SysHeap(cpu, HeapConfig.RELEASE);
  private final int systemHeap = machine.allocateStatic(KHeap.STRUCT.size());
  private final int kernelHeap = machine.allocateStatic(KHeap.STRUCT.size());
  private final int thread = machine.allocateStatic(KThread.STRUCT.size());
  private final int pool = machine.takePages(POOL);
  private final KernelObjects objects =
      new KernelObjects(cpu, machine.allocateStatic(KernelObjects.tableBytes(OBJECTS)), OBJECTS);
  private final SofHeap heap =
      new SofHeap(
          cpu, sysHeap, new SofHeap.Layout(systemHeap, 0, machine.allocateStatic(4), false));

  @BeforeEach
  void boot() {
    heap.initSystemHeap(machine.takePages(HEAP_PAGES), HEAP_PAGES * PAGE);
    sysHeap.init(kernelHeap, machine.takePages(HEAP_PAGES), HEAP_PAGES * PAGE);
    KThread.init(cpu, thread, KThread.Life.RUNNING);
    objects.add(thread, KernelObjects.Type.THREAD);
    cpu.enter(Mode.KERNEL, MemoryDomains.NO_DOMAIN, 0, thread);
  }

  private UserStacks stacks(boolean alloc, boolean prefersAlloc, int poolSize) {
    int used = machine.allocateStatic(ThreadStacks.recordBytes(poolSize));
    return UserStacks.ofUserSpace(
        heap,
        new ThreadStacks(
            cpu,
            new ThreadStacks.Build(alloc, prefersAlloc, poolSize, PAGE),
            objects,
            sysHeap,
            kernelHeap,
            pool,
            used));
  }

  private boolean isInPool(int stack) {
    return Integer.compareUnsigned(stack - pool, POOL * PAGE) < 0;
  }

  private long stackObjects() {
    return objects.all(STACK).count();
  }

  @Test
  void withoutUserModeAStackIsABufferOfWholeLines() {
    UserStacks stacks = UserStacks.ofKernel(heap);
    int stack = stacks.allocate(100, true);
    assertThat(stack % 64).isZero();
    assertThat(sysHeap.usableSize(systemHeap, stack)).isBetween(128, 192);
    assertThat(stacks.free(stack)).isZero();
    assertThat(stacks.free(0)).isZero();
    assertThat(stacks.allocate(HEAP_PAGES * PAGE, false)).isZero();
    assertThat(stackObjects()).isZero();
  }

  @Test
  void theStackOfAUserThreadFromTheHeapIsAKernelObjectOfItsMaker() {
    UserStacks stacks = stacks(true, true, 0);
    int stack = stacks.allocate(PAGE - 1, true);
    assertThat(stack % PAGE).isZero();
    assertThat(sysHeap.usableSize(kernelHeap, stack)).isGreaterThanOrEqualTo(PAGE);
    assertThat(objects.isValid(stack, STACK)).isTrue();
    assertThat(stacks.free(stack)).isZero();
    assertThat(stackObjects()).isZero();
    int again = stacks.allocate(PAGE, false);
    assertThat(again).as("the memory is back").isEqualTo(stack);
    assertThat(stackObjects()).as("one of a kernel thread is no object").isZero();
    assertThat(stacks.free(again)).isZero();
  }

  @Test
  void staticStacksAreAskedFirstOrLastAsTheBuildPrefers() {
    UserStacks poolFirst = stacks(true, false, POOL);
    assertThat(isInPool(poolFirst.allocate(PAGE, true))).isTrue();
    assertThat(isInPool(poolFirst.allocate(PAGE, true))).isTrue();
    assertThat(isInPool(poolFirst.allocate(PAGE, true))).as("none is left").isFalse();
    UserStacks heapFirst = stacks(true, true, POOL);
    assertThat(isInPool(heapFirst.allocate(PAGE, true))).isFalse();
    int huge = heapFirst.allocate(HEAP_PAGES * PAGE, true);
    assertThat(huge).as("too large for both").isZero();
  }

  @Test
  void aBuildWithStaticStacksOnlyRunsOut() {
    UserStacks stacks = stacks(false, false, POOL);
    assertThat(stacks.allocate(PAGE + 1, true)).as("too large").isZero();
    int first = stacks.allocate(PAGE, true);
    int second = stacks.allocate(1, false);
    assertThat(first).isNotEqualTo(second);
    assertThat(stacks.allocate(1, true)).isZero();
    assertThat(stacks.free(first)).isZero();
    assertThat(stacks.allocate(1, true)).isEqualTo(first);
    assertThat(stackObjects()).isZero();
  }

  @Test
  void freeRefusesWhatIsNotGivenOutAndWhatIsNoStack() {
    UserStacks stacks = stacks(false, false, POOL);
    int stack = stacks.allocate(PAGE, true);
    assertThat(stacks.free(stack)).isZero();
    assertThat(stacks.free(stack)).as("twice").isEqualTo(-Errno.EINVAL);
    assertThat(stacks.free(pool + 8)).as("inside of one").isEqualTo(-Errno.EINVAL);
    assertThat(stacks.free(systemHeap)).isEqualTo(-Errno.EINVAL);
    assertThat(stacks.free(0)).as("NULL").isZero();
  }

  @Test
  void theHeapIsHandedWhateverIsFreed() {
    UserStacks stacks = stacks(true, true, 0);
    int stack = stacks.allocate(PAGE, true);
    stacks.free(stack);
    assertThatThrownBy(() -> stacks.free(stack)).isInstanceOf(KernelPanic.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theStackOfAThreadThatDidNotEndIsKept(boolean alloc) {
    UserStacks stacks = stacks(alloc, alloc, POOL);
    int stack = stacks.allocate(PAGE, true);
    KThread.setStack(cpu, thread, stack);
    assertThat(stacks.free(stack)).isEqualTo(-Errno.EBUSY);
    KThread.setLife(cpu, thread, KThread.Life.ENDED);
    assertThat(stacks.free(stack)).isZero();
  }

  @Test
  void aHeapThatIsNotBuiltCannotBePreferred() {
    assertThatThrownBy(() -> new ThreadStacks.Build(false, true, POOL, PAGE))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
