package io.ringfence.binding.pages;

import io.ringfence.binding.Designs;
import io.ringfence.binding.NamedValues;
import io.ringfence.binding.Switches;
import io.ringfence.firmware.Design;
import io.ringfence.firmware.pages.PageFirmware;
import io.ringfence.trace.Value;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model's constants, read as a configuration of the firmware. */
record PagesModel(
    Design design, int pages, int physicalPages, int maxAllocations, List<String> slots) {
  static final Set<String> CONSTANTS =
      Set.of("Variant", "Fixes", "Defects", "Pages", "PhysicalPages", "MaxAllocs", "Slots");

  private static final int MOST_PAGES = 32;

  static PagesModel read(Map<String, Value> values, Switches switches) {
    NamedValues constants = new NamedValues("VirtualPages", values);
    return new PagesModel(
        Designs.read(constants, switches),
        constants.number("Pages", 1, MOST_PAGES),
        constants.number("PhysicalPages", 0, MOST_PAGES),
        constants.number("MaxAllocs", 1, MOST_PAGES),
        constants.names("Slots"));
  }

  PageFirmware firmware() {
    return new PageFirmware(design, pages, physicalPages, maxAllocations, slots.size());
  }
}
