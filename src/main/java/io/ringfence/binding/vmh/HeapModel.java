package io.ringfence.binding.vmh;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.heap.PageDriver;
import io.ringfence.firmware.heap.VirtualHeap;
import io.ringfence.firmware.virtualheap.VirtualHeapFirmware;
import io.ringfence.trace.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model's constants, read as a configuration of the firmware.
 *
 * @param unitBytes the spec's unit of addresses and sizes, in bytes
 */
record HeapModel(
    Design design,
    int unitBytes,
    List<VirtualHeap.Bundle> bundles,
    int physicalPages,
    List<String> threads,
    List<String> slots) {
  static final Set<String> CONSTANTS =
      Set.of(
          "Variant",
          "Fixes",
          "Defects",
          "PageUnits",
          "BlockUnits",
          "BlockCounts",
          "PhysicalPages",
          "Threads",
          "Slots");

  private static final int MOST_PAGE_UNITS = 64;
  private static final int MOST_BLOCK_UNITS = 1024;
  private static final int MOST_BLOCKS = 32;
  private static final int MOST_PAGES = 64;

  static HeapModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("VirtualHeap", values);
    int unitBytes = PageDriver.PAGE_BYTES / constants.number("PageUnits", 1, MOST_PAGE_UNITS);
    return new HeapModel(
        Designs.read(constants, switches),
        unitBytes,
        bundles(constants, unitBytes),
        constants.number("PhysicalPages", 0, MOST_PAGES),
        constants.names("Threads"),
        constants.names("Slots"));
  }

  private static List<VirtualHeap.Bundle> bundles(NamedValues constants, int unitBytes) {
    List<Integer> units = constants.numberSequence("BlockUnits", 0, MOST_BLOCK_UNITS);
    List<Integer> counts = constants.numberSequence("BlockCounts", 0, MOST_BLOCKS);
    if (units.size() != counts.size()) {
      throw constants.wrong("BlockCounts", "as long as BlockUnits");
    }
    if (units.stream().anyMatch(size -> Integer.bitCount(size * unitBytes) > 1)) {
      throw constants.wrong("BlockUnits", "powers of two, or 0 for empty slots");
    }
    List<VirtualHeap.Bundle> bundles = new ArrayList<>();
    for (int i = 0; i < units.size(); i++) {
      bundles.add(new VirtualHeap.Bundle(units.get(i) * unitBytes, counts.get(i)));
    }
    return bundles;
  }

  VirtualHeapFirmware firmware() {
    return new VirtualHeapFirmware(design, bundles, physicalPages, slots.size(), threads.size());
  }
}
