package io.ringfence.firmware.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringfence.firmware.Design;
import io.ringfence.firmware.Variant;
import io.ringfence.firmware.kernel.SmallMachine;
import io.ringfence.machine.Ram;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A machine with one virtual heap, and a record of its objects and of the cache operations. */
final class VirtualHeapBoard implements KernelMemory, HeapPlatform {
  static final int REGION = 0xa0300000;

  private static final int STATIC_PAGES = 4;

  private final SmallMachine machine = new SmallMachine(STATIC_PAGES, 0, 1, false);
  private final Set<Integer> objects = new HashSet<>();

  /** Ranges that were invalidated, each as address and bytes. */
  final Set<List<Integer>> invalidated = new HashSet<>();

  final List<VirtualHeap.Bundle> bundles;
  final int physicalPages;
  final PageDriver driver;
  final VirtualHeap functions;
  final int heap;

  VirtualHeapBoard(
      Design design, List<VirtualHeap.Bundle> bundles, boolean contiguous, int physicalPages) {
    this.bundles = bundles;
    this.physicalPages = physicalPages;
    this.driver =
        new PageDriver(
            machine.cpu(),
            machine.allocateStatic(PageDriver.tableBytes(pages(), physicalPages)),
            REGION,
            pages(),
            physicalPages);
    this.functions = new VirtualHeap(machine.cpu(), driver, this, design);
    this.heap = functions.init(REGION, pages() * PageDriver.PAGE_BYTES, bundles, contiguous, this);
    assertThat(heap).isNotZero();
  }

  /** Every repair, and no bug. */
  static Design hardened() {
    return new Design(Variant.HARDENED, Set.of(), Set.of(), false, Set.of());
  }

  Ram ram() {
    return machine.ram();
  }

  /** The number of virtual pages. */
  int pages() {
    int bytes = bundles.stream().mapToInt(b -> b.blockBytes() * b.count()).sum();
    return bytes / PageDriver.PAGE_BYTES;
  }

  boolean isMapped(int page) {
    return driver.isMapped(REGION + page * PageDriver.PAGE_BYTES);
  }

  /** The objects that the heap has and has not given back. */
  int objects() {
    return objects.size();
  }

  @Override
  public int zeroed(int bytes) {
    int address = machine.allocateStatic(bytes);
    objects.add(address);
    return address;
  }

  @Override
  public void free(int address) {
    assertThat(address == 0 || objects.remove(address)).as("an object is freed once").isTrue();
  }

  @Override
  public void invalidate(int address, int bytes) {
    invalidated.add(List.of(address, bytes));
  }
}
